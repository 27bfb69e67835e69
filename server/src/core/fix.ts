import type { Applicability } from './finding.ts';
import type { TextEdit } from './text.ts';

/** Edits to one file; `path` is relative to the workspace root. */
export interface FileEdit {
  readonly path: string;
  readonly edits: readonly TextEdit[];
  /** Content before `edits` when the file is to be created; `edits` is then empty. */
  readonly create?: string;
}

/** A titled set of edits, applied together or not at all. */
export interface Fix {
  /** Product text in the imperative, as the lightbulb menu shows it. */
  readonly title: string;
  readonly applicability: Applicability;
  readonly edits: readonly FileEdit[];
  /** Only ever applied when a person picks it: never with others, by `--fix` or on save. */
  readonly onRequest?: true;
  /** Part of the inserted text that a person should choose, such as a number of seconds; editors that can select it. */
  readonly choice?: string;
}
