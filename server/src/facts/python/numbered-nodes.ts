import type { NodeIndex } from '../../syntax/python/tree.ts';

/** A node with its number. */
export type NumberedNode = readonly [node: NodeIndex, number: number];

/** Nodes of one kind with their numbers: 0 for the first in source order, and so on. */
export interface NumberedNodes extends Iterable<NumberedNode> {
  readonly nodes: readonly NodeIndex[];
  /** Number of a node; undefined for one of another kind. */
  get(node: NodeIndex): number | undefined;
  /** How many of them stand before a node of any kind. */
  countBefore(node: NodeIndex): number;
}

/**
 * A list instead of a map: somebody types, and each key has its own numbers for hundreds of nodes.
 * @param nodes in source order
 */
export function numberedNodes(nodes: readonly NodeIndex[]): NumberedNodes {
  const countBefore = (node: NodeIndex): number => {
    let low = 0;
    let high = nodes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((nodes[middle] ?? 0) < node) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    nodes,
    countBefore,
    get(node) {
      const number = countBefore(node);
      return nodes[number] === node ? number : undefined;
    },
    *[Symbol.iterator]() {
      let number = 0;
      for (const node of nodes) yield [node, number++] as const;
    },
  };
}
