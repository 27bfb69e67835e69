import type { Value } from '../../../core/python-facts.ts';
import type { TextRange } from '../../../core/text.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';

/** Writes offsets in UTF-16 units. */
export function writeRange(out: ByteWriter, { start, end }: TextRange): void {
  out.number(start);
  out.number(end - start);
}

/** Reads what {@link writeRange} wrote. */
export function readRange(from: ByteReader): TextRange {
  const start = from.number();
  return { start, end: start + from.number() };
}

/** Writes what a name or an expression stands for; `null` and undefined are both unknown. */
export function writeValue(out: ByteWriter, value: Value | null | undefined): void {
  out.optionalString(value?.symbol);
  if (!value) return;
  out.index(value.origin ?? -1);
  out.index(value.partial ?? -1);
}

/** Reads what {@link writeValue} wrote; `null`: unknown. */
export function readValue(from: ByteReader): Value | null {
  const symbol = from.optionalString();
  if (symbol === undefined) return null;
  const origin = from.index();
  const partial = from.index();
  return { symbol, ...(origin < 0 ? {} : { origin }), ...(partial < 0 ? {} : { partial }) };
}

/** Reads a value that was known when it was written. */
export function readKnownValue(from: ByteReader): Value {
  return readValue(from) ?? { symbol: '' };
}

/** Writes values by their names. */
export function writeValues(out: ByteWriter, values: Readonly<Record<string, Value | null>>): void {
  out.list(Object.keys(values), name => {
    out.string(name);
    writeValue(out, values[name]);
  });
}

/** Reads what {@link writeValues} wrote. */
export function readValues(from: ByteReader): Record<string, Value | null> {
  return Object.fromEntries(from.list(() => [from.string(), readValue(from)] as const));
}
