import { raiseKnowledge, type RaiseCondition } from '../../knowledge/raises.ts';
import type { ArgumentFact, CallFact } from '../../core/python-facts.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, childrenOf, endOfSubtree, kindOf, type NodeIndex } from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import type { ValueReader } from './value-reader.ts';

/** Tells which of the types that a callable is known for can't occur in one call of it, given its arguments. */
export type ConditionReader = (node: NodeIndex, call: CallFact, name: string) => ReadonlySet<string>;

/** For one extraction only. */
export function createConditionReader({ source: { tree } }: PythonFile, values: ValueReader): ConditionReader {
  return (node, call, name) => {
    const failing = (raiseKnowledge.conditions.get(name) ?? []).filter(condition => !holds(condition, node, call));
    return new Set(failing.flatMap(({ types }) => types));
  };

  /** Whether the types of a condition can occur in a call. */
  function holds({ when, argument, at }: RaiseCondition, node: NodeIndex, { arguments: given }: CallFact): boolean {
    const isOpen = given.some(({ kind }) => kind === 'star' || kind === 'doubleStar');
    if (argument === undefined) {
      return isOpen || given.some(each => !HARMLESS.has(each.name ?? '') && answers(when, node, each));
    }
    const found = given.find((each, position) => (each.name === undefined ? position === at : each.name === argument));
    if (found === undefined) return when === 'absent' || (isOpen && when !== 'data');
    return answers(when, node, found);
  }

  function answers(when: RaiseCondition['when'], node: NodeIndex, found: ArgumentFact): boolean {
    switch (when) {
      case 'absent':
        return false;
      case 'given':
        return found.kind !== 'none' && found.kind !== 'false';
      case 'computed':
        // Numbers below zero are no literals here.
        return !LITERALS.has(found.kind) && !values.isLiteral(valueOf(node, found));
      case 'data':
        return holdsData(valueOf(node, found));
    }
  }

  function valueOf(call: NodeIndex, { valueRange }: ArgumentFact): NodeIndex {
    const list = childByField(tree, call, Field.arguments);
    const given = kindOf(tree, list) === Kind.argument_list ? childrenOf(tree, list) : [list];
    const found = given.map(child =>
      kindOf(tree, child) === Kind.keyword_argument ? childByField(tree, child, Field.value) : child,
    );
    return found.find(value => tree.starts[value] === valueRange.start && tree.ends[value] === valueRange.end) ?? -1;
  }

  /** Whether decoded data is in it: `f"{folder}/{order['file']}"`. */
  function holdsData(value: NodeIndex): boolean {
    for (let each = value; each >= 0 && each < endOfSubtree(tree, value); each++) if (values.isData(each)) return true;
    return false;
  }
}

/** Arguments that count for no condition. */
const HARMLESS: ReadonlySet<string> = new Set(['tzinfo', 'fold']);

const LITERALS: ReadonlySet<string> = new Set(['integer', 'float', 'string', 'none', 'true', 'false']);
