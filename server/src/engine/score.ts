import type { Priority } from '../core/finding.ts';
import type { RuleOutcome } from '../core/outcome.ts';
import { ASPECTS, LEVELS, type Level, type RuleMeta } from '../core/rule.ts';
import { settingsOfRule, type Settings } from '../core/settings.ts';
import type { AspectScore, Score, ScoreTerm } from './model.ts';

/** What a rule counts for, by the priority that it has in the catalogue: a configuration must not change the scale. */
const WEIGHTS: Readonly<Record<Priority, number>> = { critical: 10, high: 7.5, medium: 5, low: 2.5 };

/** What a score is computed from. */
export interface ScoreInput {
  readonly rules: readonly RuleMeta[];
  readonly settings: Settings;
  /** One for each rule, in any order. */
  readonly outcomes: readonly RuleOutcome[];
  readonly files: Score['files'];
}

/**
 * Level, number and coverage of a workspace.
 *
 * The number is the weighted mean of each rule's share of places that pass. Accepted places don't pass, and a rule that
 * is switched off passes nowhere, so neither raises it; the same two keep a level from being reached. Rules without a
 * place, and those that could not be measured, don't count. Skipped files stand beside the number: they lower its coverage.
 */
export function computeScore({ rules, settings, outcomes, files }: ScoreInput): Score {
  const byRule = new Map(outcomes.map(outcome => [outcome.ruleId, outcome]));
  // A fixed order makes the sums, and so the last digit, independent of the order of the files and rules.
  const judged = [...rules]
    .sort((left, right) => (left.id < right.id ? -1 : 1))
    .map(rule => judge(rule, byRule.get(rule.id), settingsOfRule(settings, rule).enabled));
  const terms = judged.flatMap(({ term }) => (term ? [term] : []));
  const measured = judged.filter(({ outcome }) => outcome?.kind === 'passed' || outcome?.kind === 'failed').length;

  return {
    value: measured === 0 && terms.every(isSwitchedOff) ? undefined : valueOf(terms),
    measured,
    total: judged.filter(({ outcome }) => outcome?.kind !== 'notApplicable').length,
    files,
    level: highestLevel(judged),
    wanted: settings.tier,
    blocking: blockersUpTo(settings.tier, judged),
    aspects: ASPECTS.flatMap(aspect => {
      const own = judged.filter(({ rule }) => rule.aspect === aspect);
      return own.length === 0 ? [] : [aspectScore(aspect, own)];
    }),
  };
}

/** A rule with its share of the score and what it means for its level. */
interface JudgedRule {
  readonly rule: RuleMeta;
  readonly outcome: RuleOutcome | undefined;
  /** Undefined when the rule doesn't count. */
  readonly term: ScoreTerm | undefined;
  readonly blocks: boolean;
  readonly findings: number;
}

function judge(rule: RuleMeta, outcome: RuleOutcome | undefined, enabled: boolean): JudgedRule {
  const term = (passed: number, examined: number): ScoreTerm => {
    return { ruleId: rule.id, weight: WEIGHTS[rule.priority], passed, examined };
  };
  const silent = { rule, outcome, term: undefined, blocks: false, findings: 0 };
  if (!enabled) return { ...silent, term: term(0, 0), blocks: true };

  switch (outcome?.kind) {
    case 'passed':
      return { ...silent, term: term(outcome.examined, outcome.examined) };
    case 'failed':
    case 'accepted': {
      const findings = outcome.accepted + (outcome.kind === 'failed' ? outcome.failed : 0);
      const passed = Math.max(0, outcome.examined - findings);
      return { rule, outcome, term: term(passed, outcome.examined), blocks: true, findings };
    }
    case 'notApplicable':
    case 'notMeasured':
    case undefined:
      return silent;
  }
}

function isSwitchedOff({ examined }: ScoreTerm): boolean {
  return examined === 0;
}

/** The share of a term's places that pass, 0 to 1. */
export function shareOf({ passed, examined }: ScoreTerm): number {
  return examined === 0 ? 0 : passed / examined;
}

function valueOf(terms: readonly ScoreTerm[]): number | undefined {
  const weights = terms.reduce((sum, { weight }) => sum + weight, 0);
  if (weights === 0) return undefined;

  const points = terms.reduce((sum, term) => sum + term.weight * shareOf(term), 0);
  const value = Math.round((100 * points) / weights);
  // A hundred is kept for services where nothing fails at all.
  return terms.every(term => shareOf(term) === 1) ? 100 : Math.min(99, value);
}

function aspectScore(aspect: AspectScore['aspect'], judged: readonly JudgedRule[]): AspectScore {
  const terms = judged.flatMap(({ term }) => (term ? [term] : []));
  return { aspect, score: terms.every(isSwitchedOff) ? undefined : valueOf(terms), terms };
}

function highestLevel(judged: readonly JudgedRule[]): Level | undefined {
  const isUnknown = judged.every(({ outcome }) => outcome === undefined || outcome.kind === 'notMeasured');
  if (isUnknown) return undefined;

  const blocked = LEVELS.findIndex(level => judged.some(({ rule, blocks }) => blocks && rule.requiredFor === level));
  return blocked < 0 ? LEVELS.at(-1) : LEVELS[blocked - 1];
}

function blockersUpTo(wanted: Level, judged: readonly JudgedRule[]): Score['blocking'] {
  const levels = LEVELS.slice(0, LEVELS.indexOf(wanted) + 1);
  return levels.flatMap(level =>
    judged
      .filter(({ rule, blocks }) => blocks && rule.requiredFor === level)
      .sort((left, right) => WEIGHTS[right.rule.priority] - WEIGHTS[left.rule.priority])
      .map(({ rule, findings }) => ({ ruleId: rule.id, level, findings })),
  );
}
