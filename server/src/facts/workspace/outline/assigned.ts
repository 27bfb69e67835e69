import type { Value } from '../../../core/python-facts.ts';
import type { OutlineAssignment } from '../../../core/python-outline.ts';
import { Field } from '../../../syntax/python/kinds.ts';
import { childByField, textOf } from '../../../syntax/python/tree.ts';
import { assignedAttributes } from '../../python/assigned-attributes.ts';
import type { PythonFile } from '../../python/python-file.ts';
import { mayLeadOut } from './outline-calls.ts';
import { plainValue } from './plain-value.ts';

/** What a file does to objects of other files besides calling them. */
export interface ForeignUses {
  readonly assigned: readonly OutlineAssignment[];
  /** Objects that are arguments of some call; each once. */
  readonly handed: readonly Value[];
}

/**
 * Finds `object.name = …` and `function(object)` where the object may come from another file, or go to one.
 * @param made calls that made objects which other files may hold
 */
export function findAssigned(raw: PythonFile, made: ReadonlySet<number>): ForeignUses {
  const { source, resolver, facts } = raw;
  const { tree, text } = source;
  const classes = new Set(facts.classes.map(({ qualifiedName }) => `:${qualifiedName}`));
  const assigned: OutlineAssignment[] = [];
  const add = (object: Value | undefined, name: string): void => {
    const isOwn = object?.deferred === true && classes.has(object.symbol.replace(/\(\)$/, ''));
    const plain = plainValue(object);
    if (plain && !isOwn && mayLeadOut(plain.symbol)) assigned.push({ object: plain, name });
  };
  for (const target of assignedAttributes(raw)) {
    const name = textOf(tree, text, childByField(tree, target, Field.attribute));
    add(resolver.valueOf(childByField(tree, target, Field.object)), name);
  }
  const handed = new Map<string, Value>();
  for (const { arguments: given, callee } of facts.calls) {
    if (callee?.symbol === 'builtins.setattr') {
      const name = /^["'](\w+)["']$/.exec(given[1]?.literal ?? '')?.[1];
      if (name !== undefined) add(given[0]?.value, name);
    }
    if (callee && HARMLESS.test(callee.symbol)) continue;
    for (const { value } of given) {
      const plain = plainValue(value);
      if (plain && isShared(plain, made)) handed.set(`${plain.symbol}#${plain.origin ?? ''}`, plain);
    }
  }
  return { assigned, handed: [...handed.values()] };
}

/** Functions that change nothing about their arguments. */
const HARMLESS = /^(builtins|logging|contextlib)\./;

/** Objects that only this file has are followed in this file; `self` is everybody's own business. */
function isShared({ symbol, origin }: Value, made: ReadonlySet<number>): boolean {
  return mayLeadOut(symbol) && (origin === undefined ? !/^:[^()]*(\(\))?$/.test(symbol) : made.has(origin));
}
