import type { TextRange } from '../text.ts';

/** How a workflow uses a path. */
export type WorkflowPathUse =
  | 'workingDirectory'
  | 'trigger'
  | 'argument'
  | 'requirements'
  | 'hashFiles'
  | 'changeDirectory'
  | 'cacheDependency'
  | 'localAction'
  | 'dockerContext';

/** A path that a CI workflow names and how it is used. Paths that the workflow may make itself are no facts. */
export interface WorkflowPathFact {
  /** As written. */
  readonly written: string;
  /** Normalised, relative to the workspace root, after `working-directory`, `defaults.run` and `cd`; empty for the root itself. */
  readonly path: string;
  /** Folder that `written` is relative to, in the same form as `path`. */
  readonly base: string;
  /** Place of `written` in the file. When the text there is not `written` (escapes, folded lines), it must not be edited. */
  readonly range: TextRange;
  readonly use: WorkflowPathUse;
  readonly expected: 'file' | 'folder' | 'any';
  /** How wildcards in `path` are to be read; `none` when it has no wildcard. */
  readonly wildcards: 'none' | 'trigger' | 'glob';
  /** Paths or patterns that will do just as well, e.g. the other arguments of one `hashFiles`. */
  readonly alternatives: readonly string[];
  /** A missing path does no harm here: an entry of `paths-ignore`, a negated pattern. */
  readonly optional: boolean;
  /** A step that ran before, and could not be understood, may have made the path. */
  readonly mayBeCreated: boolean;
}

/** What one CI workflow says. */
export interface WorkflowFacts {
  readonly paths: readonly WorkflowPathFact[];
  /** Places that could not be understood; the rest of the file still counts. */
  readonly errors: readonly { readonly range: TextRange; readonly message: string }[];
}
