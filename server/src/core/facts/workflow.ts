import type { TextRange } from '../text.ts';

/** A path that a CI workflow names, relative to the repository root, and how it is used. */
export interface WorkflowPathFact {
  /** As written. */
  readonly written: string;
  /** Normalised, relative to the workspace root, after `working-directory`, `defaults.run` and `cd`. */
  readonly path: string;
  readonly range: TextRange;
  readonly use: 'workingDirectory' | 'trigger' | 'argument' | 'requirements' | 'hashFiles' | 'changeDirectory';
}

/** What one CI workflow says. */
export interface WorkflowFacts {
  readonly paths: readonly WorkflowPathFact[];
  /** Places that could not be understood; the rest of the file still counts. */
  readonly errors: readonly { readonly range: TextRange; readonly message: string }[];
}
