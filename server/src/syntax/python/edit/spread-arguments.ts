import type { PythonSource } from '../../../core/source-file.ts';
import type { TextEdit } from '../../../core/text.ts';
import { Kind } from '../kinds.ts';
import { kindOf, parentOf, type NodeIndex } from '../tree.ts';
import { indentationAt, indentationUnit, lineEndOf, lineLimitOf, lineStartOf, newlineOf } from './indentation.ts';

/** A line of arguments that would get too long, and what they are to be written with. */
interface Spread {
  readonly written: readonly NodeIndex[];
  readonly argument: string;
  /** The argument that the new one goes before; undefined for the end. */
  readonly before: NodeIndex | undefined;
  /** Indentation of the arguments, and of the bracket behind them. */
  readonly inner: string;
  readonly base: string;
  /** Offsets of the brackets' insides. */
  readonly start: number;
  readonly end: number;
}

/**
 * Edits that write the arguments of a call that stands on one line, and one more, on lines of their own: together where
 * they fit, else one on each. Arguments that have a line for themselves get one each. Undefined where the line stays short
 * enough, is longer already, or can't be broken.
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
  const [start, end] = [tree.starts[first] ?? 0, tree.ends[last] ?? 0];
  const limit = lineLimitOf(text);
  const hasOwnLine = written.length > 1 && isOnOwnLine(text, { listStart, start, end, listEnd });
  if (!hasOwnLine && /[\r\n]/.test(text.slice(listStart, listEnd))) return undefined;
  const line = hasOwnLine ? start : listStart;
  const length = lineEndOf(text, line) - lineStartOf(text, line);
  const added = argument.length + ', '.length + (hasOwnLine ? 0 : growth);
  if (length > limit || length + added <= limit) return undefined;

  const base = indentationAt(text, listStart);
  const inner = hasOwnLine ? indentationAt(text, start) : base + indentationUnit(source, listStart);
  const fits = !hasOwnLine && inner.length + (end - start) + argument.length + ', '.length <= limit;
  const closing = hasOwnLine ? indentationAt(text, listEnd) : base;
  return writeSpread(
    source,
    { written, argument, before, inner, base: closing, start: listStart + 1, end: listEnd - 1 },
    fits,
  );
}

function writeSpread(
  { tree, text }: PythonSource,
  { written, argument, before, inner, base, start, end }: Spread,
  isTogether: boolean,
): readonly TextEdit[] {
  const newline = newlineOf(text);
  const separator = isTogether ? ', ' : `,${newline}${inner}`;
  const edits: TextEdit[] = [];
  const change = (from: number, to: number, newText: string): void => {
    if (text.slice(from, to) !== newText) edits.push({ range: { start: from, end: to }, newText });
  };
  let behind = start;
  for (const [index, node] of written.entries()) {
    const lead = index === 0 ? newline + inner : separator;
    change(behind, tree.starts[node] ?? 0, node === before ? lead + argument + separator : lead);
    behind = tree.ends[node] ?? 0;
  }
  change(behind, end, `${before === undefined ? separator + argument : ''}${isTogether ? '' : ','}${newline}${base}`);
  return edits;
}

/** Whether the arguments stand together on a line between those of the brackets. */
function isOnOwnLine(
  text: string,
  at: { readonly listStart: number; readonly start: number; readonly end: number; readonly listEnd: number },
): boolean {
  const isBreak = (from: number, to: number): boolean => /^,?[ \t]*(?:\r\n|\n|\r)\s*$/.test(text.slice(from, to));
  const isOneLine = !/[\r\n]/.test(text.slice(at.start, at.end));
  return isOneLine && isBreak(at.listStart + 1, at.start) && isBreak(at.end, at.listEnd - 1);
}

/** Whether a list stands in code where a line break means nothing, and with no comment for its lines. */
function isBreakable({ tree, text }: PythonSource, list: NodeIndex): boolean {
  for (let node = list; node > 0; node = parentOf(tree, node)) {
    if (kindOf(tree, node) === Kind.string) return false;
  }
  const end = lineEndOf(text, tree.ends[list] ?? 0);
  return !text.slice(tree.ends[list], end).includes('#');
}
