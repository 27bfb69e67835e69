import type { PythonSource } from '../../../core/source-file.ts';
import type { TextEdit, TextRange } from '../../../core/text.ts';
import { Kind } from '../kinds.ts';
import { kindOf, parentOf, type NodeIndex } from '../tree.ts';

/** Line ending of a text: that of its first line, `\n` when it has one line only. */
export function newlineOf(text: string): '\n' | '\r\n' | '\r' {
  const first = /\r\n|\n|\r/.exec(text)?.[0];
  return first === '\r\n' || first === '\r' ? first : '\n';
}

/** Offset at which the line of an offset starts. */
export function lineStartOf(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), offset > 0 ? text.lastIndexOf('\r', offset - 1) : -1) + 1;
}

/** Offset at which the line of an offset ends, before its line ending. */
export function lineEndOf(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  return end;
}

/** Offset after the line ending of the line of an offset; the end of the text on its last line. */
export function nextLineOf(text: string, offset: number): number {
  const end = lineEndOf(text, offset);
  return text.startsWith('\r\n', end) ? end + 2 : Math.min(end + 1, text.length);
}

/** White space with which the line of an offset begins. */
export function indentationAt(text: string, offset: number): string {
  const start = lineStartOf(text, offset);
  let end = start;
  while (text[end] === ' ' || text[end] === '\t' || text[end] === '\f') end++;
  return text.slice(start, end);
}

/** Whether nothing but white space stands before an offset on its line. */
export function startsLine(text: string, offset: number): boolean {
  return text.slice(lineStartOf(text, offset), offset).trim() === '';
}

/**
 * One more step to the right at an offset: a tab where its line is indented by tabs, else the step of the first indented
 * block of the file, else four spaces.
 */
export function indentationUnit(source: PythonSource, offset: number): string {
  if (indentationAt(source.text, offset).includes('\t')) return '\t';
  const { tree, text } = source;
  for (let node = 0; node < tree.size; node++) {
    if (kindOf(tree, node) !== Kind.block) continue;
    const unit = stepOfBlock(text, tree.starts[parentOf(tree, node)] ?? 0, tree.starts[node] ?? 0);
    if (unit !== undefined) return unit;
  }
  return '    ';
}

function stepOfBlock(text: string, header: number, body: number): string | undefined {
  if (!startsLine(text, body) || !startsLine(text, header)) return undefined;
  const outer = indentationAt(text, header);
  const inner = indentationAt(text, body);
  const unit = inner.slice(outer.length);
  return inner.startsWith(outer) && /^( +|\t)$/.test(unit) ? unit : undefined;
}

/**
 * Edits that move all lines of a range one step to the right; blank lines stay. The range starts and ends with whole
 * statements. Undefined when a string in it goes over several lines: moving it would change its text.
 */
export function indentLines(source: PythonSource, range: TextRange, unit: string): readonly TextEdit[] | undefined {
  if (hasMultilineString(source, range)) return undefined;
  const { text } = source;
  const base = indentationAt(text, range.start);
  const edits: TextEdit[] = [];
  for (let line = lineStartOf(text, range.start); line < range.end; line = nextLineOf(text, line)) {
    if (text.slice(line, lineEndOf(text, line)).trim() === '') continue;
    // Behind the common indentation, so that tabs and spaces keep their order.
    const at = text.startsWith(base, line) ? line + base.length : line;
    edits.push({ range: { start: at, end: at }, newText: unit });
  }
  return edits;
}

/** Whether a string literal that starts in a range contains a line break. */
export function hasMultilineString({ tree, text }: PythonSource, range: TextRange): boolean {
  for (let node: NodeIndex = 0; node < tree.size; node++) {
    const start = tree.starts[node] ?? 0;
    if (kindOf(tree, node) !== Kind.string || start < range.start || start >= range.end) continue;
    if (/[\r\n]/.test(text.slice(start, tree.ends[node]))) return true;
  }
  return false;
}

/** Bounds of the line length that a file's own lines tell. */
const SHORTEST_LIMIT = 88;
const LONGEST_LIMIT = 120;

/** Length that lines of a text may have: that of its longest one that is no exception, within what formatters allow. */
export function lineLimitOf(text: string): number {
  const lengths = text.split(/\r\n|\n|\r/).map(({ length }) => length);
  return Math.max(SHORTEST_LIMIT, ...lengths.filter(length => length <= LONGEST_LIMIT));
}
