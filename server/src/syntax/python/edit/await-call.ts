import type { PythonSource } from '../../../core/source-file.ts';
import { overlaps, type TextEdit, type TextRange } from '../../../core/text.ts';
import { Field, Kind } from '../kinds.ts';
import { childByField, childrenOf, kindOf, nodeAt, parentOf, textOf, type NodeIndex } from '../tree.ts';
import { waitingAt, type Waiting } from './awaiting-place.ts';
import { ensureImport } from './ensure-import.ts';
import {
  lineEndOf,
  lineLimitOf,
  lineStartOf,
  indentationAt,
  newlineOf,
  nextLineOf,
  startsLine,
} from './indentation.ts';
import { realignArguments } from './realign.ts';
import { removeUnusedImport } from './remove-unused-import.ts';
import { spreadArguments } from './spread-arguments.ts';

/** Library that runs the coroutines of a file. */
export type EventLoopLibrary = 'asyncio' | 'anyio' | 'trio';

/**
 * Edits that turn `time.sleep(x)` at `call` into `await asyncio.sleep(x)` (or the sleep of `library`), with the import it
 * needs and without the one that it leaves unused. Undefined where `await` is not allowed or may block other coroutines
 * that want the same lock, where the call does not have exactly one plain argument, or where the library's name is taken.
 */
export function awaitSleep(
  source: PythonSource,
  call: TextRange,
  library: EventLoopLibrary,
): readonly TextEdit[] | undefined {
  const { tree, text } = source;
  const place = placeOfSleep(source, call);
  if (!place) return undefined;
  const named = ensureImport(source, { module: library, name: 'sleep' }, call.start);
  const imported = named?.edits.length === 0 ? named : ensureImport(source, { module: library }, call.start);
  if (!imported) return undefined;
  const sleep = imported === named ? named.localName : `${imported.localName}.sleep`;
  const replaced = { start: tree.starts[place.callee] ?? 0, end: tree.ends[place.callee] ?? 0 };
  const edits = [...imported.edits, { range: replaced, newText: awaiting(place) + sleep }];
  const [formerName = ''] = textOf(tree, text, place.callee).split('.', 1);
  const removal = formerName === sleep ? [] : removeUnusedImport(source, formerName.trim(), [replaced]);
  return joinRemoval(text, edits, removal);
}

/** Adds the removal of an import; where another one takes its place, the blank lines behind it stay. */
function joinRemoval(text: string, edits: readonly TextEdit[], removal: readonly TextEdit[]): readonly TextEdit[] {
  if (removal.some(({ range }) => edits.some(edit => overlaps(edit.range, range)))) return edits;
  const trimmed = removal.map(({ range, newText }) => {
    const isReplaced = edits.some(edit => edit.range.start === range.start);
    const lastUnit = range.start + text.slice(range.start, range.end).trimEnd().length;
    return { range: isReplaced ? { start: range.start, end: nextLineOf(text, lastUnit) } : range, newText };
  });
  return [...edits, ...trimmed];
}

/**
 * Edits that run the call at `call` in a thread: `await asyncio.to_thread(f, x)` for `f(x)`, or the like of `library`,
 * with the imports it needs. Undefined where `await` is not allowed or may block other coroutines that want the same
 * lock, where an argument is a generator, or where the library's name is taken.
 */
export function moveToThread(
  source: PythonSource,
  call: TextRange,
  library: EventLoopLibrary,
): readonly TextEdit[] | undefined {
  const place = placeOfMove(source, call);
  if (place && isCalledEarly(place)) return handOver(source, place, call);
  const runner = place && threadRunner(source, call.start, library);
  if (!place || !runner) return undefined;
  if (library === 'asyncio' || !place.values.some(value => takesName(source, value))) {
    return [...runner.edits, ...wrap(source, place, `${runner.localName}(`, '')];
  }
  // The runners of anyio and trio hand positional arguments on, and keep keywords to themselves.
  const partial = ensureImport(source, { module: 'functools', name: 'partial' }, call.start);
  if (!partial) return undefined;
  const opening = `${runner.localName}(${partial.localName}(`;
  return [...joinImports(partial.edits, runner.edits), ...wrap(source, place, opening, ')')];
}

/** `to_thread(f, x)` for `to_thread(f(x))`, which would call it before there is a thread. */
function handOver(
  source: PythonSource,
  { callee, list, values, waiting }: Place,
  call: TextRange,
): readonly TextEdit[] | undefined {
  const { tree, text } = source;
  const bracket = { start: tree.starts[list] ?? 0, end: (tree.starts[list] ?? 0) + 1 };
  if (/[\r\n]/.test(text.slice(call.start, call.end))) return undefined;
  // Not all runners hand keyword arguments on.
  if (waiting === 'executed' && values.some(value => takesName(source, value))) {
    const partial = ensureImport(source, { module: 'functools', name: 'partial' }, call.start);
    const start = tree.starts[callee] ?? 0;
    const opening = { range: { start, end: start }, newText: `${partial?.localName ?? ''}(` };
    return partial && [...partial.edits, opening, { range: bracket, newText: ', ' }];
  }
  const inner = text.slice(bracket.end, call.end - 1).replace(/,?\s*$/, '');
  const spread = inner.trim() === '' ? '' : `, ${inner.trimStart()}`;
  return [{ range: { start: bracket.start, end: call.end }, newText: spread }];
}

/** Whether {@link awaitSleep} can be made at a call, as far as names don't stand against it. */
export function admitsAwaitSleep(source: PythonSource, call: TextRange): boolean {
  return placeOfSleep(source, call) !== undefined;
}

/**
 * Whether {@link moveToThread} can be made at a call, as far as names don't stand against it.
 * @param isPlainResult whether the call certainly gives nothing that could be awaited or called
 */
export function admitsMoveToThread(source: PythonSource, call: TextRange, isPlainResult = false): boolean {
  const place = placeOfMove(source, call);
  return place !== undefined && (isPlainResult || place.waiting === 'await');
}

/** Whether a call is handed to what runs functions in threads: it is made before there is a thread. */
export function isHandedToThread(source: PythonSource, call: TextRange): boolean {
  const place = findPlace(source, call);
  return place !== undefined && isCalledEarly(place);
}

function placeOfSleep(source: PythonSource, call: TextRange): Place | undefined {
  const place = findPlace(source, call);
  if (!place || place.isOperand || place.values.length !== 1 || isCalledEarly(place)) return undefined;
  return place.values.every(value => isPlainArgument(source, value)) ? place : undefined;
}

function placeOfMove(source: PythonSource, call: TextRange): Place | undefined {
  const place = findPlace(source, call);
  const isLazy = place?.values.some(value => kindOf(source.tree, value) === Kind.generator_expression);
  return isLazy ? undefined : place;
}

/** A call and what decides how it may be rewritten. */
interface Place {
  readonly callee: NodeIndex;
  readonly list: NodeIndex;
  /** Arguments without comments. */
  readonly values: readonly NodeIndex[];
  /** Whether an attribute, an item or a call is taken from the result, which `await` would bind to. */
  readonly isOperand: boolean;
  readonly waiting: Waiting;
}

function findPlace(source: PythonSource, range: TextRange): Place | undefined {
  const { tree, text, syntaxErrors } = source;
  const call = nodeAt(tree, range, Kind.call);
  if (call < 0 || syntaxErrors.some(error => error.start < range.end && range.start < error.end)) return undefined;
  const callee = childByField(tree, call, Field.function);
  const list = childByField(tree, call, Field.arguments);
  const isPlainCall = kindOf(tree, list) === Kind.argument_list && text[range.end - 1] === ')';
  const waiting = isPlainCall ? waitingAt(source, call) : undefined;
  if (!waiting || text.slice(tree.ends[callee], tree.starts[list]).trim() !== '') return undefined;
  const parent = kindOf(tree, parentOf(tree, call));
  const field = tree.fields[call];
  const isOperand =
    parent === Kind.attribute ||
    (parent === Kind.subscript && field === Field.value) ||
    (parent === Kind.call && field === Field.function);
  const values = childrenOf(tree, list).filter(child => kindOf(tree, child) !== Kind.comment);
  return { callee, list, values, isOperand, waiting };
}

/** Whether the place wants the function, and not what it gives back. */
function isCalledEarly({ waiting }: Place): boolean {
  return waiting === 'threaded' || waiting === 'executed';
}

function awaiting({ waiting }: Place): string {
  return waiting === 'await' ? 'await ' : '';
}

function isPlainArgument(source: PythonSource, argument: NodeIndex): boolean {
  return !takesName(source, argument) && kindOf(source.tree, argument) !== Kind.list_splat;
}

function takesName({ tree }: PythonSource, argument: NodeIndex): boolean {
  const kind = kindOf(tree, argument);
  return kind === Kind.keyword_argument || kind === Kind.dictionary_splat;
}

/** The function that runs others in a thread, under the name that the file has for it. */
function threadRunner(
  source: PythonSource,
  offset: number,
  library: EventLoopLibrary,
): { localName: string; edits: readonly TextEdit[] } | undefined {
  if (library === 'asyncio') {
    const named = ensureImport(source, { module: 'asyncio', name: 'to_thread' }, offset);
    if (named?.edits.length === 0) return named;
    const imported = ensureImport(source, { module: 'asyncio' }, offset);
    return imported && { localName: `${imported.localName}.to_thread`, edits: imported.edits };
  }
  const whole = { module: `${library}.to_thread` };
  const existing = ensureImport(source, whole, offset);
  const imported =
    existing?.edits.length === 0
      ? existing
      : ensureImport(source, library === 'anyio' ? { module: 'anyio', name: 'to_thread' } : { module: 'trio' }, offset);
  if (!imported) return undefined;
  const module = imported !== existing && library === 'trio' ? `${imported.localName}.to_thread` : imported.localName;
  return { localName: `${module}.run_sync`, edits: imported.edits };
}

/** Two imports that go to the same place become one edit, so that neither is lost. */
function joinImports(first: readonly TextEdit[], second: readonly TextEdit[]): readonly TextEdit[] {
  const clash = first.some(({ range }) => second.some(other => overlaps(range, other.range)));
  if (!clash) return [...first, ...second];
  return first.map((edit, index) => {
    const twin = second[index];
    return twin ? { range: edit.range, newText: edit.newText + twin.newText } : edit;
  });
}

function wrap(source: PythonSource, place: Place, opening: string, closing: string): readonly TextEdit[] {
  const { tree, text } = source;
  const { callee, list, values, isOperand } = place;
  const start = tree.starts[callee] ?? 0;
  const afterBracket = (tree.starts[list] ?? 0) + 1;
  const end = tree.ends[list] ?? 0;
  const calleeText = textOf(tree, text, callee);
  const head = `${isOperand ? '(' : ''}${awaiting(place)}${opening}`;
  const tail = closing + (isOperand ? ')' : '');
  const ending = tail === '' ? [] : [{ range: { start: end, end }, newText: tail }];
  const range = { start, end: afterBracket };
  const [first] = values;
  if (first === undefined) return [{ range, newText: head + calleeText }, ...ending];
  const firstStart = tree.starts[first] ?? 0;
  const isHanging = startsLine(text, firstStart) && /[\r\n]/.test(text.slice(afterBracket, firstStart));
  if (isHanging && !/[\r\n]/.test(calleeText)) {
    const second = tree.starts[values[1] ?? first] ?? 0;
    const isRow = values.length > 1 && !/[\r\n]/.test(text.slice(firstStart, second));
    const row = lineEndOf(text, firstStart) - lineStartOf(text, firstStart) + calleeText.length + ', '.length;
    // Arguments that share a line take the function in; where each has its own, so has the function.
    const isShared = isRow && row <= lineLimitOf(text);
    const line = `${calleeText},${isShared ? ' ' : newlineOf(text) + indentationAt(text, firstStart)}`;
    return [{ range, newText: head }, { range: { start: firstStart, end: firstStart }, newText: line }, ...ending];
  }
  const growth = head.length - (afterBracket - start) + tail.length;
  // Inside of other brackets, those are the ones to break a line at.
  const isOutermost = !/[([{]/.test(text.slice(lineStartOf(text, start), start));
  const spread = isOutermost ? spreadArguments(source, list, values, calleeText, first, growth) : undefined;
  if (spread) return [{ range, newText: head }, ...spread, ...ending];
  const separator = /^\s/.test(text.slice(afterBracket)) ? ',' : ', ';
  const moved = /[\r\n]/.test(calleeText) ? 0 : head.length - (afterBracket - start);
  const aligned = realignArguments(source, { start, end }, moved);
  return [{ range, newText: head + calleeText + separator }, ...aligned, ...ending];
}
