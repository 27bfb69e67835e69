import type { Finding } from '../../core/finding.ts';
import { SUPPRESSION_RULE_ID, type Suppression } from '../../core/suppression.ts';
import type { LineIndex } from '../../core/text.ts';
import type { AcceptedFinding } from '../model.ts';

/** One id of a suppression. */
export interface SuppressedId {
  readonly suppression: Suppression;
  /** Index into its `ruleIds` and `idRanges`. */
  readonly index: number;
}

/** What suppressions leave of the findings of a file. */
export interface SuppressionResult {
  /** Findings that nothing covers, in their order. */
  readonly active: readonly Finding[];
  readonly accepted: readonly AcceptedFinding[];
  /** Ids that covered nothing, in the order of the file. */
  readonly unused: readonly SuppressedId[];
}

/**
 * Takes out the findings that a suppression covers: it names the rule, and is for the file or for the line on which the
 * finding starts. A suppression of the line goes first, so that one for the file which adds nothing shows as unused.
 */
export function applySuppressions(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  lines: LineIndex,
): SuppressionResult {
  const ids = suppressions
    .flatMap(suppression => suppression.ruleIds.map((_, index): SuppressedId => ({ suppression, index })))
    .sort((left, right) => rank(left) - rank(right));
  const used = new Set<SuppressedId>();
  const active: Finding[] = [];
  const accepted: AcceptedFinding[] = [];

  for (const finding of findings) {
    const match = ids.find(id => covers(id, finding, lines));
    if (!match) {
      active.push(finding);
      continue;
    }
    used.add(match);
    accepted.push({ finding, reason: match.suppression.reason, by: match.suppression.commentRange });
  }

  const unused = ids.filter(id => !used.has(id)).sort((left, right) => placeOf(left) - placeOf(right));
  return { active, accepted, unused };
}

function covers({ suppression, index }: SuppressedId, finding: Finding, lines: LineIndex): boolean {
  if (suppression.ruleIds[index] !== finding.ruleId) return false;
  if (suppression.line === undefined) return true;
  const line = lines.position(finding.range.start).line;
  if (line === suppression.line) return true;
  // A finding about a comment stands in the comment, whose own line is not the one that it covers.
  return finding.ruleId === SUPPRESSION_RULE_ID && line === lines.position(suppression.range.start).line;
}

function rank({ suppression }: SuppressedId): number {
  return suppression.scope === 'line' ? 0 : 1;
}

function placeOf({ suppression, index }: SuppressedId): number {
  return suppression.idRanges[index]?.start ?? suppression.range.start;
}
