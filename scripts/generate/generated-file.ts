/** A file that `npm run generate` owns, or a part of which it owns. */
export interface GeneratedFile {
  /** Relative to the repository root, with `/`. */
  readonly path: string;
  /** The whole new content. */
  readonly content: string;
}
