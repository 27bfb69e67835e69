import type { SyntaxTree } from '../../core/syntax-tree.ts';
import { Kind, LEFT_OUT, type GrammarTables } from './kinds.ts';
import { walkOldTree, type PreviousVersion } from './reuse.ts';
import { endOfSubtree, NO_NODE, type NodeIndex } from './tree.ts';

/** What flattening asks of a cursor; the position is the cursor's state. Indices are UTF-16 offsets. */
export interface NodeCursor {
  /** Grammar symbol of the current node. */
  typeId(): number;
  fieldId(): number;
  startIndex(): number;
  endIndex(): number;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

interface Columns {
  kinds: Uint8Array;
  fields: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  parents: Int32Array;
  nexts: Int32Array;
}

/**
 * Copies a parser's tree into flat arrays, starting at the cursor's node.
 * @param sizeHint expected number of nodes; the arrays grow when it is too small
 * @param previous the version before the edit that led to this tree: its unchanged subtrees are copied, not walked
 */
export function flatten(
  cursor: NodeCursor,
  tables: GrammarTables,
  sizeHint: number,
  previous?: PreviousVersion,
): SyntaxTree {
  const old = previous && { tree: previous.tree, walk: walkOldTree(previous) };
  let columns = allocate(Math.max(64, sizeHint));
  let size = 0;
  let parent = -1;
  for (;;) {
    const kind = tables.kinds[cursor.typeId()] ?? Kind.other;
    // The `@` of a decorator is punctuation; between two expressions it is an operator.
    const isDecoratorSign = kind === Kind['@'] && parent >= 0 && columns.kinds[parent] === Kind.decorator;
    // Left-out tokens are leaves: only kept nodes have children.
    let mayDescend = kind !== LEFT_OUT && !isDecoratorSign;
    if (mayDescend) {
      const field = tables.fields[cursor.fieldId()] ?? 0;
      const start = cursor.startIndex();
      const end = cursor.endIndex();
      const same = old ? old.walk.match(kind, field, start, end) : NO_NODE;
      const count = old && same >= 0 ? endOfSubtree(old.tree, same) - same : 1;
      while (size + count > columns.kinds.length) columns = grow(columns);
      if (old && same >= 0) {
        copySubtree(old.tree, same, columns, size, parent, old.walk.shiftAt(start));
        mayDescend = false;
      } else {
        columns.kinds[size] = kind;
        columns.fields[size] = field;
        columns.starts[size] = start;
        columns.ends[size] = end;
        columns.parents[size] = parent;
        columns.nexts[size] = size + 1;
      }
      size += count;
    }
    if (mayDescend && cursor.gotoFirstChild()) {
      parent = size - 1;
      old?.walk.descend();
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      if (parent < 0) return trimmed(columns, size);
      columns.nexts[parent] = size;
      parent = columns.parents[parent] ?? -1;
      cursor.gotoParent();
      old?.walk.ascend();
      if (parent < 0 && size > 0) return trimmed(columns, size);
    }
  }
}

/** Copies the subtree of `node` to `target`, where it becomes a child of `parent`. */
function copySubtree(
  tree: SyntaxTree,
  node: NodeIndex,
  columns: Columns,
  target: number,
  parent: number,
  shift: number,
): void {
  const end = endOfSubtree(tree, node);
  columns.kinds.set(tree.kinds.subarray(node, end), target);
  columns.fields.set(tree.fields.subarray(node, end), target);
  const moved = target - node;
  for (let current = node; current < end; current++) {
    const place = current + moved;
    columns.starts[place] = (tree.starts[current] ?? 0) + shift;
    columns.ends[place] = (tree.ends[current] ?? 0) + shift;
    columns.parents[place] = (tree.parents[current] ?? 0) + moved;
    columns.nexts[place] = (tree.nexts[current] ?? 0) + moved;
  }
  columns.parents[target] = parent;
}

function allocate(capacity: number): Columns {
  return {
    kinds: new Uint8Array(capacity),
    fields: new Uint8Array(capacity),
    starts: new Int32Array(capacity),
    ends: new Int32Array(capacity),
    parents: new Int32Array(capacity),
    nexts: new Int32Array(capacity),
  };
}

function grow(columns: Columns): Columns {
  const wider = allocate(columns.kinds.length * 2);
  wider.kinds.set(columns.kinds);
  wider.fields.set(columns.fields);
  wider.starts.set(columns.starts);
  wider.ends.set(columns.ends);
  wider.parents.set(columns.parents);
  wider.nexts.set(columns.nexts);
  return wider;
}

function trimmed(columns: Columns, size: number): SyntaxTree {
  return {
    size,
    kinds: columns.kinds.subarray(0, size),
    fields: columns.fields.subarray(0, size),
    starts: columns.starts.subarray(0, size),
    ends: columns.ends.subarray(0, size),
    parents: columns.parents.subarray(0, size),
    nexts: columns.nexts.subarray(0, size),
  };
}
