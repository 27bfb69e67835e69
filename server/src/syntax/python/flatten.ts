import type { SyntaxTree } from '../../core/syntax-tree.ts';
import { Kind, LEFT_OUT, type GrammarTables } from './kinds.ts';

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
 */
export function flatten(cursor: NodeCursor, tables: GrammarTables, sizeHint: number): SyntaxTree {
  let columns = allocate(Math.max(64, sizeHint));
  let size = 0;
  let parent = -1;
  for (;;) {
    const kind = tables.kinds[cursor.typeId()] ?? Kind.other;
    // The `@` of a decorator is punctuation; between two expressions it is an operator.
    const isDecoratorSign = kind === Kind['@'] && parent >= 0 && columns.kinds[parent] === Kind.decorator;
    const isKept = kind !== LEFT_OUT && !isDecoratorSign;
    if (isKept) {
      if (size === columns.kinds.length) columns = grow(columns);
      columns.kinds[size] = kind;
      columns.fields[size] = tables.fields[cursor.fieldId()] ?? 0;
      columns.starts[size] = cursor.startIndex();
      columns.ends[size] = cursor.endIndex();
      columns.parents[size] = parent;
      columns.nexts[size] = size + 1;
      size++;
    }
    // Left-out tokens are leaves: only kept nodes have children.
    if (isKept && cursor.gotoFirstChild()) {
      parent = size - 1;
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      if (parent < 0) return trimmed(columns, size);
      columns.nexts[parent] = size;
      parent = columns.parents[parent] ?? -1;
      cursor.gotoParent();
      if (parent < 0 && size > 0) return trimmed(columns, size);
    }
  }
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
