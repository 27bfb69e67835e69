import type { Applicability } from '../../server/src/core/finding.ts';

/** What is asked of every fix, in the order of the table. */
export const CHECKS = ['edits', 'parses', 'imports', 'gone', 'new', 'again', 'layout'] as const;
export type Check = (typeof CHECKS)[number];

/** What a fix got wrong, in words. */
export interface Complaint {
  readonly check: Check;
  readonly detail: string;
}

/** One fix, or all fixes of a file together, and what came of it. */
export interface Trial {
  /** Rule of the finding; `all safe` or `all suggested` for a whole file. */
  readonly rule: string;
  /** Relative to the folder. */
  readonly path: string;
  /** 1-based line of the finding; 0 for a whole file. */
  readonly line: number;
  readonly title: string;
  readonly grade: Applicability;
  readonly complaints: readonly Complaint[];
  /** Unified diffs of the files that it changes. */
  readonly diff: string;
}

/** Everything that was found out about a folder. */
export interface SafetyReport {
  readonly folder: string;
  readonly files: number;
  /** Findings that say that they have a fix, or may have one, by rule. */
  readonly places: ReadonlyMap<string, number>;
  readonly trials: readonly Trial[];
  /** Files that could not be tried, with a sentence each. */
  readonly skipped: readonly string[];
}
