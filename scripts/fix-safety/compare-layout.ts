import { lineEndOf, lineStartOf } from '../../server/src/syntax/python/edit/indentation.ts';
import { Kind } from '../../server/src/syntax/python/kinds.ts';
import { kindOf, parentOf } from '../../server/src/syntax/python/tree.ts';
import type { PythonSource } from '../../server/src/core/source-file.ts';
import type { Complaint } from './model.ts';

/** A text with its comments in order. */
export interface LaidOutText {
  readonly text: string;
  readonly comments: readonly string[];
}

/**
 * What a change may not touch: comments, line endings, the style of the indentation, blank lines.
 * @param isMove it moves code, which takes its comments along
 */
export function compareLayout(before: LaidOutText, after: LaidOutText, isMove: boolean): readonly Complaint[] {
  const complaints: string[] = [];
  // Comments go along with the code that is moved.
  const [wanted, found] = [before.comments, after.comments].map(all => (isMove ? [...all].sort() : all));
  const lost = firstLost(wanted ?? [], found ?? []);
  if (lost !== undefined) complaints.push(`A comment is gone or has changed its place: ${lost}`);

  const endings = endingsOf(before.text);
  for (const ending of endingsOf(after.text)) {
    if (endings.size > 0 && !endings.has(ending))
      complaints.push(`It brings in the line ending ${JSON.stringify(ending)}.`);
  }
  if (/[\r\n]$/.test(before.text) !== /[\r\n]$/.test(after.text)) complaints.push('The end of the last line changes.');
  if (before.text.startsWith('\uFEFF') !== after.text.startsWith('\uFEFF'))
    complaints.push('The byte order mark changes.');
  if (trailingBlanks(after.text) > trailingBlanks(before.text))
    complaints.push('It leaves blanks at the end of a line.');
  if (longestGap(after.text) > Math.max(2, longestGap(before.text))) complaints.push('It leaves too many blank lines.');
  if (/^\s*[\r\n]/.test(after.text) && !/^\s*[\r\n]/.test(before.text))
    complaints.push('The file starts with a blank line.');
  return complaints.map(detail => ({ check: 'layout', detail }));
}

/** Steps of indentation that a change brings into a Python file which did not have them. */
export function compareIndentation(before: PythonSource, after: PythonSource): readonly Complaint[] {
  const known = stepsOf(before);
  if (known.size === 0) return [];
  return [...stepsOf(after)]
    .filter(step => !known.has(step))
    .map(step => ({ check: 'layout', detail: `It indents by ${JSON.stringify(step)}, as nothing else in the file.` }));
}

function stepsOf({ tree, text }: PythonSource): ReadonlySet<string> {
  const steps = new Set<string>();
  for (let node = 0; node < tree.size; node++) {
    if (kindOf(tree, node) !== Kind.block) continue;
    const outer = indentation(text, tree.starts[parentOf(tree, node)] ?? 0);
    const start = tree.starts[node] ?? 0;
    const inner = indentation(text, start);
    const startsLine = lineStartOf(text, start) + inner.length === start;
    if (startsLine && inner.startsWith(outer)) steps.add(inner.slice(outer.length));
  }
  return steps;
}

function indentation(text: string, offset: number): string {
  const start = lineStartOf(text, offset);
  return /^[ \t\f]*/.exec(text.slice(start, lineEndOf(text, offset)))?.[0] ?? '';
}

/** The first item that is missing in the other list; undefined when all are there in order. */
function firstLost(wanted: readonly string[], found: readonly string[]): string | undefined {
  let next = 0;
  for (const item of wanted) {
    while (next < found.length && found[next] !== item) next++;
    if (next === found.length) return item;
    next++;
  }
  return undefined;
}

function endingsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(/\r\n|\n|\r/g) ?? []);
}

function trailingBlanks(text: string): number {
  return (text.match(/[ \t]+$/gm) ?? []).length;
}

/** Number of lines in the longest run of blank ones. */
function longestGap(text: string): number {
  let [longest, run] = [0, 0];
  for (const line of text.split(/\r\n|\n|\r/)) {
    run = line.trim() === '' ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
