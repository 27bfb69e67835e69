import type { SyntaxTree } from '../../core/syntax-tree.ts';
import type { TextRange } from '../../core/text.ts';
import { Kind } from './kinds.ts';

/** Index of a node; -1 for "no node", so that hot loops need no objects. */
export type NodeIndex = number;
export const NO_NODE: NodeIndex = -1;

/** Kind of a node; 0 (`other`) for {@link NO_NODE}. */
export function kindOf(tree: SyntaxTree, node: NodeIndex): number {
  return tree.kinds[node] ?? 0;
}

export function rangeOf(tree: SyntaxTree, node: NodeIndex): TextRange {
  return { start: tree.starts[node] ?? 0, end: tree.ends[node] ?? 0 };
}

export function parentOf(tree: SyntaxTree, node: NodeIndex): NodeIndex {
  return tree.parents[node] ?? NO_NODE;
}

/** Index after the last descendant of a node. */
export function endOfSubtree(tree: SyntaxTree, node: NodeIndex): NodeIndex {
  return tree.nexts[node] ?? tree.size;
}

/** First child, or {@link NO_NODE}. */
export function firstChild(tree: SyntaxTree, node: NodeIndex): NodeIndex {
  return node + 1 < endOfSubtree(tree, node) ? node + 1 : NO_NODE;
}

/** Sibling after a node, or {@link NO_NODE}. */
export function nextSibling(tree: SyntaxTree, node: NodeIndex): NodeIndex {
  const next = endOfSubtree(tree, node);
  const parent = parentOf(tree, node);
  return parent >= 0 && next < endOfSubtree(tree, parent) ? next : NO_NODE;
}

/** Children of a node, comments included. */
export function childrenOf(tree: SyntaxTree, node: NodeIndex): NodeIndex[] {
  const children: NodeIndex[] = [];
  for (let child = firstChild(tree, node); child >= 0; child = nextSibling(tree, child)) children.push(child);
  return children;
}

/** First child that fills a field, or {@link NO_NODE}. */
export function childByField(tree: SyntaxTree, node: NodeIndex, field: number): NodeIndex {
  for (let child = firstChild(tree, node); child >= 0; child = nextSibling(tree, child)) {
    if (tree.fields[child] === field) return child;
  }
  return NO_NODE;
}

/** First child of a kind, or {@link NO_NODE}. */
export function childOfKind(tree: SyntaxTree, node: NodeIndex, kind: number): NodeIndex {
  for (let child = firstChild(tree, node); child >= 0; child = nextSibling(tree, child)) {
    if (tree.kinds[child] === kind) return child;
  }
  return NO_NODE;
}

/** What stands behind the `@` of each decorator of a function or class, in source order. */
export function decoratorsOf(tree: SyntaxTree, definition: NodeIndex): NodeIndex[] {
  const decorated = parentOf(tree, definition);
  if (kindOf(tree, decorated) !== Kind.decorated_definition) return [];
  return childrenOf(tree, decorated)
    .filter(child => kindOf(tree, child) === Kind.decorator)
    .map(decorator => firstChild(tree, decorator));
}

/** Nearest ancestor of a kind, or {@link NO_NODE}. */
export function ancestorOfKind(tree: SyntaxTree, node: NodeIndex, kind: number): NodeIndex {
  let current = parentOf(tree, node);
  while (current >= 0 && tree.kinds[current] !== kind) current = parentOf(tree, current);
  return current;
}

/** Smallest node that spans exactly this range and has the kind, or {@link NO_NODE}. */
export function nodeAt(tree: SyntaxTree, range: TextRange, kind: number): NodeIndex {
  for (let node = 0; node < tree.size;) {
    const start = tree.starts[node] ?? 0;
    const end = tree.ends[node] ?? 0;
    if (start === range.start && end === range.end && tree.kinds[node] === kind) return node;
    const mayContain = start <= range.start && range.end <= end;
    node = mayContain ? node + 1 : endOfSubtree(tree, node);
  }
  return NO_NODE;
}

/** Source text of a node. */
export function textOf(tree: SyntaxTree, text: string, node: NodeIndex): string {
  return text.slice(tree.starts[node] ?? 0, tree.ends[node] ?? 0);
}
