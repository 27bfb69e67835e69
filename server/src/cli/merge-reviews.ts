import { LEVELS, type RuleMeta } from '../core/rule.ts';
import type { RuleOutcome } from '../core/outcome.ts';
import { DEFAULT_SETTINGS, settingsOfRule, type Settings } from '../core/settings.ts';
import type { Score } from '../engine/model.ts';
import { computeScore } from '../engine/score.ts';
import { byPlace, compareText, type Review } from '../report/review.ts';

/** A review of one root with the settings that it was made with. */
export interface RootReview {
  readonly review: Review;
  readonly settings: Settings;
}

/** One review for all roots: places are added up, and the highest tier is the one that is asked for. */
export function mergeReviews(parts: readonly [RootReview, ...RootReview[]], rules: readonly RuleMeta[]): Review {
  const [first] = parts;
  if (parts.length === 1) return first.review;

  const reviews = parts.map(({ review }) => review);
  const outcomes = rules.map(({ id }) => {
    return mergeOutcomes(
      id,
      reviews.flatMap(review => review.outcomes.filter(({ ruleId }) => ruleId === id)),
    );
  });
  const settings = mergeSettings(
    parts.map(part => part.settings),
    rules,
  );
  return {
    findings: reviews.flatMap(({ findings }) => findings).sort(byPlace),
    accepted: reviews.flatMap(({ accepted }) => accepted).sort((left, right) => byPlace(left.reported, right.reported)),
    outcomes,
    score: computeScore({ rules, settings, outcomes, files: addFiles(reviews) }),
    notMeasured: reviews.flatMap(review => review.notMeasured).sort((a, b) => compareText(a.path, b.path)),
    failures: reviews.flatMap(review => review.failures),
    problems: reviews.flatMap(review => review.problems),
    files: reviews.reduce((sum, { files }) => sum + files, 0),
  };
}

function addFiles(reviews: readonly Review[]): Score['files'] {
  const sum = (part: keyof Score['files']): number =>
    reviews.reduce((total, { score }) => total + score.files[part], 0);
  return { measured: sum('measured'), total: sum('total') };
}

/** How a rule ended in several roots together. */
export function mergeOutcomes(ruleId: string, outcomes: readonly RuleOutcome[]): RuleOutcome {
  let [examined, failed, accepted] = [0, 0, 0];
  for (const outcome of outcomes) {
    if ('examined' in outcome) examined += outcome.examined;
    if ('failed' in outcome) failed += outcome.failed;
    if ('accepted' in outcome) accepted += outcome.accepted;
  }
  if (failed > 0) return { ruleId, kind: 'failed', examined, failed, accepted };
  if (accepted > 0) return { ruleId, kind: 'accepted', examined, accepted };
  if (outcomes.some(({ kind }) => kind === 'passed')) return { ruleId, kind: 'passed', examined };
  return (
    outcomes.find(({ kind }) => kind === 'notMeasured') ??
    outcomes[0] ?? { ruleId, kind: 'notMeasured', reason: 'No root has run it.' }
  );
}

/** A rule counts as switched off only where it is so in every root. */
function mergeSettings(all: readonly Settings[], rules: readonly RuleMeta[]): Settings {
  const tiers = all.map(({ tier }) => LEVELS.indexOf(tier));
  const byRule = rules.map(rule => {
    const own = all.map(settings => settingsOfRule(settings, rule));
    return [rule.id, { enabled: own.some(({ enabled }) => enabled), options: {} }] as const;
  });
  return {
    ...DEFAULT_SETTINGS,
    tier: LEVELS[Math.max(...tiers)] ?? DEFAULT_SETTINGS.tier,
    rules: Object.fromEntries(byRule),
  };
}
