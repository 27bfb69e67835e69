import type { Applicability, Priority } from '../core/finding.ts';
import type { RuleOutcome } from '../core/outcome.ts';
import type { Aspect, Level } from '../core/rule.ts';

export type { Applicability, Aspect, Level, Priority, RuleOutcome };

/** A place as editors count it: 0-based line, 0-based UTF-16 column. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface PlaceRange {
  readonly start: Place;
  readonly end: Place;
}

/** What the server does for a root right now; counts are files. */
export type Activity =
  | { readonly kind: 'starting' }
  | { readonly kind: 'scanning'; readonly checked: number; readonly total: number }
  | { readonly kind: 'idle'; readonly scanned: boolean }
  | { readonly kind: 'failed'; readonly message: string };

/** A rule that keeps a level from being reached. */
export interface BlockingRule {
  readonly ruleId: string;
  readonly level: Level;
  readonly findings: number;
}

/** Level and number of one root. */
export interface ScoreView {
  /** 0 to 100; absent when nothing was measured. */
  readonly value?: number | undefined;
  readonly measured: number;
  readonly total: number;
  /** Highest level reached; absent when not even the lowest one is. */
  readonly level?: Level | undefined;
  /** The level that the service's tier asks for. */
  readonly wanted: Level;
  readonly blocking: readonly BlockingRule[];
  readonly aspects: readonly { readonly aspect: Aspect; readonly score?: number | undefined }[];
}

/** One rule as the panel shows it. */
export interface RuleRow {
  readonly ruleId: string;
  readonly title: string;
  readonly aspect: Aspect;
  readonly priority: Priority;
  readonly outcome: RuleOutcome;
  /** Active findings. */
  readonly findings: number;
  /** Changes when a finding of the rule appears, vanishes or moves. */
  readonly revision: string;
}

/** One finding as the panel shows it. */
export interface FindingRow {
  /** Stable while the finding stays in its symbol; unique within the rule. */
  readonly id: string;
  readonly ruleId: string;
  readonly fingerprint: string;
  readonly uri: string;
  /** Relative to the root, for display. */
  readonly path: string;
  readonly range: PlaceRange;
  readonly message: string;
  readonly priority: Priority;
  readonly fix?: Applicability | undefined;
}

/** A finding that a comment or the baseline accepts. */
export interface AcceptedRow {
  readonly id: string;
  readonly ruleId: string;
  readonly fingerprint: string;
  readonly uri: string;
  /** Relative to the root, for display. */
  readonly path: string;
  /** The comment; for the baseline, the finding. */
  readonly range: PlaceRange;
  readonly by: 'comment' | 'baseline';
  readonly reason?: string | undefined;
}

/** A file that could not be looked at, and why. */
export interface NotMeasuredRow {
  readonly uri: string;
  readonly path: string;
  readonly reason: string;
}

/** State of one workspace root, without the findings themselves. */
export interface RootModel {
  /** The folder, as the client named it. */
  readonly uri: string;
  readonly name: string;
  readonly activity: Activity;
  /** Absent until the session has started. */
  readonly score?: ScoreView | undefined;
  /** In the order of the scorecard's aspects. */
  readonly rules: readonly RuleRow[];
  readonly notMeasured: readonly NotMeasuredRow[];
  /** Findings that comments or the baseline accept; the revision changes when one comes, goes or moves. */
  readonly accepted: { readonly count: number; readonly revision: string };
  /** Active findings by priority. */
  readonly counts: Readonly<Record<Priority, number>>;
  readonly files: number;
  /** Rules that threw, once each: bugs of ours that the user should be able to see. */
  readonly failures: readonly { readonly ruleId: string; readonly path: string; readonly message: string }[];
  /** First mistake because of which the last good configuration is in force. */
  readonly brokenConfiguration?:
    { readonly uri: string; readonly range: PlaceRange; readonly message: string } | undefined;
}
