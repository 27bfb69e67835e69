import type { HandlerExcuse } from '../../core/facts/exception-handler.ts';
import type { TextRange } from '../../core/text.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  childrenOf,
  firstChild,
  kindOf,
  parentOf,
  rangeOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import { functionAround, functionName } from './boundary.ts';
import { isExplained } from './comments.ts';
import { walkOwn } from './walk-own.ts';
import { AWAITS_END, CLEAN_UPS, CONVERSIONS, PREDICATES, PROBES, TEARDOWN, TRYING } from './words.ts';

/** A call of guarded code, by the last part of its callee. */
interface GuardedCall {
  readonly name: string;
  readonly awaited: boolean;
}

/**
 * Why a handler may drop the error; undefined where nothing speaks for it.
 * @param statement the `try` or `with` statement
 * @param reach where a comment speaks about the handler
 */
export function excuseOf(file: PythonFile, statement: NodeIndex, reach: TextRange): HandlerExcuse | undefined {
  const { tree } = file.source;
  const body = childByField(tree, statement, Field.body);
  const calls = callsIn(file, body);
  const around = functionName(file, functionAround(file, statement));
  const others = calls.filter(({ name }) => !AWAITS_END.test(name));
  if (isTearingDown(file, statement) || isAll(others, CLEAN_UPS)) return 'cleanup';
  if (isImportOnly(file, body) || isAll(calls, PROBES)) return 'probe';
  if (isConversion(calls)) return 'conversion';
  if (isExplained(file, reach)) return 'explained';
  if (calls.length === 0 && isReadingOnly(file, body)) return 'probe';
  return TRYING.test(around) || (PREDICATES.test(around) && calls.length <= 3) ? 'probe' : undefined;
}

/** Calls that run in a block, beside those of log and print. */
export function callsIn({ source: { tree, text } }: PythonFile, block: NodeIndex): readonly GuardedCall[] {
  const calls: GuardedCall[] = [];
  walkOwn(tree, block, node => {
    if (kindOf(tree, node) !== Kind.call) return true;
    const callee = childByField(tree, node, Field.function);
    const moved = movedToThread(nameOf(callee), node);
    const name = nameOf(moved ?? callee);
    const isLog = /^(print|debug|info|warning|error|exception)$/.test(name);
    const awaited = moved === undefined && kindOf(tree, parentOf(tree, node)) === Kind.await;
    if (!isLog) calls.push({ name, awaited });
    return true;
  });
  return calls;

  function nameOf(callee: NodeIndex): string {
    const isMethod = kindOf(tree, callee) === Kind.attribute;
    return textOf(tree, text, isMethod ? childByField(tree, callee, Field.attribute) : callee);
  }

  /** What a thread is to run counts as if it were called on the spot: `await asyncio.to_thread(shop.close)`. */
  function movedToThread(name: string, call: NodeIndex): NodeIndex | undefined {
    if (!THREADS.test(name)) return undefined;
    const given = firstChild(tree, childByField(tree, call, Field.arguments));
    const isPartial =
      kindOf(tree, given) === Kind.call && nameOf(childByField(tree, given, Field.function)) === 'partial';
    const moved = isPartial ? firstChild(tree, childByField(tree, given, Field.arguments)) : given;
    return kindOf(tree, moved) === Kind.identifier || kindOf(tree, moved) === Kind.attribute ? moved : undefined;
  }
}

const THREADS = /^(?:to_thread|run_sync|run_in_threadpool)$/;

/** Whether a call of the sort is there, and all others are of it or work on plain values. */
function isAll(calls: readonly GuardedCall[], names: RegExp): boolean {
  const isPlain = ({ name, awaited }: GuardedCall): boolean => !awaited && PLAIN.test(name);
  return calls.some(({ name }) => names.test(name)) && calls.every(call => names.test(call.name) || isPlain(call));
}

/** A few calls that turn values into others; `get` alone may as well ask a server. */
function isConversion(calls: readonly GuardedCall[]): boolean {
  const isPlain = ({ name, awaited }: GuardedCall): boolean => !awaited && (CONVERSIONS.test(name) || PLAIN.test(name));
  return calls.length <= 4 && calls.every(isPlain) && calls.some(({ name }) => name !== 'get' && name !== 'pop');
}

/** Calls on plain values that nobody guards for their own sake. */
const PLAIN =
  /^(str|int|Path|join|format|list|tuple|dict|set|sorted|isinstance|hasattr|getattr|get|group|groups|len|items|keys|values|pop|strip|exists|super|min|max|sum|zip|next|iter|range|enumerate|type|index|find|replace|vars|partial)$/;

/** Inside a `finally`, in another handler, or in a function whose name says that it ends something. */
function isTearingDown(file: PythonFile, statement: NodeIndex): boolean {
  const { tree } = file.source;
  for (let node = parentOf(tree, statement); node >= 0; node = parentOf(tree, node)) {
    const kind = kindOf(tree, node);
    if (kind === Kind.finally_clause || kind === Kind.except_clause) return true;
    if (kind === Kind.function_definition) return TEARDOWN.test(functionName(file, node));
  }
  return false;
}

/** `try: import rich` with what goes with it. */
function isImportOnly({ source: { tree } }: PythonFile, body: NodeIndex): boolean {
  const statements = childrenOf(tree, body).map(node => kindOf(tree, node));
  return statements.some(kind => kind === Kind.import_statement || kind === Kind.import_from_statement);
}

/** Looks at values that are there: `return order["items"][0].price`. */
function isReadingOnly({ source: { tree } }: PythonFile, body: NodeIndex): boolean {
  let isPlain = true;
  walkOwn(tree, body, node => {
    const kind = kindOf(tree, node);
    if (kind === Kind.await || kind === Kind.yield || kind === Kind.with_statement || kind === Kind.for_statement)
      isPlain = false;
    return isPlain;
  });
  return isPlain;
}

/** From the end of the guarded block to the end of the handler's last line. */
export function reachOf({ source: { tree, text } }: PythonFile, clause: NodeIndex): TextRange {
  const { start, end } = rangeOf(tree, clause);
  const lineEnd = text.indexOf('\n', end);
  // Comments on lines of their own right above the clause speak about it.
  let from = start;
  for (;;) {
    const line = text.lastIndexOf('\n', from - 1) + 1;
    const above = text.slice(text.lastIndexOf('\n', line - 2) + 1, line);
    if (line === 0 || !/^\s*#/.test(above)) break;
    from = line - above.length + above.indexOf('#');
  }
  return { start: from, end: lineEnd < 0 ? text.length : lineEnd };
}
