import fc from 'fast-check';
import { PRIORITIES, type Finding } from '../../server/src/core/finding.ts';
import { ASPECTS, LEVELS, type Level, type Rule, type RuleMeta } from '../../server/src/core/rule.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../server/src/core/settings.ts';
import type { FileAnalysis, Score } from '../../server/src/engine/model.ts';
import { computeOutcomes, type WorkspaceRun } from '../../server/src/engine/outcomes.ts';
import { computeScore } from '../../server/src/engine/score.ts';

/** A rule as outcomes and score see it. */
export type RuleStub = Pick<Rule, 'meta' | 'scope'>;

/** A rule of the file scope, unless said otherwise. */
export function ruleOf(id: string, changes: Partial<RuleMeta> = {}, scope: Rule['scope'] = 'file'): RuleStub {
  const meta: RuleMeta = {
    id,
    title: id,
    aspect: 'reliability',
    priority: 'high',
    confidence: 'high',
    languages: ['Python'],
    fix: 'none',
    since: '0.1.0',
    requiredFor: 'standard',
    ...changes,
  };
  return { scope, meta };
}

/** A result without findings. */
export function analysisOf(path: string, changes: Partial<FileAnalysis> = {}): FileAnalysis {
  return {
    path,
    version: undefined,
    findings: [],
    accepted: [],
    failures: [],
    examined: {},
    notMeasured: undefined,
    ...changes,
  };
}

/** A finding; only its rule and its file matter here. */
export function findingOf(ruleId: string, path = 'shop/orders.py'): Finding {
  return {
    ruleId,
    path,
    range: { start: 0, end: 1 },
    message: 'Something is wrong here.',
    priority: 'high',
    confidence: 'high',
    related: [],
    fix: undefined,
    data: undefined,
    fingerprint: ruleId,
  };
}

/** Everything that a score depends on. */
export interface World {
  readonly rules: readonly RuleStub[];
  readonly settings: Settings;
  readonly analyses: readonly FileAnalysis[];
  readonly workspaceRuns: ReadonlyMap<string, WorkspaceRun>;
}

export function scoreOf(world: World): Score {
  const outcomes = computeOutcomes(world);
  const { rules, settings, analyses } = world;
  const measured = analyses.filter(({ notMeasured }) => notMeasured === undefined).length;
  const files = { measured, total: analyses.length };
  return computeScore({ rules: rules.map(rule => rule.meta), settings, outcomes, files });
}

/** -1 when no level is reached. */
export function levelRank(level: Level | undefined): number {
  return level === undefined ? -1 : LEVELS.indexOf(level);
}

const RULES: readonly RuleStub[] = Array.from({ length: 8 }, (_, index) =>
  ruleOf(
    `rule-${index}`,
    {
      aspect: ASPECTS[index % 3]!,
      priority: PRIORITIES[index % 4]!,
      requiredFor: LEVELS[index % 3]!,
    },
    index < 6 ? 'file' : 'workspace',
  ),
);
export const FILE_RULE_IDS = RULES.filter(rule => rule.scope === 'file').map(rule => rule.meta.id);

/** For a rule in a file: places shown, and how many of them fail or are accepted. */
const judgement = fc
  .tuple(fc.nat(4), fc.nat(3), fc.nat(2))
  .map(([passed, failed, accepted]) => ({ examined: passed + failed + accepted, failed, accepted }));

const analysis = fc
  .tuple(fc.dictionary(fc.constantFrom(...FILE_RULE_IDS), judgement, { maxKeys: 5 }), fc.nat(99))
  .map(([judgements, number]) => {
    const path = `shop/file-${number}.py`;
    const entries = Object.entries(judgements);
    return analysisOf(path, {
      examined: Object.fromEntries(entries.map(([id, { examined }]) => [id, examined])),
      findings: entries.flatMap(([id, { failed }]) => Array.from({ length: failed }, () => findingOf(id, path))),
      accepted: entries.flatMap(([id, { accepted }]) =>
        Array.from({ length: accepted }, () => ({
          finding: findingOf(id, path),
          reason: undefined,
          by: { start: 0, end: 1 },
        })),
      ),
    });
  });

const workspaceRun = fc.oneof(
  fc.nat(4).map((examined): WorkspaceRun => ({ kind: 'completed', examined })),
  fc.constant<WorkspaceRun>({ kind: 'notApplicable', reason: 'No manifest was found.' }),
);

/** Random results of a few rules over a few files. */
export const anyWorld: fc.Arbitrary<World> = fc
  .record({
    analyses: fc.array(analysis, { minLength: 1, maxLength: 5 }),
    runs: fc.tuple(workspaceRun, workspaceRun),
    tier: fc.constantFrom(...LEVELS),
  })
  .map(({ analyses, runs, tier }) => ({
    rules: RULES,
    settings: { ...DEFAULT_SETTINGS, tier },
    analyses,
    workspaceRuns: new Map([
      ['rule-6', runs[0]],
      ['rule-7', runs[1]],
    ]),
  }));
