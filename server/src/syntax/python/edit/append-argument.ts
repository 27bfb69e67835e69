import type { PythonSource } from '../../../core/source-file.ts';
import type { TextEdit, TextRange } from '../../../core/text.ts';
import { Field, Kind } from '../kinds.ts';
import { childByField, childrenOf, kindOf, nodeAt, textOf, type NodeIndex } from '../tree.ts';
import { indentationAt, indentationUnit, lineStartOf, newlineOf, startsLine } from './indentation.ts';
import { spreadArguments } from './spread-arguments.ts';

/**
 * Edits that give a call one more keyword argument, laid out like its other arguments and before any `**options`; over
 * several lines where one would get longer than those of the file.
 * Undefined when there is no call at `call`, its brackets are broken, its argument is a bare generator, or it has an
 * argument of that name already.
 */
export function appendArgument(
  source: PythonSource,
  call: TextRange,
  name: string,
  value: string,
): readonly TextEdit[] | undefined {
  const list = argumentList(source, call);
  if (list === undefined || findKeyword(source, list, name) !== undefined) return undefined;
  const { tree } = source;
  const argument = `${name}=${value}`;
  const written = childrenOf(tree, list).filter(child => kindOf(tree, child) !== Kind.comment);
  const splat = written.find(child => kindOf(tree, child) === Kind.dictionary_splat);
  const spread = spreadArguments(source, list, written, argument, splat);
  if (spread !== undefined) return spread;
  if (splat !== undefined) return [insertBefore(source, splat, argument)];
  const last = written.at(-1);
  return last === undefined ? [insertAlone(source, list, argument)] : insertAfter(source, list, last, argument);
}

/**
 * Edits that change the value of a keyword argument. Undefined when there is no call at `call`, it has no such argument,
 * or the value is that already.
 */
export function replaceArgument(
  source: PythonSource,
  call: TextRange,
  name: string,
  value: string,
): readonly TextEdit[] | undefined {
  const list = argumentList(source, call);
  const keyword = list === undefined ? undefined : findKeyword(source, list, name);
  if (keyword === undefined) return undefined;
  const { tree, text } = source;
  const old = childByField(tree, keyword, Field.value);
  if (old < 0 || textOf(tree, text, old) === value) return undefined;
  return [{ range: { start: tree.starts[old] ?? 0, end: tree.ends[old] ?? 0 }, newText: value }];
}

/** Edits that give a keyword argument a value, whether the call has it or not; undefined as for the two that it joins. */
export function setArgument(
  source: PythonSource,
  call: TextRange,
  name: string,
  value: string,
): readonly TextEdit[] | undefined {
  return replaceArgument(source, call, name, value) ?? appendArgument(source, call, name, value);
}

function argumentList({ tree, text, syntaxErrors }: PythonSource, range: TextRange): NodeIndex | undefined {
  const call = nodeAt(tree, range, Kind.call);
  if (call < 0 || syntaxErrors.some(error => error.start < range.end && range.start < error.end)) return undefined;
  const list = childByField(tree, call, Field.arguments);
  if (kindOf(tree, list) !== Kind.argument_list || text[(tree.ends[list] ?? 0) - 1] !== ')') return undefined;
  return list;
}

function findKeyword({ tree, text }: PythonSource, list: NodeIndex, name: string): NodeIndex | undefined {
  return childrenOf(tree, list).find(
    child =>
      kindOf(tree, child) === Kind.keyword_argument &&
      textOf(tree, text, childByField(tree, child, Field.name)) === name,
  );
}

function insertBefore({ tree, text }: PythonSource, node: NodeIndex, argument: string): TextEdit {
  const start = tree.starts[node] ?? 0;
  const separator = startsLine(text, start) ? newlineOf(text) + indentationAt(text, start) : ' ';
  return insertion(start, `${argument},${separator}`);
}

/** First argument of an empty list; after the comments that it may hold. */
function insertAlone(source: PythonSource, list: NodeIndex, argument: string): TextEdit {
  const { tree, text } = source;
  const comment = childrenOf(tree, list).at(-1);
  if (comment === undefined) return insertion((tree.starts[list] ?? 0) + 1, argument);
  const start = tree.starts[list] ?? 0;
  const indentation = indentationAt(text, start) + indentationUnit(source, start);
  return insertion(tree.ends[comment] ?? 0, newlineOf(text) + indentation + argument);
}

function insertAfter(source: PythonSource, list: NodeIndex, last: NodeIndex, argument: string): readonly TextEdit[] {
  const { tree, text } = source;
  const start = tree.starts[last] ?? 0;
  const end = tree.ends[last] ?? 0;
  const comments = childrenOf(tree, list).filter(
    child => kindOf(tree, child) === Kind.comment && (tree.starts[child] ?? 0) >= end,
  );
  const comma = findComma(source, end, tree.ends[list] ?? 0, comments);
  const afterComma = comma === undefined ? end : comma + 1;
  // A comment behind the last argument belongs to it: the new one goes after both.
  const comment = comments.find(
    child => (tree.starts[child] ?? 0) >= afterComma && !/[\r\n]/.test(text.slice(afterComma, tree.starts[child])),
  );
  const ownLine = startsLine(text, start) && lineStartOf(text, start) > (tree.starts[list] ?? 0);
  const broken = newlineOf(text) + (ownLine ? indentationAt(text, start) : hanging(source, list));
  const separator = ownLine || comment !== undefined ? broken : ' ';
  const wantsComma = comma !== undefined || (comment === undefined && ownLine && isOnly(source, list, last));
  const addition = `${separator}${argument}${wantsComma ? ',' : ''}`;
  if (comment === undefined) return [insertion(afterComma, `${comma === undefined ? ',' : ''}${addition}`)];
  return [...(comma === undefined ? [insertion(end, ',')] : []), insertion(tree.ends[comment] ?? 0, addition)];
}

/** Whether an argument stands between the lines of its brackets, where people end lists of several with a comma. */
function isOnly({ tree, text }: PythonSource, list: NodeIndex, argument: NodeIndex): boolean {
  const others = childrenOf(tree, list).filter(child => child !== argument && kindOf(tree, child) !== Kind.comment);
  return others.length === 0 && startsLine(text, (tree.ends[list] ?? 0) - 1);
}

function hanging(source: PythonSource, list: NodeIndex): string {
  const start = source.tree.starts[list] ?? 0;
  return indentationAt(source.text, start) + indentationUnit(source, start);
}

/** Offset of the comma after the last argument, which may stand behind comments. */
function findComma(
  { tree, text }: PythonSource,
  from: number,
  to: number,
  comments: readonly NodeIndex[],
): number | undefined {
  for (let at = from; at < to; at++) {
    const comment = comments.find(node => tree.starts[node] === at);
    if (comment !== undefined) at = tree.ends[comment] ?? at;
    if (text[at] === ',') return at;
  }
  return undefined;
}

function insertion(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}
