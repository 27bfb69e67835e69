import type { CallUsage, ExpressionKind, Value } from '../../../core/python-facts.ts';
import type { OutlineArgument, OutlineCall } from '../../../core/python-outline.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import { readKnownValue, readRange, readValue, writeRange, writeValue } from './packed-value.ts';

/** What a call calls, as its file sees it: many calls of a file have the same. */
export type PackedCallee = Pick<OutlineCall, 'callee' | 'calleeText'>;

/** What linking asks of the calls of a file. */
export interface CallTable {
  /** Each once, in the order of the first call. */
  readonly callees: readonly PackedCallee[];
  /** For each call the index of its callee. */
  readonly calleeOf: readonly number[];
  /** For each call the index of the function that it is in; -1 for those that run where something is defined. */
  readonly ownerOf: readonly number[];
}

const FLAGS = ['awaited', 'atDefinition', 'inComprehension', 'movable', 'bounded', 'iterated', 'deferred'] as const;

/** Writes the calls of an outline: the table first, then what is left of each call. */
export function writeCalls(out: ByteWriter, calls: readonly OutlineCall[]): void {
  const numbers = new Map<string, number>();
  const callees: PackedCallee[] = [];
  const calleeOf = calls.map(call => {
    const key = `${keyOf(call.callee)} ${call.calleeText}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, callees.length);
    return callees.push(call) - 1;
  });
  out.list(callees, ({ callee, calleeText }) => {
    writeValue(out, callee);
    out.string(calleeText);
  });
  out.number(calls.length);
  calls.forEach((call, position) => {
    out.number(calleeOf[position] ?? 0);
    out.index(call.atDefinition ? -1 : call.function);
  });
  for (const call of calls) writeRest(out, call);
}

function keyOf({ symbol, origin, partial }: Value): string {
  return `${symbol} ${origin ?? ''} ${partial ?? ''}`;
}

/** Reads the table that {@link writeCalls} wrote. */
export function readCallTable(from: ByteReader): CallTable {
  const callees = from.list(() => ({ callee: readKnownValue(from), calleeText: from.string() }));
  const calleeOf: number[] = [];
  const ownerOf: number[] = [];
  for (let left = from.number(); left > 0; left--) {
    calleeOf.push(from.number());
    ownerOf.push(from.index());
  }
  return { callees, calleeOf, ownerOf };
}

/** Reads what {@link writeCalls} wrote. */
export function readCalls(from: ByteReader): readonly OutlineCall[] {
  const { callees, calleeOf } = readCallTable(from);
  return calleeOf.map(callee => readRest(from, callees[callee] ?? NO_CALLEE));
}

const NO_CALLEE: PackedCallee = { callee: { symbol: '' }, calleeText: '' };

function writeRest(out: ByteWriter, call: OutlineCall): void {
  out.number(call.index);
  writeRange(out, call.range);
  writeRange(out, call.calleeRange);
  out.index(call.function);
  out.number(FLAGS.reduce((bits, flag, at) => bits + (call[flag] === true ? 1 << at : 0), 0));
  out.string(call.usage);
  out.list(call.tries, out.number);
  out.list(call.arguments, argument => {
    out.optionalString(argument.name);
    out.string(argument.kind);
    out.optionalString(argument.literal);
    writeValue(out, argument.value);
  });
}

function readRest(from: ByteReader, { callee, calleeText }: PackedCallee): OutlineCall {
  const index = from.number();
  const range = readRange(from);
  const calleeRange = readRange(from);
  const owner = from.index();
  const bits = from.number();
  const has = (flag: (typeof FLAGS)[number]): boolean => (bits & (1 << FLAGS.indexOf(flag))) !== 0;
  // `writeCalls` wrote a usage.
  const usage = from.string() as CallUsage;
  const tries = from.list(from.number);
  const given = from.list(() => readArgument(from));
  return {
    index,
    range,
    calleeRange,
    callee,
    calleeText,
    arguments: given,
    function: owner,
    awaited: has('awaited'),
    atDefinition: has('atDefinition'),
    usage,
    inComprehension: has('inComprehension'),
    tries,
    movable: has('movable'),
    ...(has('iterated') ? { iterated: true as const } : {}),
    ...(has('deferred') ? { deferred: true as const } : {}),
    bounded: has('bounded'),
  };
}

function readArgument(from: ByteReader): OutlineArgument {
  return {
    name: from.optionalString(),
    // `writeCalls` wrote a kind.
    kind: from.string() as ExpressionKind,
    literal: from.optionalString(),
    value: readValue(from) ?? undefined,
  };
}
