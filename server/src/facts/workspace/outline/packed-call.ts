import type { CallUsage, ExpressionKind } from '../../../core/python-facts.ts';
import type { OutlineArgument, OutlineCall } from '../../../core/python-outline.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import { readKnownValue, readRange, readValue, writeRange, writeValue } from './packed-value.ts';

const FLAGS = ['awaited', 'atDefinition', 'inComprehension', 'movable', 'bounded', 'iterated', 'deferred'] as const;

/** Writes a call of an outline. */
export function writeCall(out: ByteWriter, call: OutlineCall): void {
  out.number(call.index);
  writeRange(out, call.range);
  writeRange(out, call.calleeRange);
  writeValue(out, call.callee);
  out.string(call.calleeText);
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

/** Reads what {@link writeCall} wrote. */
export function readCall(from: ByteReader): OutlineCall {
  const index = from.number();
  const range = readRange(from);
  const calleeRange = readRange(from);
  const callee = readKnownValue(from);
  const calleeText = from.string();
  const owner = from.index();
  const bits = from.number();
  const has = (flag: (typeof FLAGS)[number]): boolean => (bits & (1 << FLAGS.indexOf(flag))) !== 0;
  // `writeCall` wrote a usage.
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
    // `writeCall` wrote a kind.
    kind: from.string() as ExpressionKind,
    literal: from.optionalString(),
    value: readValue(from) ?? undefined,
  };
}
