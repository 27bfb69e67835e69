import type { Finding, Report } from '../../core/finding.ts';
import type { CommentFact } from '../../core/python-facts.ts';
import type { LineIndex } from '../../core/text.ts';
import type { AcceptedFinding } from '../model.ts';
import { applySuppressions } from './apply-suppressions.ts';
import { parseSuppressions } from './parse-suppressions.ts';
import { reviewSuppressions, type SuppressionReview } from './review-suppressions.ts';

/** One file with all that its suppressions are judged by. */
export interface SuppressionStep extends Pick<SuppressionReview, 'text' | 'names' | 'hasJudged' | 'requireReason'> {
  readonly lines: LineIndex;
  readonly comments: readonly CommentFact[];
  /** Findings of file rules and of workspace rules in this file. */
  readonly findings: readonly Finding[];
  /** Completes a report of the rule `suppression-unused`; undefined when that rule is switched off. */
  readonly complete: ((report: Report) => Finding) | undefined;
}

/** The findings of a file after its suppressions. */
export interface SuppressedFindings {
  /** Sorted by place; findings about suppressions included. */
  readonly active: readonly Finding[];
  readonly accepted: readonly AcceptedFinding[];
  /** Number of suppressions, malformed ones included: the places that `suppression-unused` was shown. */
  readonly examined: number;
}

/** The whole step: reads the suppressions, takes out what they cover, and reports those that are wrong or unused. */
export function suppressFindings(step: SuppressionStep): SuppressedFindings {
  const { text, lines, comments, findings, complete } = step;
  const parsed = parseSuppressions(text, lines, comments);
  const examined = parsed.suppressions.length + parsed.malformed.length;
  if (examined === 0) return { active: findings, accepted: [], examined };

  const { active, accepted, unused } = applySuppressions(findings, parsed.suppressions, lines);
  const about = complete ? reviewSuppressions({ ...step, parsed, unused }).map(report => complete(report)) : [];
  // Findings about suppressions can be suppressed as well.
  const second = applySuppressions(about, parsed.suppressions, lines);
  return {
    active: [...active, ...second.active].sort((left, right) => left.range.start - right.range.start),
    accepted: [...accepted, ...second.accepted],
    examined,
  };
}
