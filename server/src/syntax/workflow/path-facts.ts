import type { WorkflowPathFact } from '../../core/facts/workflow.ts';
import type { TextRange } from '../../core/text.ts';
import { isExpectedFromRepository, type JobFiles } from './job-files.ts';
import { resolvePath } from './repository-path.ts';

/** A path as it was found, before it is judged whether anything can be said about it. */
export interface FoundPath {
  readonly written: string;
  /** Folder that it is relative to; undefined when unknown. */
  readonly base: string | undefined;
  readonly range: TextRange;
  readonly use: WorkflowPathFact['use'];
  readonly expected: WorkflowPathFact['expected'];
  readonly wildcards?: WorkflowPathFact['wildcards'];
  readonly alternatives?: readonly string[];
  readonly optional?: boolean;
}

/**
 * The fact for a path that has to come from the repository. Undefined where the place that it leads to, or whether
 * the job makes it, can't be told; and for the root, which is always there.
 */
export function toPathFact(found: FoundPath, files: JobFiles): WorkflowPathFact | undefined {
  if (found.base === undefined || /\$\{\{/.test(found.written)) return undefined;
  const path = resolvePath(found.base, found.written);
  const namesSomething = /[^./]/.test(found.written);
  if (path === undefined || path === '' || !namesSomething || !isExpectedFromRepository(files, path)) return undefined;
  return {
    ...{ written: found.written, path, base: found.base, range: found.range, use: found.use, expected: found.expected },
    ...{
      wildcards: found.wildcards ?? 'none',
      alternatives: found.alternatives ?? [],
      optional: found.optional ?? false,
    },
    mayBeCreated: files.mayHaveMore,
  };
}
