import type { Priority } from '../../core/finding.ts';
import type { Rule } from '../../core/rule.ts';
import type { Settings } from '../../core/settings.ts';
import type { Readiness } from '../model.ts';
import { computeOutcomes } from '../outcomes.ts';
import { computeScore } from '../score.ts';
import type { FileRecords } from './file-records.ts';

/** State of the whole workspace root, from the latest results; `isCounted` leaves out the files of other roots. */
export function computeReadiness(
  rules: readonly Rule[],
  settings: Settings,
  records: FileRecords,
  isCounted: (path: string) => boolean = () => true,
): Readiness {
  const analyses = records.analyses().filter(({ path }) => isCounted(path));
  const { runs, failures } = records.workspace;
  const outcomes = computeOutcomes({ rules, settings, analyses, workspaceRuns: runs });
  const counts: Record<Priority, number> = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const { findings } of analyses) for (const { priority } of findings) counts[priority]++;
  const skipped = analyses.flatMap(({ path, notMeasured }) =>
    notMeasured === undefined ? [] : [{ path, reason: notMeasured }],
  );
  const files = { measured: analyses.length - skipped.length, total: analyses.length };
  return {
    score: computeScore({ rules: rules.map(rule => rule.meta), settings, outcomes, files }),
    outcomes,
    notMeasured: skipped,
    failures: [...analyses.flatMap(analysis => analysis.failures), ...failures],
    files: analyses.length,
    counts,
  };
}
