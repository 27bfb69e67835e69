import type { BlockingKind } from '../../core/facts/blocking-call.ts';
import type { ArgumentFact, CallFact, PythonFacts } from '../../core/python-facts.ts';
import type { BlockingCondition } from '../../knowledge/blocking.ts';
import { canonicalName } from '../python/canonical-name.ts';

const ZERO = /^(?:0+(?:\.0*)?|\.0+|None|False|''|"")$/;

/** Whether the arguments of a call make it wait; false also where that can't be told. */
export function waitsWithArguments(call: CallArguments, condition: BlockingCondition | undefined): boolean {
  if (!condition) return true;
  const isOpen = call.arguments.some(({ kind }) => kind === 'star' || kind === 'doubleStar');
  const isFilledIn = isOpen || call.callee?.partial !== undefined;
  // A limit that nobody sees may be any but zero, as one that is held by a name.
  if (isFilledIn) return condition.is === 'limit';
  const argument = argumentOf(call, condition);
  switch (condition.is) {
    case 'flag':
      return argument === undefined || argument.kind === 'true';
    case 'limit':
      return argument === undefined || argument.kind === 'none' || !ZERO.test(argument.literal ?? '');
    case 'needed':
      return argument !== undefined && !ZERO.test(argument.literal ?? '');
    case 'zero':
      return argument === undefined || ZERO.test(argument.literal ?? '');
  }
}

/** What a condition looks at. */
export interface CallArguments {
  readonly callee: { readonly partial?: number } | undefined;
  readonly arguments: readonly Pick<ArgumentFact, 'name' | 'kind' | 'literal'>[];
}

function argumentOf(
  call: CallArguments,
  { argument, at }: BlockingCondition,
): CallArguments['arguments'][number] | undefined {
  const positional = call.arguments.filter(({ name }) => name === undefined);
  return call.arguments.find(({ name }) => name === argument) ?? positional[at];
}

const MEMORY: ReadonlySet<string> = new Set(['io.BytesIO()', 'io.StringIO()']);
/** File systems that the kernel makes up. */
const VIRTUAL = /^[rbuf]*["']\/(?:proc|sys|dev)\//i;

/** Whether a file call works on a buffer, or on a file that no disk holds. */
export function isInMemory(python: PythonFacts, call: CallFact, kind: BlockingKind): boolean {
  if (kind !== 'file') return false;
  const origin = call.callee?.origin === undefined ? undefined : python.calls[call.callee.origin];
  return [call, origin].some(each => {
    const [first] = each?.arguments ?? [];
    return first !== undefined && (MEMORY.has(first.value?.symbol ?? '') || VIRTUAL.test(first.literal ?? ''));
  });
}

/** Says of socket calls whether they return at once: datagrams wait for nobody, nor do sockets of a file that says so. */
export function nonBlockingSockets(python: PythonFacts): (call: CallFact, callee: string) => boolean {
  let isSwitched: boolean | undefined;
  return (call, callee) => {
    if (!callee.startsWith('socket.socket.')) return false;
    const origin = call.callee?.origin === undefined ? undefined : python.calls[call.callee.origin];
    if (origin?.arguments.some(({ value }) => value?.symbol === 'socket.SOCK_DGRAM')) return true;
    isSwitched ??= python.calls.some(isSwitchToNonBlocking);
    return isSwitched;
  };
}

function isSwitchToNonBlocking({ callee, calleeText, arguments: [first] }: CallFact): boolean {
  if (!/\.set(?:blocking|timeout)$/.test(calleeText)) return false;
  const name = callee && canonicalName(callee.symbol);
  if (name === 'socket.socket.setblocking') return true;
  return name === 'socket.socket.settimeout' && ZERO.test(first?.literal ?? '') && first?.kind !== 'none';
}
