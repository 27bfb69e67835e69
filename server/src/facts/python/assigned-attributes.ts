import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, kindOf, type NodeIndex } from '../../syntax/python/tree.ts';
import type { PythonFile } from './python-file.ts';

/** The left side of each `object.name = …` in a file, in source order. */
export function assignedAttributes({ source: { tree }, numbers }: PythonFile): readonly NodeIndex[] {
  const found: NodeIndex[] = [];
  for (const node of numbers.writes) {
    if (kindOf(tree, node) !== Kind.assignment) continue;
    const target = childByField(tree, node, Field.left);
    if (kindOf(tree, target) === Kind.attribute) found.push(target);
  }
  return found;
}
