import type { PythonSource } from '../../../core/source-file.ts';
import type { TextEdit } from '../../../core/text.ts';
import { Field, Kind } from '../kinds.ts';
import { childrenOf, kindOf, textOf, type NodeIndex } from '../tree.ts';
import { indentationAt, newlineOf, startsLine } from './indentation.ts';

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
  const next = isInOrder(written) ? names[written.findIndex(other => compareNames(other, name) > 0)] : undefined;
  if (next !== undefined) {
    const start = tree.starts[next] ?? 0;
    return [insertion(start, `${name},${separatorBefore(source, next)}`)];
  }
  return addLast(source, statement, last, name);
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
function compareNames(left: string, right: string): number {
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
