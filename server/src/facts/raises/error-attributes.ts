import type { PythonSource } from '../../core/source-file.ts';
import type { TextRange } from '../../core/text.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  endOfSubtree,
  kindOf,
  nodeAt,
  parentOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';

/**
 * Attributes of the caught error that a handler reads. Undefined when it does something with the error that depends on its
 * type in another way: subscripts, unpacking, iteration.
 */
export function attributesOfError(
  { tree, text }: PythonSource,
  clause: TextRange,
  errorName: string | undefined,
): readonly string[] | undefined {
  const node = nodeAt(tree, clause, Kind.except_clause);
  if (node < 0) return undefined;
  if (errorName === undefined) return [];
  const attributes: string[] = [];
  for (let each = node; each < endOfSubtree(tree, node); each++) {
    if (kindOf(tree, each) !== Kind.identifier || textOf(tree, text, each) !== errorName) continue;
    const use = useOf(each);
    if (use === 'other') return undefined;
    if (use !== 'value') attributes.push(use.attribute);
  }
  return attributes;

  function useOf(name: NodeIndex): 'value' | 'other' | { readonly attribute: string } {
    const parent = parentOf(tree, name);
    const field = tree.fields[name];
    switch (kindOf(tree, parent)) {
      case Kind.attribute:
        if (field !== Field.object) return 'value';
        return { attribute: textOf(tree, text, childByField(tree, parent, Field.attribute)) };
      case Kind.subscript:
        return field === Field.value ? 'other' : 'value';
      case Kind.for_statement:
      case Kind.for_in_clause:
        return field === Field.right ? 'other' : 'value';
      case Kind.list_splat:
      case Kind.dictionary_splat:
        return 'other';
      default:
        return 'value';
    }
  }
}
