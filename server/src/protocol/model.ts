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
  /** Files that were read, of all that belong to the root. */
  readonly files?: { readonly measured: number; readonly total: number } | undefined;
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
  /** Active findings with a fix. */
  readonly fixable: number;
  /** Changes when a finding of the rule appears, vanishes or moves. */
  readonly revision: string;
}

/** A second place that explains a finding: a step of a chain, the other side of a conflict. */
export interface RelatedRow {
  readonly uri: string;
  /** Relative to the root, for display. */
  readonly path: string;
  readonly range: PlaceRange;
  readonly message: string;
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
  readonly aspect: Aspect;
  readonly fix?: Applicability | undefined;
  /** Whether it came after the baseline was made; without a baseline, after the first scan of this run of the server. */
  readonly isNew: boolean;
  /** In the order in which a reader follows them; empty for most findings. */
  readonly related: readonly RelatedRow[];
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

/** How long the last analysis of an open document took, from its text to its findings; rules over the workspace left out. */
export interface TimingView {
  readonly milliseconds: number;
  /** The rule that took longest; only of an analysis that took longer than {@link SLOW_ANALYSIS}. */
  readonly slowest?: { readonly ruleId: string; readonly milliseconds: number } | undefined;
}

/** From here on an analysis is slow, in milliseconds: somebody who types could feel it. */
export const SLOW_ANALYSIS = 100;

/** A file that could not be looked at, and why: too large, no text, or its analysis crashed the last server. */
export interface NotMeasuredRow {
  readonly uri: string;
  readonly path: string;
  readonly reason: string;
}

/** How the findings of a root compare with its baseline. Counts are findings. */
export interface BaselineView {
  /** The file, which need not be there. */
  readonly uri: string;
  /** False when the root has no baseline, or an empty one. */
  readonly exists: boolean;
  /** Findings that it accepts, and that still occur. */
  readonly accepted: number;
  /** Findings that it accepts, and that no longer occur: they can be pruned. */
  readonly removable: number;
  /** Active findings with {@link FindingRow.isNew}. */
  readonly fresh: number;
}

/** Findings that the limits of the settings keep out of the editor's problems; the lists of findings have them. */
export interface Unpublished {
  readonly findings: number;
  readonly files: number;
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
  readonly baseline: BaselineView;
  readonly unpublished: Unpublished;
  /** Active findings by priority. */
  readonly counts: Readonly<Record<Priority, number>>;
  readonly files: number;
  /** Rules that threw, once each: bugs of ours that the user should be able to see. */
  readonly failures: readonly { readonly ruleId: string; readonly path: string; readonly message: string }[];
  /** First mistake because of which the last good configuration is in force. */
  readonly brokenConfiguration?:
    { readonly uri: string; readonly range: PlaceRange; readonly message: string } | undefined;
}
