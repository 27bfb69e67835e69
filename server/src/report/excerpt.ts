import type { RuleMeta } from '../core/rule.ts';
import { LineIndex, type TextRange } from '../core/text.ts';
import type { FileAnalysis } from '../engine/model.ts';

/** Lines that stand around a finding at least, and the most that are taken in one direction. */
const LEAST_AROUND = 3;
const MOST_AROUND = 40;
/** A longer line is data, not code that somebody reads. */
const LONGEST_LINE = 300;
/** What is shown in place of a secret. */
export const CONCEALED = '•••';

/** Lines of a file, 0-based and with the last one included. */
export interface Excerpt {
  readonly first: number;
  readonly last: number;
  /** Without line ends. */
  readonly lines: readonly string[];
}

/**
 * The code around a place: up to the statement at the margin that holds it, as far as that is near.
 * `concealed` are the ranges of secrets; nothing of them is left.
 */
export function excerptAround(text: string, range: TextRange, concealed: readonly TextRange[]): Excerpt {
  const index = new LineIndex(text);
  const lines = linesOf(text, index, concealed);
  const [start, end] = [index.position(range.start).line, index.position(range.end).line];
  let first = Math.max(0, Math.min(start - LEAST_AROUND, firstOfStatement(lines, start)));
  let last = Math.min(lines.length - 1, Math.max(end + LEAST_AROUND, lastOfStatement(lines, end)));
  while (first < start && isBlank(lines[first])) first++;
  while (last > end && isBlank(lines[last])) last--;
  return { first, last, lines: lines.slice(first, last + 1) };
}

/** Places of secrets in a file; undefined when all of it is one. */
export function concealedRanges(
  { findings, accepted }: Pick<FileAnalysis, 'findings' | 'accepted'>,
  rules: readonly RuleMeta[],
): readonly TextRange[] | undefined {
  const kinds = new Map(rules.map(({ id, conceals }) => [id, conceals]));
  const all = [...findings, ...accepted.map(({ finding }) => finding)];
  if (all.some(({ ruleId }) => kinds.get(ruleId) === 'file')) return undefined;
  return all.filter(({ ruleId }) => kinds.get(ruleId) === 'place').map(({ range }) => range);
}

function linesOf(text: string, index: LineIndex, concealed: readonly TextRange[]): readonly string[] {
  const ordered = [...concealed].sort((left, right) => left.start - right.start);
  return Array.from({ length: index.lineCount }, (_, line) => {
    const [start, end] = [index.lineStart(line), index.lineStart(line + 1)];
    return shorten(conceal(text, start, end, ordered).replace(/[\r\n]+$/, ''));
  });
}

/** A span of a text in which each secret, and each part of one, is a mark. */
function conceal(text: string, start: number, end: number, ordered: readonly TextRange[]): string {
  let result = '';
  let offset = start;
  for (const secret of ordered) {
    if (secret.end <= offset || secret.start >= end || secret.start === secret.end) continue;
    result += text.slice(offset, Math.max(offset, secret.start)) + CONCEALED;
    offset = Math.min(end, secret.end);
  }
  return result + text.slice(offset, end);
}

function shorten(line: string): string {
  return line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE)}…`;
}

function firstOfStatement(lines: readonly string[], from: number): number {
  const limit = Math.max(0, from - MOST_AROUND);
  let line = from;
  while (line > limit && !isAtMargin(lines[line])) line--;
  // Decorators and comments belong to what they stand above.
  while (line > limit && /^(@|#|\/\/|\/?\*)/.test(lines[line - 1] ?? '')) line--;
  return line;
}

function lastOfStatement(lines: readonly string[], from: number): number {
  const limit = Math.min(lines.length - 1, from + MOST_AROUND);
  let last = from;
  for (let line = from + 1; line <= limit; line++) {
    const text = lines[line] ?? '';
    // A bracket at the margin closes the statement.
    if (/^[)\]}]/.test(text)) return line;
    if (isAtMargin(text)) break;
    if (!isBlank(text)) last = line;
  }
  return last;
}

function isAtMargin(line: string | undefined): boolean {
  return line !== undefined && /^[^\s)\]}]/.test(line);
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === '';
}
