import type { SyntaxTree } from '../../core/syntax-tree.ts';
import { Kind } from '../../syntax/python/kinds.ts';
import type { NodeNumbers } from './python-file.ts';
import type { NodeIndex } from '../../syntax/python/tree.ts';

/** Numbers the nodes that facts refer to, each kind in source order. */
export function numberNodes(tree: SyntaxTree): NodeNumbers {
  const calls = new Map<NodeIndex, number>();
  const functions = new Map<NodeIndex, number>();
  const classes = new Map<NodeIndex, number>();
  const loops = new Map<NodeIndex, number>();
  const tries = new Map<NodeIndex, number>();
  const { kinds, size } = tree;
  for (let node = 0; node < size; node++) {
    switch (kinds[node]) {
      case Kind.call:
        calls.set(node, calls.size);
        break;
      case Kind.function_definition:
      case Kind.lambda:
        functions.set(node, functions.size);
        break;
      case Kind.class_definition:
        classes.set(node, classes.size);
        break;
      case Kind.for_statement:
      case Kind.while_statement:
        loops.set(node, loops.size);
        break;
      case Kind.try_statement:
        tries.set(node, tries.size);
        break;
      default:
    }
  }
  return { calls, functions, classes, loops, tries };
}
