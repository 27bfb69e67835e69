import type { Value } from '../../../core/python-facts.ts';

/** A value as outlines keep it: every value of an outline may be deferred, so none says so. */
export function plainValue(value: Value | undefined): Value | null {
  if (!value) return null;
  if (value.deferred === undefined) return value;
  const { symbol, origin, partial } = value;
  return { symbol, ...(origin === undefined ? {} : { origin }), ...(partial === undefined ? {} : { partial }) };
}
