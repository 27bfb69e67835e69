import type { FileRecords } from './file-records.ts';
import type { LinkedCache } from './linked-cache.ts';
import { linkedState, restoreLinks } from './linked-state.ts';
import { projectsOf, type PythonSide } from './python-side.ts';
import type { WorkspaceJudge } from './workspace-judge.ts';

/** The parts of a session that linking concerns, after all files were measured. */
export interface ScannedParts {
  readonly python: PythonSide;
  readonly records: FileRecords;
  readonly judge: WorkspaceJudge;
  /** All files of the root. */
  readonly paths: readonly string[];
}

/**
 * Brings judgements up to date with what files say of each other: from the cache when an earlier scan saw the same
 * files, which are then linked once somebody asks for more; else by linking them, which the cache takes for next time.
 * @param relink links all files and judges them again; false when it was stopped before the end
 */
export async function linkScanned(
  parts: ScannedParts,
  linked: LinkedCache,
  relink: () => Promise<boolean>,
): Promise<void> {
  const projects = projectsOf(parts.paths);
  if (resume(parts, linked, projects)) return;
  const isComplete = await relink();
  parts.judge.judge('all');
  const state = isComplete ? linkedState(parts.records.entries(), linked, parts.judge.ofPython) : undefined;
  if (state !== undefined) linked.keepWhole(projects, state);
}

function resume(
  { python, records, judge, paths }: ScannedParts,
  linked: LinkedCache,
  projects: readonly string[],
): boolean {
  const kept = restoreLinks(linked.whole(projects), linked);
  if (!kept) return false;
  python.defer(paths);
  for (const { key, judgement } of kept.judgements) records.rejudge(judgement.path, judgement, key);
  judge.resume(kept.ofPython);
  return true;
}
