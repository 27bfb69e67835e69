import type { PythonSource } from '../../core/source-file.ts';
import type { SyntaxTree } from '../../core/syntax-tree.ts';
import { Field, Kind } from './kinds.ts';
import type { ChangedStretch } from './reuse.ts';
import { childByField, endOfSubtree, kindOf, NO_NODE, parentOf, type NodeIndex } from './tree.ts';
import { differenceOf } from './text-difference.ts';

/**
 * The part in which two versions of a file differ. All nodes outside of it are the same in both, but for their place; of
 * those, only the ones that the part stands in touch the changed text.
 */
export interface ChangedPart {
  /** The outermost function around the change, where only its body differs; else {@link NO_NODE}. */
  readonly definition: NodeIndex;
  /** What the part stands in; the same node in both versions. */
  readonly parent: NodeIndex;
  /** The first node of the part, the function's where there is one; nodes before it have the same index in both versions. */
  readonly start: NodeIndex;
  /** Index after its last node in each version. */
  readonly oldEnd: NodeIndex;
  readonly newEnd: NodeIndex;
  readonly stretch: ChangedStretch;
}

/** What is left between the nodes of one level that are the same in both versions. */
type Between = Pick<ChangedPart, 'start' | 'oldEnd' | 'newEnd'>;

interface Versions {
  readonly before: SyntaxTree;
  readonly after: SyntaxTree;
  readonly stretch: ChangedStretch;
}

/**
 * Compares two versions of a file, text and tree: they differ in the body of a function, or in some statements in a row.
 * Undefined when no such part holds all differences. The comparison relies on nothing but the versions themselves, so
 * that whoever reuses what was found out about one of them can be sure.
 */
export function findChangedPart(before: PythonSource, after: PythonSource): ChangedPart | undefined {
  const stretch = differenceOf(before.text, after.text);
  const versions = { before: before.tree, after: after.tree, stretch };
  if (!isSameNode(versions, 0)) return undefined;
  let statements: ChangedPart | undefined;
  for (let node = 0; ;) {
    const between = differenceInside(versions, node);
    if (!between) return undefined;
    const kind = kindOf(after.tree, node);
    if (LISTS.has(kind)) statements = { definition: NO_NODE, parent: node, ...between, stretch };
    const inner = between.start;
    if (!isOneNode(versions, between) || !isSameNode(versions, inner)) return statements;
    const innerKind = kindOf(after.tree, inner);
    if (innerKind === Kind.function_definition) return bodyOf(versions, inner) ?? statements;
    if (!LISTS.has(innerKind) && !HOLDERS.has(innerKind)) return statements;
    node = inner;
  }
}

/** What holds statements, each of which means something by itself; what stands in broken code does. */
const LISTS: ReadonlySet<number> = new Set([Kind.module, Kind.block, Kind.ERROR]);

/** What such lists stand in. */
const HOLDERS: ReadonlySet<number> = new Set([
  Kind.class_definition,
  Kind.decorated_definition,
  Kind.if_statement,
  Kind.elif_clause,
  Kind.else_clause,
  Kind.for_statement,
  Kind.while_statement,
  Kind.try_statement,
  Kind.except_clause,
  Kind.finally_clause,
  Kind.with_statement,
]);

/**
 * Where the code starts that the part makes longer or shorter, as far as that can't be told from where its statements end:
 * a decorator belongs to all that it decorates, and to broken code belongs whatever stands in it.
 * @param tree of either version
 * @returns a UTF-16 offset, at most that of the changed text
 */
export function startOfSurroundings(tree: SyntaxTree, { parent, definition, stretch }: ChangedPart): number {
  let start = definition < 0 ? stretch.start : (tree.starts[definition] ?? 0);
  let child = definition;
  for (let node = parent; node >= 0; child = node, node = parentOf(tree, node)) {
    const isOpen = [kindOf(tree, node), kindOf(tree, child)].includes(Kind.ERROR);
    if (isOpen || kindOf(tree, node) === Kind.decorated_definition) start = Math.min(start, tree.starts[node] ?? 0);
  }
  return start;
}

/** Undefined when something else in the function differs than what stands behind its head. */
function bodyOf(versions: Versions, definition: NodeIndex): ChangedPart | undefined {
  const { before, after, stretch } = versions;
  const parameters = childByField(after, definition, Field.parameters);
  const between = differenceInside(versions, definition);
  if (!between || parameters < 0 || between.start <= parameters) return undefined;
  const isHeadSame =
    isBodyAlone(before, between.start, between.oldEnd) && isBodyAlone(after, between.start, between.newEnd);
  if (!isHeadSame) return undefined;
  const end = { oldEnd: endOfSubtree(before, definition), newEnd: endOfSubtree(after, definition) };
  return { definition, parent: parentOf(after, definition), start: definition, ...end, stretch };
}

/** Whether children of a function from `start` to `end` are its body, or broken code instead of that. */
function isBodyAlone(tree: SyntaxTree, start: NodeIndex, end: NodeIndex): boolean {
  for (let child = start; child < end; child = endOfSubtree(tree, child)) {
    if (tree.fields[child] !== Field.body && tree.kinds[child] !== Kind.ERROR) return false;
  }
  return true;
}

/** The children of a node without those at its start and its end that are the same; undefined when the latter differ. */
function differenceInside({ before, after, stretch }: Versions, node: NodeIndex): Between | undefined {
  const limit = { old: endOfSubtree(before, node), now: endOfSubtree(after, node) };
  let start = node + 1;
  while (start < limit.old && start < limit.now && (before.ends[start] ?? 0) < stretch.start) {
    const end = endOfSubtree(before, start);
    if (!areSameNodes(before, after, start, end, 0, 0)) break;
    start = end;
  }
  const oldEnd = firstChildBehind(before, start, limit.old, stretch.oldEnd);
  const newEnd = firstChildBehind(after, start, limit.now, stretch.newEnd);
  const moved = newEnd - oldEnd;
  const shift = stretch.newEnd - stretch.oldEnd;
  const isSame = limit.old + moved === limit.now && areSameNodes(before, after, oldEnd, limit.old, moved, shift);
  return isSame ? { start, oldEnd, newEnd } : undefined;
}

function firstChildBehind(tree: SyntaxTree, from: NodeIndex, limit: NodeIndex, offset: number): NodeIndex {
  let child = from;
  while (child < limit && (tree.starts[child] ?? 0) <= offset) child = endOfSubtree(tree, child);
  return child;
}

/** Whether nodes in a row are the same, `moved` nodes and `shift` units further on in the later tree. */
function areSameNodes(
  before: SyntaxTree,
  after: SyntaxTree,
  start: NodeIndex,
  end: NodeIndex,
  moved: number,
  shift: number,
): boolean {
  for (let old = start; old < end; old++) {
    const now = old + moved;
    if (before.kinds[old] !== after.kinds[now] || before.fields[old] !== after.fields[now]) return false;
    if ((before.starts[old] ?? 0) + shift !== after.starts[now]) return false;
    if ((before.ends[old] ?? 0) + shift !== after.ends[now]) return false;
    // In pre-order, where each subtree ends says whose child a node is.
    if ((before.nexts[old] ?? 0) + moved !== after.nexts[now]) return false;
  }
  return true;
}

/** Whether exactly one node is left in each version. */
function isOneNode({ before, after }: Versions, { start, oldEnd, newEnd }: Between): boolean {
  return start < oldEnd && start < newEnd && before.nexts[start] === oldEnd && after.nexts[start] === newEnd;
}

/** Whether a node with the same index in both versions is the same, though not its inside. */
function isSameNode({ before, after }: Versions, node: NodeIndex): boolean {
  return (
    before.kinds[node] === after.kinds[node] &&
    before.fields[node] === after.fields[node] &&
    (node === 0 || before.starts[node] === after.starts[node])
  );
}
