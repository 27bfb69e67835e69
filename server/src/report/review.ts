import type { Finding } from '../core/finding.ts';
import type { NotMeasured } from '../core/file-facts.ts';
import type { RuleOutcome } from '../core/outcome.ts';
import type { Aspect } from '../core/rule.ts';
import type { Position } from '../core/text.ts';
import type { ConfigurationProblem, RuleFailure, Score } from '../engine/model.ts';

/** A place as reports name it. */
export interface Place {
  /** As the reader sees it: relative to the working folder, forward slashes. */
  readonly path: string;
  /** Absolute path, as the system writes it. */
  readonly absolute: string;
  readonly start: Position;
  /** First position that is no part of it any more. */
  readonly end: Position;
}

/** A finding with everything that a report says of it. */
export interface ReportedFinding extends Place {
  readonly finding: Finding;
  readonly aspect: Aspect;
  readonly related: readonly (Place & { readonly message: string })[];
}

/** A finding that a comment or the baseline accepts. */
export interface ReportedAcceptance {
  readonly reported: ReportedFinding;
  readonly reason: string | undefined;
  /** The comment, or `baseline`. */
  readonly by: Place | 'baseline';
}

/** What all report formats are made of; lists are sorted by path and place. */
export interface Review {
  readonly findings: readonly ReportedFinding[];
  readonly accepted: readonly ReportedAcceptance[];
  readonly outcomes: readonly RuleOutcome[];
  readonly score: Score;
  /** Paths as the reader sees them. */
  readonly notMeasured: readonly NotMeasured[];
  readonly failures: readonly RuleFailure[];
  readonly problems: readonly (Omit<ConfigurationProblem, 'range'> & Place)[];
  /** Files that were looked at. */
  readonly files: number;
}

/** The order of findings in every report: path, place, rule, message. Negative when `left` comes first. */
export function byPlace(left: ReportedFinding, right: ReportedFinding): number {
  return (
    compareText(left.path, right.path) ||
    left.finding.range.start - right.finding.range.start ||
    left.finding.range.end - right.finding.range.end ||
    compareText(left.finding.ruleId, right.finding.ruleId) ||
    compareText(left.finding.message, right.finding.message)
  );
}

/** Compares by UTF-16 units, which is the same on every machine. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
