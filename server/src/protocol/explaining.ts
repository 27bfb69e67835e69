import type { TimingView } from './model.ts';
import type { FindingName, RequestName } from './names.ts';

/** Formats of a report. */
export const REPORT_FORMATS = ['markdown', 'html', 'sarif', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface ReportParams {
  /** URI of the root, as in `RootModel`. */
  readonly root: string;
  readonly format: ReportFormat;
}

/** A report on the latest results of a root, as text; null for a root that is not known or has not started. */
export const REPORT_REQUEST: RequestName<ReportParams, string | null> = { method: 'readiness/report' };

/** A finding as a task for a coding assistant, as Markdown; null when it is gone. */
export const TASK_REQUEST: RequestName<FindingName, string | null> = { method: 'readiness/task' };

/** What a finding rests on: what was recognised, the way there, what the rule says; Markdown, null when it is gone. */
export const EXPLAIN_FINDING_REQUEST: RequestName<FindingName, string | null> = { method: 'readiness/explainFinding' };

/**
 * How a file is reviewed and why: the configuration in force, whether the file takes part, what kind it is, rules that
 * are off or changed, suppressions. Markdown; null for a file outside of all roots.
 */
export const EXPLAIN_FILE_REQUEST: RequestName<{ readonly uri: string }, string | null> = {
  method: 'readiness/explainFile',
};

/** How long the last analysis of an open document took; null when it has not been analysed. */
export const TIMING_REQUEST: RequestName<{ readonly uri: string }, TimingView | null> = {
  method: 'readiness/timing',
};
