import type { PythonSource } from '../../../core/source-file.ts';
import type { TextEdit } from '../../../core/text.ts';
import { Kind } from '../kinds.ts';
import { kindOf, parentOf, type NodeIndex } from '../tree.ts';
import { indentationAt, indentationUnit, lineEndOf, lineLimitOf, lineStartOf, newlineOf } from './indentation.ts';

/**
 * Edits that write the arguments of a call that stands on one line, and one more, on lines of their own: together where
 * they fit, else one on each. Undefined where the line stays short enough, is longer already, or can't be broken.
 * @param list the argument list
 * @param written its arguments in order
 * @param before the argument that the new one goes before; undefined for the end
 * @param growth units that the line grows by besides
 */
export function spreadArguments(
  source: PythonSource,
  list: NodeIndex,
  written: readonly NodeIndex[],
  argument: string,
  before: NodeIndex | undefined,
  growth = 0,
): readonly TextEdit[] | undefined {
  const { tree, text } = source;
  const [first, last] = [written[0], written.at(-1)];
  const listStart = tree.starts[list] ?? 0;
  const listEnd = tree.ends[list] ?? 0;
  if (first === undefined || last === undefined || !isBreakable(source, list)) return undefined;
  const limit = lineLimitOf(text);
  const length = lineEndOf(text, listStart) - lineStartOf(text, listStart);
  if (length > limit || length + growth + argument.length + ', '.length <= limit) return undefined;

  const newline = newlineOf(text);
  const base = indentationAt(text, listStart);
  const inner = base + indentationUnit(source, listStart);
  const [start, end] = [tree.starts[first] ?? 0, tree.ends[last] ?? 0];
  const fits = inner.length + (end - start) + argument.length + ', '.length <= limit;
  const separator = fits ? ', ' : `,${newline}${inner}`;
  const edits: TextEdit[] = [];
  for (const [index, node] of written.entries()) {
    const lead = index === 0 ? newline + inner : separator;
    const gapStart = index === 0 ? listStart + 1 : (tree.ends[written[index - 1] ?? node] ?? 0);
    const range = { start: gapStart, end: tree.starts[node] ?? 0 };
    const newText = node === before ? lead + argument + separator : lead;
    if (text.slice(range.start, range.end) !== newText) edits.push({ range, newText });
  }
  const addition = before === undefined ? separator + argument : '';
  const tail = `${addition}${fits ? '' : ','}${newline}${base}`;
  return [...edits, { range: { start: end, end: listEnd - 1 }, newText: tail }];
}

/** Whether a list stands on one line, in code where a line break means nothing, and with no comment for that line. */
function isBreakable({ tree, text }: PythonSource, list: NodeIndex): boolean {
  if (/[\r\n]/.test(text.slice(tree.starts[list], tree.ends[list]))) return false;
  for (let node = list; node > 0; node = parentOf(tree, node)) {
    if (kindOf(tree, node) === Kind.string) return false;
  }
  const end = lineEndOf(text, tree.ends[list] ?? 0);
  return !text.slice(tree.ends[list], end).includes('#');
}
