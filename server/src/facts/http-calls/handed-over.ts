import type { CallFact, Symbol } from '../../core/python-facts.ts';
import { canonicalName } from '../python/canonical-name.ts';

/** A call that another function is asked to make. */
export interface HandedCall {
  /** The call as it will be made; its range is that of the function which is asked. */
  readonly call: CallFact;
  /** Whether keywords that are added to the range reach the call. */
  readonly takesKeywords: boolean;
}

interface Handing {
  /** Position of what is called. */
  readonly at: number;
  readonly takesKeywords: boolean;
}

/** Functions that call what they get with the arguments behind it, mostly in a thread. */
const HANDINGS: ReadonlyMap<string, Handing> = new Map([
  ['asyncio.to_thread', { at: 0, takesKeywords: true }],
  ['starlette.concurrency.run_in_threadpool', { at: 0, takesKeywords: true }],
  ['fastapi.concurrency.run_in_threadpool', { at: 0, takesKeywords: true }],
  // Their keywords are their own.
  ['anyio.to_thread.run_sync', { at: 0, takesKeywords: false }],
  ['asyncio.AbstractEventLoop.run_in_executor', { at: 1, takesKeywords: false }],
  ['concurrent.futures.ThreadPoolExecutor.submit', { at: 0, takesKeywords: true }],
  ['concurrent.futures.ProcessPoolExecutor.submit', { at: 0, takesKeywords: true }],
  // What they pass on comes from iterables, one value for each position.
  ['concurrent.futures.ThreadPoolExecutor.map', { at: 0, takesKeywords: false }],
  ['concurrent.futures.ProcessPoolExecutor.map', { at: 0, takesKeywords: false }],
  ['builtins.map', { at: 0, takesKeywords: false }],
]);

/** Whether a function calls what it gets. */
export function takesCallable(symbol: Symbol): boolean {
  return HANDINGS.has(canonicalName(symbol) ?? '');
}

/** What a call hands over to be called: `asyncio.to_thread(requests.get, url)`. Undefined for any other call. */
export function handedCall(call: CallFact): HandedCall | undefined {
  const handing = HANDINGS.get(canonicalName(call.callee?.symbol ?? '') ?? '');
  if (!handing) return undefined;
  const { at, takesKeywords } = handing;
  const before = call.arguments.slice(0, at + 1);
  const handed = before[at];
  // A star before it, or a keyword, and nobody knows which argument is which.
  if (!handed?.value || before.some(({ name, kind }) => name !== undefined || kind === 'star')) return undefined;
  const { value, valueRange } = handed;
  const behind = call.arguments.slice(at + 1).filter(({ name }) => takesKeywords || name === undefined);
  return { call: { ...call, callee: value, calleeRange: valueRange, arguments: behind }, takesKeywords };
}
