import type { Tree, TreeCursor } from 'web-tree-sitter';
import type { NodeCursor } from './flatten.ts';

/**
 * The cursor functions of web-tree-sitter 0.27.1 that `Parser.init(module)` leaves on its argument. They are not
 * documented; they work on one cursor in the library's transfer buffer, without copying it in and out at every step,
 * which makes a walk four times as fast as `TreeCursor`. The only module that knows of them; a test holds both equal.
 */
export interface RawCursorFunctions {
  _ts_tree_root_node_wasm(tree: number): void;
  _ts_tree_cursor_new_wasm(tree: number): void;
  _ts_tree_cursor_delete_wasm(tree: number): void;
  _ts_tree_cursor_goto_first_child_wasm(tree: number): number;
  _ts_tree_cursor_goto_next_sibling_wasm(tree: number): number;
  _ts_tree_cursor_goto_parent_wasm(tree: number): number;
  _ts_tree_cursor_current_node_type_id_wasm(tree: number): number;
  _ts_tree_cursor_current_field_id_wasm(tree: number): number;
  _ts_tree_cursor_start_index_wasm(tree: number): number;
  _ts_tree_cursor_end_index_wasm(tree: number): number;
}

const NEEDED = [
  '_ts_tree_root_node_wasm',
  '_ts_tree_cursor_new_wasm',
  '_ts_tree_cursor_delete_wasm',
  '_ts_tree_cursor_goto_first_child_wasm',
  '_ts_tree_cursor_goto_next_sibling_wasm',
  '_ts_tree_cursor_goto_parent_wasm',
  '_ts_tree_cursor_current_node_type_id_wasm',
  '_ts_tree_cursor_current_field_id_wasm',
  '_ts_tree_cursor_start_index_wasm',
  '_ts_tree_cursor_end_index_wasm',
] as const;

/** Whether the object that `Parser.init` filled has every raw function. */
export function hasRawCursor(module: object): module is RawCursorFunctions {
  return NEEDED.every(name => typeof Reflect.get(module, name) === 'function');
}

/** A cursor at the root and the function that frees it; no other use of the parser may come in between. */
export interface OpenCursor {
  readonly cursor: NodeCursor;
  readonly free: () => void;
}

/** Opens a raw cursor; undefined when the tree does not show its address, so that the caller falls back. */
export function openRawCursor(raw: RawCursorFunctions, tree: Tree): OpenCursor | undefined {
  const address: unknown = Reflect.get(tree, 0);
  if (typeof address !== 'number' || address === 0) return undefined;
  raw._ts_tree_root_node_wasm(address);
  raw._ts_tree_cursor_new_wasm(address);
  return {
    cursor: {
      typeId: () => raw._ts_tree_cursor_current_node_type_id_wasm(address),
      fieldId: () => raw._ts_tree_cursor_current_field_id_wasm(address),
      startIndex: () => raw._ts_tree_cursor_start_index_wasm(address),
      endIndex: () => raw._ts_tree_cursor_end_index_wasm(address),
      gotoFirstChild: () => raw._ts_tree_cursor_goto_first_child_wasm(address) === 1,
      gotoNextSibling: () => raw._ts_tree_cursor_goto_next_sibling_wasm(address) === 1,
      gotoParent: () => raw._ts_tree_cursor_goto_parent_wasm(address) === 1,
    },
    free: () => {
      raw._ts_tree_cursor_delete_wasm(address);
    },
  };
}

/** The documented way to walk: the fallback, and what the raw way is tested against. */
export function openTreeCursor(tree: Tree): OpenCursor {
  const walker: TreeCursor = tree.walk();
  return {
    cursor: {
      typeId: () => walker.nodeTypeId,
      fieldId: () => walker.currentFieldId,
      startIndex: () => walker.startIndex,
      endIndex: () => walker.endIndex,
      gotoFirstChild: () => walker.gotoFirstChild(),
      gotoNextSibling: () => walker.gotoNextSibling(),
      gotoParent: () => walker.gotoParent(),
    },
    free: () => {
      walker.delete();
    },
  };
}
