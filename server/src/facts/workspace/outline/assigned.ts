import type { Symbol, Value } from '../../../core/python-facts.ts';
import type { OutlineAssignment } from '../../../core/python-outline.ts';
import { Field, Kind } from '../../../syntax/python/kinds.ts';
import { childByField, kindOf, parentOf, textOf } from '../../../syntax/python/tree.ts';
import type { PythonFile } from '../../python/python-file.ts';
import { mayLeadOut } from './outline-calls.ts';
import { plainValue } from './plain-value.ts';

/** What a file does to objects of other files besides calling them. */
export interface ForeignUses {
  readonly assigned: readonly OutlineAssignment[];
  /** Symbols of objects that are arguments of some call; each once. */
  readonly handed: readonly Symbol[];
}

/** Finds `object.name = …` and `function(object)` where the object may come from another file. */
export function findAssigned(raw: PythonFile): ForeignUses {
  const { source, resolver, facts } = raw;
  const { tree, text } = source;
  const assigned: OutlineAssignment[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (kindOf(tree, node) !== Kind.attribute || tree.fields[node] !== Field.left) continue;
    if (kindOf(tree, parentOf(tree, node)) !== Kind.assignment) continue;
    const object = plainValue(resolver.valueOf(childByField(tree, node, Field.object)));
    if (object && isForeign(object)) {
      assigned.push({ object, name: textOf(tree, text, childByField(tree, node, Field.attribute)) });
    }
  }
  const handed = new Set<Symbol>();
  for (const { arguments: given, callee } of facts.calls) {
    if (callee && HARMLESS.test(callee.symbol)) continue;
    for (const { value } of given) if (value && isForeign(value)) handed.add(value.symbol);
  }
  return { assigned, handed: [...handed] };
}

/** Functions that change nothing about their arguments. */
const HARMLESS = /^(builtins|logging|contextlib)\./;

/** Objects of this file are followed in this file; `self` is everybody's own business. */
function isForeign({ symbol, origin }: Value): boolean {
  return origin === undefined && mayLeadOut(symbol) && !/^:[^()]*(\(\))?$/.test(symbol);
}
