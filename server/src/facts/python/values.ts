import type { Value } from '../../core/python-facts.ts';
import { Kind } from '../../syntax/python/kinds.ts';

const LITERAL_TYPES: ReadonlyMap<number, string> = new Map([
  [Kind.string, 'str'],
  [Kind.concatenated_string, 'str'],
  [Kind.integer, 'int'],
  [Kind.float, 'float'],
  [Kind.true, 'bool'],
  [Kind.false, 'bool'],
  [Kind.list, 'list'],
  [Kind.list_comprehension, 'list'],
  [Kind.dictionary, 'dict'],
  [Kind.dictionary_comprehension, 'dict'],
  [Kind.set, 'set'],
  [Kind.set_comprehension, 'set'],
  [Kind.tuple, 'tuple'],
]);

/** Instance of the class that a literal or display makes; `kind` is that of its node. */
export function literalValue(kind: number): Value | undefined {
  const type = LITERAL_TYPES.get(kind);
  return type === undefined ? undefined : { symbol: `builtins.${type}()` };
}

/** The value that all agree on; its origin only when that is the same too. */
export function common(values: readonly (Value | undefined)[]): Value | undefined {
  const [first, ...others] = values;
  if (!first || !others.every(value => value?.symbol === first.symbol)) return undefined;
  const isOneObject = others.every(value => value?.origin === first.origin && value?.partial === first.partial);
  return isOneObject ? first : follow(first, first.symbol);
}

/** What a step from a value leads to: its result or a part of it. It is deferred when the value is; its origin is open. */
export function follow(from: Value, symbol: string): Value {
  return from.deferred ? { symbol, deferred: true } : { symbol };
}
