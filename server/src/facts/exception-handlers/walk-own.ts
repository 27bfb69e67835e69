import type { SyntaxTree } from '../../core/syntax-tree.ts';
import { Kind } from '../../syntax/python/kinds.ts';
import { endOfSubtree, kindOf, type NodeIndex } from '../../syntax/python/tree.ts';

/** Code in these runs later, or not at all. */
const DEFERRED: ReadonlySet<number> = new Set([Kind.function_definition, Kind.class_definition, Kind.lambda]);

/**
 * Visits a node and what runs with it, in source order; functions, classes and lambdas inside are left out.
 * @param visit returns false to leave out what is inside a node
 */
export function walkOwn(tree: SyntaxTree, root: NodeIndex, visit: (node: NodeIndex) => boolean | undefined): void {
  if (root < 0) return;
  for (let node = root; node < endOfSubtree(tree, root);) {
    const isDeferred = node !== root && DEFERRED.has(kindOf(tree, node));
    const goesIn = !isDeferred && visit(node) !== false;
    node = goesIn ? node + 1 : endOfSubtree(tree, node);
  }
}
