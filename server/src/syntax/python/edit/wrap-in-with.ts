import type { ResourceWrap } from '../../../core/facts/resource.ts';
import type { PythonSource } from '../../../core/source-file.ts';
import { applyEdits, containsRange, type TextEdit, type TextRange } from '../../../core/text.ts';
import { Field, Kind } from '../kinds.ts';
import {
  childByField,
  childrenOf,
  firstChild,
  kindOf,
  nodeAt,
  parentOf,
  rangeOf,
  textOf,
  type NodeIndex,
} from '../tree.ts';
import { ensureImport } from './ensure-import.ts';
import {
  indentationAt,
  indentationUnit,
  indentLines,
  lineEndOf,
  lineStartOf,
  newlineOf,
  nextLineOf,
  startsLine,
} from './indentation.ts';
import { realignArguments } from './realign.ts';

/**
 * Edits that turn `name = call` into `with call as name:` around the statements up to `wrap.until`, and take away the
 * calls that close it. Undefined where the statements don't stand in one block, share lines, hold strings over several
 * lines, or use the name after it was closed.
 */
export function wrapInWith(source: PythonSource, call: TextRange, wrap: ResourceWrap): readonly TextEdit[] | undefined {
  const { tree, text } = source;
  if (source.syntaxErrors.length > 0) return undefined;
  const callNode = nodeAt(tree, call, Kind.call);
  const entered = wrap.form === 'closing' ? enteredItem(source, callNode) : undefined;
  if (entered !== undefined) return closeEntered(source, call, entered);
  const outer = parentOf(tree, callNode);
  const isAwaited = kindOf(tree, outer) === Kind.await;
  const assignment = isAwaited ? parentOf(tree, outer) : outer;
  const statement = parentOf(tree, assignment);
  const isPlain =
    kindOf(tree, assignment) === Kind.assignment &&
    kindOf(tree, childByField(tree, assignment, Field.left)) === Kind.identifier &&
    (!isAwaited || wrap.form === 'asyncWith') &&
    kindOf(tree, statement) === Kind.expression_statement &&
    isAloneOnLines(source, statement);
  if (!isPlain) return undefined;

  const siblings = childrenOf(tree, parentOf(tree, statement)).filter(node => node > statement);
  const wrapped = siblings.filter(node => kindOf(tree, node) !== Kind.comment && (tree.starts[node] ?? 0) < wrap.until);
  const closing = wrapped.filter(node => wrap.closes.some(close => containsRange(rangeOf(tree, node), close)));
  const last = wrapped.at(-1);
  if (last === undefined || wrap.until > (tree.ends[last] ?? 0)) return undefined;
  const isTidy =
    closing.every(node => isBareClose(source, node, wrap)) &&
    wrapped.every(node => startsLine(text, tree.starts[node] ?? 0));
  if (!isTidy || closing.length > 1 || closing.length !== wrap.closes.length) return undefined;
  if (closing.length === 1 && closing[0] !== last) return undefined;
  const body = wrapped.filter(node => !closing.includes(node));
  const end = body.at(-1);
  if (end === undefined) return undefined;

  const opener = opening(source, call, wrap, tree.starts[statement] ?? 0);
  const from = nextLineOf(text, tree.ends[statement] ?? 0);
  // Comments above the call that closes speak of closing: they stay where that happens now.
  const closeStart = closing.length > 0 ? (tree.starts[last] ?? 0) : 0;
  const comments = siblings.filter(
    node => kindOf(tree, node) === Kind.comment && (tree.starts[node] ?? 0) < closeStart,
  );
  const range = {
    start: firstCode(text, from),
    end: Math.max(tree.ends[end] ?? 0, ...comments.map(node => tree.ends[node] ?? 0)),
  };
  const indented = indentLines(source, range, indentationUnit(source, tree.starts[statement] ?? 0));
  if (!opener || !indented) return undefined;
  return [
    ...opener.edits,
    { range: rangeOf(tree, statement), newText: `${opener.text}:` },
    ...blankLines(text, from, range.start),
    ...indented,
    ...closing.map(node => ({ range: lineOf(source, node), newText: '' })),
  ];
}

/**
 * Edits that open what a call opens in a `with` statement around the statement that uses it in place. Undefined where the
 * statement is no simple one or `for` loop, may not reach the call, or shares lines.
 */
export function wrapInPlace(
  source: PythonSource,
  call: TextRange,
  wrap: ResourceWrap,
): readonly TextEdit[] | undefined {
  const { tree, text } = source;
  if (source.syntaxErrors.length > 0) return undefined;
  const statement = statementAround(source, nodeAt(tree, call, Kind.call));
  if (statement < 0 || !startsLine(text, tree.starts[statement] ?? 0)) return undefined;
  const range = rangeOf(tree, statement);
  const isShared = kindOf(tree, statement) !== Kind.for_statement && !isAloneOnLines(source, statement);
  if (isShared || /[\r\n]/.test(text.slice(call.start, call.end))) return undefined;
  const indentation = indentationAt(text, range.start);
  const unit = indentationUnit(source, range.start);
  const indented = indentLines(source, range, unit);
  if (!indented) return undefined;
  const opening = `${keyword(wrap)} ${text.slice(call.start, call.end)}`;
  if (range.start === call.start && range.end === call.end) {
    return [{ range, newText: `${opening}:${newlineOf(text)}${indentation}${unit}pass` }];
  }
  const header = `${opening} as ${wrap.variable}:${newlineOf(text)}${indentation}`;
  const [first, ...others] = indented;
  return first === undefined
    ? undefined
    : [{ range: first.range, newText: header + unit }, ...others, { range: call, newText: wrap.variable }];
}

function keyword({ form }: ResourceWrap): string {
  return form === 'asyncWith' ? 'async with' : 'with';
}

interface Opening {
  readonly text: string;
  readonly edits: readonly TextEdit[];
}

/** @param start where the statement starts that the call stands in */
function opening(source: PythonSource, call: TextRange, wrap: ResourceWrap, start: number): Opening | undefined {
  const isClosing = wrap.form === 'closing';
  const closing = isClosing ? ensureImport(source, { module: 'contextlib', name: 'closing' }, call.start) : undefined;
  if (isClosing && !closing) return undefined;
  const awaiting = wrap.keepsAwait ? 'await ' : '';
  const head = closing ? `with ${closing.localName}(` : `${keyword(wrap)} ${awaiting}`;
  const written = movedCall(source, call, head.length - (call.start - start));
  return { text: `${head}${written}${closing ? ')' : ''} as ${wrap.variable}`, edits: closing?.edits ?? [] };
}

/** Text of a call that moves by some columns, with its arguments below its bracket where they were. */
function movedCall(source: PythonSource, { start, end }: TextRange, columns: number): string {
  const edits = realignArguments(source, { start, end }, columns).map(({ range, newText }) => ({
    range: { start: range.start - start, end: range.end - start },
    newText,
  }));
  return applyEdits(source.text.slice(start, end), edits);
}

/** The `call as name` of a `with` statement that the call is the subject of. */
function enteredItem({ tree }: PythonSource, call: NodeIndex): NodeIndex | undefined {
  const pattern = parentOf(tree, call);
  const isItem = kindOf(tree, pattern) === Kind.as_pattern && kindOf(tree, parentOf(tree, pattern)) === Kind.with_item;
  return isItem ? pattern : undefined;
}

/** `with closing(call) as name, name:` closes, and still ends the transaction. */
function closeEntered(source: PythonSource, call: TextRange, pattern: NodeIndex): readonly TextEdit[] | undefined {
  const { tree, text } = source;
  const closing = ensureImport(source, { module: 'contextlib', name: 'closing' }, call.start);
  const alias = childByField(tree, pattern, Field.alias);
  if (!closing || kindOf(tree, firstChild(tree, alias)) !== Kind.identifier) return undefined;
  const end = tree.ends[pattern] ?? 0;
  return [
    ...closing.edits,
    { range: { start: call.start, end: call.start }, newText: `${closing.localName}(` },
    { range: { start: call.end, end: call.end }, newText: ')' },
    { range: { start: end, end }, newText: `, ${textOf(tree, text, alias)}` },
  ];
}

/** What may stand between a call and its statement without keeping the call from being run, and run once. */
const TRANSPARENT: ReadonlySet<number> = new Set([
  Kind.call,
  Kind.argument_list,
  Kind.keyword_argument,
  Kind.attribute,
  Kind.subscript,
  Kind.parenthesized_expression,
  Kind.assignment,
  Kind.binary_operator,
  Kind.tuple,
  Kind.list,
  Kind.dictionary,
  Kind.pair,
  Kind.list_splat,
]);

const COMPREHENSIONS: ReadonlySet<number> = new Set([
  Kind.list_comprehension,
  Kind.set_comprehension,
  Kind.dictionary_comprehension,
  Kind.generator_expression,
]);

function statementAround({ tree }: PythonSource, call: NodeIndex): NodeIndex {
  let child = call;
  for (let node = parentOf(tree, call); node >= 0; child = node, node = parentOf(tree, node)) {
    const kind = kindOf(tree, node);
    if (kind === Kind.expression_statement || kind === Kind.return_statement) return node;
    if (kind === Kind.for_statement) return tree.fields[child] === Field.right ? node : -1;
    const isFirstSource =
      kind === Kind.for_in_clause && tree.fields[child] === Field.right && isFirstClause(tree, node);
    const isSourceOfOne = COMPREHENSIONS.has(kind) && kindOf(tree, child) === Kind.for_in_clause;
    if (!TRANSPARENT.has(kind) && !isFirstSource && !isSourceOfOne) return -1;
  }
  return -1;
}

/** What the first `for` of a comprehension runs over is evaluated at once; the others' sources are not. */
function isFirstClause(tree: PythonSource['tree'], clause: NodeIndex): boolean {
  const clauses = childrenOf(tree, parentOf(tree, clause)).filter(node => kindOf(tree, node) === Kind.for_in_clause);
  return clauses[0] === clause;
}

/** Whether no other statement stands on the lines of one. */
function isAloneOnLines({ text, tree }: PythonSource, statement: NodeIndex): boolean {
  const { start, end } = rangeOf(tree, statement);
  const rest = text.slice(end, lineEndOf(text, end)).trim();
  return startsLine(text, start) && (rest === '' || rest.startsWith('#'));
}

/** `name.close()` and nothing else on its line. */
function isBareClose(source: PythonSource, statement: NodeIndex, { closes }: ResourceWrap): boolean {
  const { tree, text } = source;
  const range = rangeOf(tree, statement);
  const isCall = closes.some(close => close.start === range.start && close.end === range.end);
  return isCall && startsLine(text, range.start) && text.slice(range.end, lineEndOf(text, range.end)).trim() === '';
}

/** The lines of a statement with their line ending; that of the line before where they end the file without one. */
function lineOf({ tree, text }: PythonSource, statement: NodeIndex): TextRange {
  const start = lineStartOf(text, tree.starts[statement] ?? 0);
  const end = nextLineOf(text, tree.ends[statement] ?? 0);
  const endsFile = end === text.length && !/[\r\n]$/.test(text);
  return { start: endsFile ? start - (text.startsWith('\r\n', start - 2) ? 2 : 1) : start, end };
}

/** Takes away the blank lines that would stand between the head of the `with` and its body. */
function blankLines(text: string, from: number, code: number): readonly TextEdit[] {
  const end = lineStartOf(text, code);
  return end > from ? [{ range: { start: from, end }, newText: '' }] : [];
}

function firstCode(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] ?? '')) at++;
  return at;
}
