import type { Finding } from '../core/finding.ts';
import type { RuleMeta } from '../core/rule.ts';
import type { TextRange } from '../core/text.ts';
import type { Session } from '../engine/session.ts';
import { byPlace, compareText, type Place, type ReportedFinding, type Review } from './review.ts';

/** Which part of a session's results the user asked for. Paths are relative to the root. */
export interface Scope {
  readonly isSelected: (path: string) => boolean;
  readonly isWanted: (finding: Finding) => boolean;
  /** Which files count for outcomes and score; all when absent. */
  readonly isCounted?: (path: string) => boolean;
}

/** Everything that a session found. */
export const WHOLE_SESSION: Scope = { isSelected: () => true, isWanted: () => true };

/** Turns places of a workspace root into places of a report. Paths are relative to the root. */
export interface Places {
  /** The path as the reader sees it, with forward slashes. */
  readonly show: (path: string) => string;
  /** A file that can't be read gives the start of the file. */
  readonly locate: (path: string, range: TextRange) => Promise<Place>;
}

/** The results of a session as reports need them; outcomes and score are those of the whole root, as far as it is counted. */
export async function collectReview(
  session: Session,
  scope: Scope,
  rules: readonly RuleMeta[],
  places: Places,
): Promise<Review> {
  const metas = new Map(rules.map(meta => [meta.id, meta]));
  const analyses = session.analyses().filter(({ path }) => scope.isSelected(path));
  const { score, outcomes, notMeasured, failures } = session.readiness(scope.isCounted);

  const wanted = analyses.flatMap(({ findings }) => findings).filter(finding => scope.isWanted(finding));
  const findings = await Promise.all(wanted.map(finding => report(finding, metas, places)));
  const acceptances = analyses.flatMap(({ accepted }) => accepted).filter(({ finding }) => scope.isWanted(finding));
  const accepted = await Promise.all(
    acceptances.map(async ({ finding, reason, by }) => ({
      reported: await report(finding, metas, places),
      reason,
      by: by === 'baseline' ? by : await places.locate(finding.path, by),
    })),
  );
  const problems = session.configurationProblems.map(async ({ path, range, message, fatal }) => {
    return { ...(await places.locate(path, range)), message, fatal };
  });

  return {
    findings: findings.sort(byPlace),
    accepted: accepted.sort((left, right) => byPlace(left.reported, right.reported)),
    outcomes,
    score,
    notMeasured: notMeasured
      .filter(({ path }) => scope.isSelected(path))
      .map(({ path, reason }) => ({ path: places.show(path), reason }))
      .sort((left, right) => compareText(left.path, right.path)),
    failures: failures
      .filter(({ path }) => path === '' || scope.isSelected(path))
      .map(failure => ({ ...failure, path: failure.path === '' ? '' : places.show(failure.path) }))
      .sort((left, right) => compareText(left.path, right.path) || compareText(left.ruleId, right.ruleId)),
    problems: await Promise.all(problems),
    files: analyses.filter(({ notMeasured }) => notMeasured === undefined).length,
  };
}

async function report(
  finding: Finding,
  metas: ReadonlyMap<string, RuleMeta>,
  places: Places,
): Promise<ReportedFinding> {
  const related = finding.related.map(async ({ path, range, message }) => {
    return { ...(await places.locate(path, range)), message };
  });
  return {
    ...(await places.locate(finding.path, finding.range)),
    finding,
    // The engine makes findings of rules of the catalogue only.
    aspect: metas.get(finding.ruleId)?.aspect ?? 'documentation',
    related: await Promise.all(related),
  };
}
