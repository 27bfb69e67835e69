import { isCoveredBy, resolvePath } from './repository-path.ts';

/**
 * What is known of the files that a job sees.
 * `none`: nothing is checked out yet; `root`: this repository at the top of the workspace; `unknown`: something else.
 */
export type Checkout = 'none' | 'root' | 'unknown';

/** The state of a job between two commands; a new value after each. Paths are relative to the repository root. */
export interface JobFiles {
  readonly checkout: Checkout;
  /** Paths that the job makes, or asks about; nothing is said about them and what lies below. */
  readonly created: ReadonlySet<string>;
  /** Whether something ran that may have made any path. */
  readonly mayHaveMore: boolean;
}

/** A job before its first step. */
export const NO_FILES: JobFiles = { checkout: 'none', created: new Set(), mayHaveMore: false };

/** The files with more paths that the job makes. */
export function withCreated(files: JobFiles, paths: readonly string[]): JobFiles {
  return paths.length === 0 ? files : { ...files, created: new Set([...files.created, ...paths]) };
}

/** The files after something that may have made anything. */
export function withUnknown(files: JobFiles): JobFiles {
  return files.mayHaveMore ? files : { ...files, mayHaveMore: true };
}

/** Whether a path, if it is missing from the repository, is missing in the job too, as far as can be told. */
export function isExpectedFromRepository(files: JobFiles, path: string): boolean {
  return files.checkout === 'root' && !isCoveredBy(path, files.created);
}

/** A folder and the folders above it, deepest first. */
export function withParents(path: string): string[] {
  const parents: string[] = [];
  for (
    let current: string | undefined = path;
    current !== undefined && current !== '';
    current = resolvePath(current, '..')
  ) {
    parents.push(current);
  }
  return parents;
}
