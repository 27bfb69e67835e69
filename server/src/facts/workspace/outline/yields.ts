import type { Value } from '../../../core/python-facts.ts';
import { Kind } from '../../../syntax/python/kinds.ts';
import { childrenOf, kindOf, textOf } from '../../../syntax/python/tree.ts';
import type { PythonFile } from '../../python/python-file.ts';
import { enclosingFunction } from '../../python/scopes.ts';
import { plainValue } from './plain-value.ts';

/** Values that the generators of a file yield, by the functions' index; `null`: unknown. */
export function yieldsByFunction({
  source,
  table,
  resolver,
  numbers,
  facts,
}: PythonFile): Map<number, (Value | null)[]> {
  const found = new Map<number, (Value | null)[]>();
  if (!facts.functions.some(({ isGenerator }) => isGenerator)) return found;
  const { tree, text } = source;
  for (const node of numbers.yields) {
    const scope = enclosingFunction(table.scopes, table.scopeOf[node] ?? 0);
    const owner = scope && numbers.functions.get(scope.node);
    if (owner === undefined) continue;
    const operands = childrenOf(tree, node).filter(child => kindOf(tree, child) !== Kind.comment);
    const operand = operands.at(-1);
    const isDelegated = /^yield\s+from\b/.test(textOf(tree, text, node));
    const value = operand === undefined || isDelegated ? null : plainValue(resolver.valueOf(operand));
    const list = found.get(owner);
    if (list) list.push(value);
    else found.set(owner, [value]);
  }
  return found;
}
