import type { SyntaxTree } from '../../core/syntax-tree.ts';
import type { TextEdit } from '../../core/text.ts';
import { NO_NODE, type NodeIndex } from './tree.ts';

/**
 * The stretch in which two versions of a text differ, or in which their trees do: from `start` to `oldEnd` in the old
 * one, to `newEnd` in the new one. Before it offsets are the same, behind it they differ by `newEnd - oldEnd`.
 */
export interface ChangedStretch {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** The version of a file that an edit started from. */
export interface PreviousVersion {
  readonly tree: SyntaxTree;
  readonly change: ChangedStretch;
}

/** One stretch around edits that were made one after the other, and around `ranges` of the new text. */
export function hullOfChanges(
  edits: readonly TextEdit[],
  ranges: readonly { readonly startIndex: number; readonly endIndex: number }[],
): ChangedStretch {
  let start = Infinity;
  let newEnd = 0;
  let delta = 0;
  for (const { range, newText } of edits) {
    const shift = newText.length - (range.end - range.start);
    start = Math.min(start, range.start);
    newEnd = Math.max(newEnd, range.end) + shift;
    delta += shift;
  }
  for (const { startIndex, endIndex } of ranges) {
    start = Math.min(start, startIndex);
    newEnd = Math.max(newEnd, endIndex);
  }
  return { start, newEnd, oldEnd: newEnd - delta };
}

/** Walks the old tree in step with a walk over the new one, and tells which old subtrees are still true. */
export interface OldTreeWalk {
  /**
   * The old node with the same subtree as a node of the new tree, or {@link NO_NODE}. To be asked for siblings in order.
   */
  match(kind: number, field: number, start: number, end: number): NodeIndex;
  /** The walk goes on with the children of the node that was matched last. */
  descend(): void;
  ascend(): void;
  /** What to add to the offsets of an old subtree that was matched for a node that starts at `start`. */
  shiftAt(start: number): number;
}

/** Starts at both roots. */
export function walkOldTree({ tree, change }: PreviousVersion): OldTreeWalk {
  const { kinds, fields, starts, ends, nexts } = tree;
  const delta = change.newEnd - change.oldEnd;
  /** For each level the end of the old parent's subtree and the next of its children to look at. */
  const limits: number[] = [];
  const positions: number[] = [];
  let limit = Math.min(1, tree.size);
  let position = 0;
  /** Old counterpart of the node that was asked for last, whether or not its inside is the same. */
  let counterpart: NodeIndex = NO_NODE;

  return {
    match(kind, field, start, end) {
      counterpart = NO_NODE;
      const isBefore = end < change.start;
      const isBehind = start > change.newEnd;
      const isAround = start < change.start || position === 0;
      if (!isBefore && !isBehind && !isAround) return NO_NODE;
      const shift = isBehind ? delta : 0;
      while (position < limit && position > 0 && (starts[position] ?? 0) + shift < start) {
        position = nexts[position] ?? limit;
      }
      if (position >= limit || kinds[position] !== kind || fields[position] !== field) return NO_NODE;
      if (position > 0 && (starts[position] ?? 0) + shift !== start) return NO_NODE;
      counterpart = position;
      return (isBefore || isBehind) && (ends[position] ?? 0) + shift === end ? position : NO_NODE;
    },
    descend() {
      limits.push(limit);
      positions.push(position);
      limit = counterpart < 0 ? 0 : (nexts[counterpart] ?? 0);
      position = counterpart < 0 ? 1 : counterpart + 1;
    },
    ascend() {
      limit = limits.pop() ?? 0;
      position = positions.pop() ?? 0;
    },
    shiftAt: start => (start > change.newEnd ? delta : 0),
  };
}
