import type { RuleOutcome } from '../core/outcome.ts';
import type { Rule } from '../core/rule.ts';
import { settingsOfRule, type Settings } from '../core/settings.ts';
import type { FileAnalysis } from './model.ts';

/** How a workspace rule ended; its findings are in the analyses of the files that they are in. */
export type WorkspaceRun =
  | { readonly kind: 'completed'; readonly examined: number }
  | { readonly kind: 'notApplicable'; readonly reason: string }
  | { readonly kind: 'notMeasured'; readonly reason: string };

/** What outcomes are computed from. */
export interface OutcomeInput {
  readonly rules: readonly Pick<Rule, 'meta' | 'scope'>[];
  readonly settings: Settings;
  /** The latest result of every file, in any order. */
  readonly analyses: readonly FileAnalysis[];
  /** By rule id; a workspace rule that is missing has not run yet. */
  readonly workspaceRuns: ReadonlyMap<string, WorkspaceRun>;
}

/** How each rule ended for the workspace, in the order of the rules. */
export function computeOutcomes({ rules, settings, analyses, workspaceRuns }: OutcomeInput): readonly RuleOutcome[] {
  const tallies = tally(analyses);
  const isUnmeasured = analyses.length > 0 && analyses.every(analysis => analysis.notMeasured !== undefined);
  return rules.map(rule => {
    const ruleId = rule.meta.id;
    if (!settingsOfRule(settings, rule.meta).enabled) {
      return { ruleId, kind: 'notMeasured', reason: 'Switched off in the configuration.' };
    }
    const places = tallies.get(ruleId) ?? NOTHING;
    if (rule.scope === 'workspace') return outcomeOfWorkspaceRule(ruleId, places, workspaceRuns.get(ruleId));
    return outcomeOf(ruleId, places, places.examined, isUnmeasured ? ALL_SKIPPED : NO_PLACE);
  });
}

/** What the files say about one rule. */
interface Tally {
  readonly examined: number;
  readonly failed: number;
  readonly accepted: number;
  /** Files in which the rule threw. */
  readonly broken: number;
}

/** An outcome without places, before it is known whose it is. */
interface Unjudged {
  readonly kind: 'notApplicable' | 'notMeasured';
  readonly reason: string;
}

const NOTHING: Tally = { examined: 0, failed: 0, accepted: 0, broken: 0 };
const NO_PLACE: Unjudged = { kind: 'notApplicable', reason: 'There is nothing in the files that this rule looks at.' };
const ALL_SKIPPED: Unjudged = { kind: 'notMeasured', reason: 'No file could be measured.' };
const NOT_RUN: Unjudged = { kind: 'notMeasured', reason: 'The workspace has not been scanned yet.' };

function outcomeOfWorkspaceRule(ruleId: string, places: Tally, run: WorkspaceRun | undefined): RuleOutcome {
  if (run?.kind === 'completed') return outcomeOf(ruleId, places, run.examined, NO_PLACE);
  return outcomeOf(ruleId, places, 0, run ?? NOT_RUN);
}

/** `otherwise` is the outcome when there was no place to judge. */
function outcomeOf(ruleId: string, places: Tally, shown: number, otherwise: Unjudged): RuleOutcome {
  const { failed, accepted, broken } = places;
  // A rule may report several findings at one place.
  const examined = Math.max(shown, failed + accepted);
  if (failed > 0) return { ruleId, kind: 'failed', examined, failed, accepted };
  if (broken > 0) {
    const where = broken === 1 ? 'one file' : `${broken} files`;
    return { ruleId, kind: 'notMeasured', reason: `The rule itself failed in ${where}; the log says why.` };
  }
  if (accepted > 0) return { ruleId, kind: 'accepted', examined, accepted };
  return examined > 0 ? { ruleId, kind: 'passed', examined } : { ruleId, ...otherwise };
}

function tally(analyses: readonly FileAnalysis[]): ReadonlyMap<string, Tally> {
  const tallies = new Map<string, { -readonly [Key in keyof Tally]: Tally[Key] }>();
  const add = (ruleId: string, key: keyof Tally, count: number): void => {
    const found = tallies.get(ruleId) ?? { ...NOTHING };
    found[key] += count;
    tallies.set(ruleId, found);
  };
  for (const { findings, accepted, failures, examined } of analyses) {
    for (const finding of findings) add(finding.ruleId, 'failed', 1);
    for (const { finding } of accepted) add(finding.ruleId, 'accepted', 1);
    for (const { ruleId } of failures) add(ruleId, 'broken', 1);
    for (const [ruleId, count] of Object.entries(examined)) add(ruleId, 'examined', count);
  }
  return tallies;
}
