/**
 * A concrete syntax tree as flat arrays in pre-order; node 0 is the root. Punctuation is left out.
 * Plain data: it outlives the parser's own tree, costs no calls into WebAssembly, and needs no clean-up.
 */
export interface SyntaxTree {
  /** Number of nodes. */
  readonly size: number;
  /** Kind of each node; what the numbers mean is up to the language's front end. */
  readonly kinds: Uint8Array;
  /** Field that a node fills in its parent, 0 for none. */
  readonly fields: Uint8Array;
  /** UTF-16 offsets of each node. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly parents: Int32Array;
  /** Index after the last descendant; the next sibling, when it is still inside the parent. */
  readonly nexts: Int32Array;
}
