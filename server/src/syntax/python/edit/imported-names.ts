import type { PythonSource } from '../../../core/source-file.ts';
import type { TextEdit } from '../../../core/text.ts';
import { Field, Kind } from '../kinds.ts';
import { childrenOf, kindOf, textOf, type NodeIndex } from '../tree.ts';
import { indentationAt, indentationUnit, lineEndOf, lineStartOf, newlineOf, startsLine } from './indentation.ts';

/** A statement that a name makes longer is written over several lines. */
const MAX_LINE = 100;

/**
 * Edits that add a name to `from module import …`, in its place where the names are in order, else after the last one.
 * Undefined when comments or line continuations make that unclear.
 */
export function addImportedName(
  source: PythonSource,
  statement: NodeIndex,
  name: string,
): readonly TextEdit[] | undefined {
  const { tree, text } = source;
  const end = tree.ends[statement] ?? 0;
  const names = childrenOf(tree, statement).filter(node => tree.fields[node] === Field.name);
  const last = names.at(-1);
  const isBracketed = text[end - 1] === ')';
  if (last === undefined || (!isBracketed && text.slice(tree.starts[statement], end).includes('\\'))) return undefined;
  const written = names.map(node => textOf(tree, text, node));
  const at = isInOrder(written) ? written.findIndex(other => compareNames(other, name) > 0) : -1;
  if (!isBracketed && isTooLong(source, statement, name))
    return [overLines(source, names, written.toSpliced(at < 0 ? written.length : at, 0, name))];
  const next = names[at];
  if (next !== undefined) {
    const start = tree.starts[next] ?? 0;
    return [insertion(start, `${name},${separatorBefore(source, next)}`)];
  }
  return addLast(source, statement, last, name);
}

/** Whether a name would make the line of a statement too long; one that is so already stays as it is. */
function isTooLong({ tree, text }: PythonSource, statement: NodeIndex, name: string): boolean {
  const start = lineStartOf(text, tree.starts[statement] ?? 0);
  const length = lineEndOf(text, tree.ends[statement] ?? 0) - start;
  return length <= MAX_LINE && length + ', '.length + name.length > MAX_LINE;
}

/** Writes the names in parentheses, each on a line. */
function overLines(source: PythonSource, names: readonly NodeIndex[], written: readonly string[]): TextEdit {
  const { tree, text } = source;
  const start = tree.starts[names[0] ?? 0] ?? 0;
  const base = newlineOf(text) + indentationAt(text, start);
  const inner = base + indentationUnit(source, start);
  const newText = `(${written.map(name => `${inner}${name},`).join('')}${base})`;
  return { range: { start, end: tree.ends[names.at(-1) ?? 0] ?? start }, newText };
}

function addLast(
  source: PythonSource,
  statement: NodeIndex,
  last: NodeIndex,
  name: string,
): readonly TextEdit[] | undefined {
  const { tree, text } = source;
  const lastEnd = tree.ends[last] ?? 0;
  const end = tree.ends[statement] ?? 0;
  const comment = childrenOf(tree, statement).find(
    node => kindOf(tree, node) === Kind.comment && (tree.starts[node] ?? 0) >= lastEnd,
  );
  const separator = separatorBefore(source, last);
  const until = comment === undefined ? end : (tree.starts[comment] ?? end);
  const comma = text.slice(lastEnd, until).indexOf(',');
  if (comment === undefined) {
    return comma < 0
      ? [insertion(lastEnd, `,${separator}${name}`)]
      : [insertion(lastEnd + comma + 1, `${separator}${name},`)];
  }
  const isSameLine = !/[\r\n]/.test(text.slice(lastEnd, tree.starts[comment]));
  if (comma < 0 || separator === ' ') return undefined;
  const at = isSameLine ? (tree.ends[comment] ?? 0) : lastEnd + comma + 1;
  return [insertion(at, `${separator}${name},`)];
}

/** What stands between a name and the one before it. */
function separatorBefore({ tree, text }: PythonSource, node: NodeIndex): string {
  const start = tree.starts[node] ?? 0;
  return startsLine(text, start) ? newlineOf(text) + indentationAt(text, start) : ' ';
}

function isInOrder(names: readonly string[]): boolean {
  return names.every((name, index) => index === 0 || compareNames(names[index - 1] ?? '', name) <= 0);
}

/** Constants, then classes, then the rest, each by the alphabet: what import sorters do. */
export function compareNames(left: string, right: string): number {
  return (
    rankOf(left) - rankOf(right) ||
    (left.toLowerCase() < right.toLowerCase() ? -1 : left.toLowerCase() > right.toLowerCase() ? 1 : 0)
  );
}

function rankOf(name: string): number {
  if (/^_*[A-Z][A-Z0-9_]+$/.test(name)) return 0;
  return /^_*[A-Z]/.test(name) ? 1 : 2;
}

function insertion(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}
