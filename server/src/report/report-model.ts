import type { RuleMeta } from '../core/rule.ts';
import type { Review } from './review.ts';

export const REPORT_FORMATS = ['markdown', 'html', 'sarif', 'json'] as const;
/** What a report can be written as. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** All that a report is made of: the same model gives the same text, wherever and whenever it is rendered. */
export interface ReportModel {
  /** What was reviewed, as its people call it: the name of the folder. */
  readonly subject: string;
  /** Day of the report, as it is to be printed: `2026-11-21`. */
  readonly date: string;
  /** Version of Readiness. */
  readonly version: string;
  readonly review: Review;
  /** Every rule of the product, in the order of the catalogue. */
  readonly rules: readonly RuleMeta[];
  /** Text of the page of a rule, as Markdown. */
  readonly pageOf: (ruleId: string) => string | undefined;
  /** Absolute path of the folder that the paths in a SARIF report are relative to. */
  readonly base: string;
}
