import type { OutlineFunction } from '../../../core/python-outline.ts';
import { Kind } from '../../../syntax/python/kinds.ts';
import { firstChild, kindOf, textOf } from '../../../syntax/python/tree.ts';
import type { PythonFile } from '../../python/python-file.ts';
import { enclosingFunction } from '../../python/scopes.ts';

/** What tells a decorator from other functions. */
export type Wrapping = Pick<OutlineFunction, 'callsOuter' | 'returnsFirst'>;

/** Functions of a file that call a parameter of a function around them, or give back their own first one. */
export function findWrapping(raw: PythonFile): ReadonlyMap<number, Wrapping> {
  const found = new Map<number, Wrapping>();
  const { functions, calls } = raw.facts;
  for (const { callee, calleeText, function: owner } of calls) {
    if (callee || !/^\w+$/.test(calleeText)) continue;
    for (let outer = functions[owner]?.parent ?? -1; outer >= 0; outer = functions[outer]?.parent ?? -1) {
      if (functions[outer]?.parameters.some(({ name }) => name === calleeText) !== true) continue;
      const known = found.get(owner)?.callsOuter ?? [];
      if (!known.includes(calleeText)) found.set(owner, { callsOuter: [...known, calleeText] });
      break;
    }
  }
  for (const owner of returningFirst(raw)) found.set(owner, { ...found.get(owner), returnsFirst: true });
  return found;
}

function returningFirst({ source, table, numbers, facts }: PythonFile): readonly number[] {
  const { tree, text } = source;
  const verdicts = new Map<number, boolean>();
  for (const node of numbers.returns) {
    const scope = enclosingFunction(table.scopes, table.scopeOf[node] ?? 0);
    const owner = scope && numbers.functions.get(scope.node);
    if (owner === undefined) continue;
    const value = firstChild(tree, node);
    const first = facts.functions[owner]?.parameters[0]?.name;
    const isFirst = kindOf(tree, value) === Kind.identifier && textOf(tree, text, value) === first;
    verdicts.set(owner, isFirst && verdicts.get(owner) !== false);
  }
  return [...verdicts].filter(([, isFirst]) => isFirst).map(([owner]) => owner);
}
