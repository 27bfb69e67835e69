import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../server/src/core/settings.ts';
import { explainScore } from '../../server/src/engine/explain-score.ts';
import type { FileAnalysis, Score } from '../../server/src/engine/model.ts';
import {
  analysisOf,
  anyWorld,
  FILE_RULE_IDS,
  findingOf,
  levelRank,
  ruleOf,
  scoreOf,
  type World,
} from './score-support.ts';

/** A change never raises when neither the number nor the level goes up. */
function expectNotHigher(after: Score, before: Score): void {
  if (after.value !== undefined && before.value !== undefined) expect(after.value).toBeLessThanOrEqual(before.value);
  expect(levelRank(after.level)).toBeLessThanOrEqual(levelRank(before.level));
}

function withAnalyses(world: World, change: (analyses: readonly FileAnalysis[]) => readonly FileAnalysis[]): World {
  return { ...world, analyses: change(world.analyses) };
}

/** A world in which some file has a finding, with the index of that file. */
const worldWithFinding = anyWorld
  .map(world => ({ world, file: world.analyses.findIndex(analysis => analysis.findings.length > 0) }))
  .filter(({ file }) => file >= 0);

describe('a score', () => {
  test('is the weighted mean of the shares, with its coverage', () => {
    const score = scoreOf({
      rules: [
        ruleOf('http-timeout', { priority: 'critical' }),
        ruleOf('bare-except', { priority: 'medium' }),
        ruleOf('debug-enabled', { priority: 'high', aspect: 'security' }),
        ruleOf('health-check', { aspect: 'observability' }),
        ruleOf('broken-rule', { aspect: 'observability' }),
      ],
      settings: DEFAULT_SETTINGS,
      analyses: [
        analysisOf('shop/orders.py', {
          examined: { 'http-timeout': 20, 'bare-except': 4, 'debug-enabled': 1 },
          findings: [findingOf('http-timeout'), findingOf('http-timeout'), findingOf('bare-except')],
          failures: [{ ruleId: 'broken-rule', path: 'shop/orders.py', message: 'bug' }],
        }),
      ],
      workspaceRuns: new Map(),
    });

    // (10 × 18/20 + 5 × 3/4 + 7.5 × 1) / 22.5
    expect(score).toMatchObject({ value: 90, measured: 3, total: 4 });
    expect(score.aspects).toMatchObject([
      { aspect: 'reliability', score: 85 },
      { aspect: 'security', score: 100 },
      { aspect: 'observability', score: undefined, terms: [] },
    ]);
  });

  test('names what keeps the levels up to the tier from being reached, the gravest first', () => {
    const failing = ['slow', 'grave', 'strict', 'late'];
    const score = scoreOf({
      rules: [
        ruleOf('slow', { priority: 'low' }),
        ruleOf('grave', { priority: 'critical' }),
        ruleOf('sound', { requiredFor: 'experimental' }),
        ruleOf('strict', { requiredFor: 'critical' }),
        ruleOf('late', { requiredFor: 'critical', priority: 'critical' }),
      ],
      settings: DEFAULT_SETTINGS,
      analyses: [analysisOf('shop/orders.py', { examined: { sound: 1 }, findings: failing.map(id => findingOf(id)) })],
      workspaceRuns: new Map(),
    });

    expect(score.level).toBe('experimental');
    expect(score.wanted).toBe('standard');
    expect(score.blocking).toEqual([
      { ruleId: 'grave', level: 'standard', findings: 1 },
      { ruleId: 'slow', level: 'standard', findings: 1 },
    ]);
  });

  test('is nothing where nothing was measured', () => {
    const score = scoreOf({
      rules: [ruleOf('dependency-conflict', {}, 'workspace')],
      settings: DEFAULT_SETTINGS,
      analyses: [],
      workspaceRuns: new Map(),
    });

    expect(score).toMatchObject({ value: undefined, level: undefined, measured: 0, total: 1 });
  });

  test('is a hundred only when nothing fails', () => {
    const analyses = [analysisOf('a.py', { examined: { 'bare-except': 1000 }, findings: [findingOf('bare-except')] })];

    expect(
      scoreOf({ rules: [ruleOf('bare-except')], settings: DEFAULT_SETTINGS, analyses, workspaceRuns: new Map() }).value,
    ).toBe(99);
  });
});

describe('whatever the workspace is', () => {
  test('mending a finding never lowers the score, whether its place stays or goes', () => {
    fc.assert(
      fc.property(worldWithFinding, fc.boolean(), ({ world, file }, placeGoes) => {
        const mended = withAnalyses(world, analyses =>
          analyses.map((analysis, index) => {
            const [gone, ...findings] = analysis.findings;
            if (index !== file || !gone) return analysis;
            const count = (analysis.examined[gone.ruleId] ?? 1) - (placeGoes ? 1 : 0);
            return { ...analysis, findings, examined: { ...analysis.examined, [gone.ruleId]: count } };
          }),
        );

        expectNotHigher(scoreOf(world), scoreOf(mended));
      }),
      { numRuns: 500 },
    );
  });

  test('one more failure never raises it, in a new place or in one that passed', () => {
    fc.assert(
      fc.property(anyWorld, fc.constantFrom(...FILE_RULE_IDS), fc.boolean(), (world, ruleId, isNew) => {
        const worse = withAnalyses(world, ([first, ...others]) => {
          const { examined, findings } = first!;
          const count = (examined[ruleId] ?? 0) + (isNew ? 1 : 0);
          const changed = {
            ...first!,
            examined: { ...examined, [ruleId]: count },
            findings: [...findings, findingOf(ruleId)],
          };
          return [changed, ...others];
        });

        expectNotHigher(scoreOf(worse), scoreOf(world));
      }),
      { numRuns: 500 },
    );
  });

  test('accepting a finding never raises it, nor its coverage', () => {
    fc.assert(
      fc.property(worldWithFinding, ({ world, file }) => {
        const accepted = withAnalyses(world, analyses =>
          analyses.map((analysis, index) => {
            const [finding, ...findings] = analysis.findings;
            if (index !== file || !finding) return analysis;
            const by = { start: 0, end: 1 };
            return { ...analysis, findings, accepted: [...analysis.accepted, { finding, reason: 'gift', by }] };
          }),
        );

        expectNotHigher(scoreOf(accepted), scoreOf(world));
        expect(scoreOf(accepted).measured).toBeLessThanOrEqual(scoreOf(world).measured);
      }),
      { numRuns: 500 },
    );
  });

  test('switching a rule off never raises it, nor its coverage', () => {
    fc.assert(
      fc.property(anyWorld, fc.constantFrom(...FILE_RULE_IDS, 'rule-6'), (world, ruleId) => {
        const rules = { [ruleId]: { enabled: false, options: {} } };
        const withoutRule = { ...world, settings: { ...world.settings, rules } };

        expectNotHigher(scoreOf(withoutRule), scoreOf(world));
        expect(scoreOf(withoutRule).measured).toBeLessThanOrEqual(scoreOf(world).measured);
      }),
      { numRuns: 500 },
    );
  });

  test('a file that was skipped lowers the coverage, and raises nothing', () => {
    fc.assert(
      fc.property(anyWorld, world => {
        const before = scoreOf(world);
        const skipped = analysisOf('shop/huge.py', { notMeasured: 'The file is larger than 1 MB.' });
        const after = scoreOf(withAnalyses(world, analyses => [...analyses, skipped]));

        expectNotHigher(after, before);
        expect(after.files).toEqual({ measured: before.files.measured, total: before.files.total + 1 });
        expect(explainScore(after).join()).toContain(` of ${after.files.total} files`);
      }),
    );
  });

  test('other priorities in the configuration change nothing', () => {
    fc.assert(
      fc.property(anyWorld, world => {
        const rules = { 'rule-0': { enabled: true, priority: 'low', options: {} } } as const;

        expect(scoreOf({ ...world, settings: { ...world.settings, rules } })).toEqual(scoreOf(world));
      }),
    );
  });

  test('the order of files and rules changes nothing', () => {
    const shuffled = anyWorld.chain(world =>
      fc
        .tuple(
          fc.shuffledSubarray([...world.analyses], { minLength: world.analyses.length }),
          fc.shuffledSubarray([...world.rules], { minLength: world.rules.length }),
        )
        .map(([analyses, rules]) => ({ world, other: { ...world, analyses, rules } })),
    );
    fc.assert(
      fc.property(shuffled, ({ world, other }) => {
        expect(scoreOf(other)).toEqual(scoreOf(world));
      }),
    );
  });
});

test('the explanation shows level, coverage and every term', () => {
  const score = scoreOf({
    rules: [
      ruleOf('http-timeout'),
      ruleOf('bare-except', { priority: 'low' }),
      ruleOf('injection', { aspect: 'security' }),
    ],
    settings: { ...DEFAULT_SETTINGS, rules: { 'bare-except': { enabled: false, options: {} } } },
    analyses: [
      analysisOf('a.py', {
        examined: { 'http-timeout': 20 },
        findings: [findingOf('http-timeout'), findingOf('http-timeout')],
      }),
    ],
    workspaceRuns: new Map(),
  });

  expect(explainScore(score)).toEqual([
    'Level: experimental; wanted: standard.',
    '  standard is kept back by http-timeout (2 findings)',
    '  standard is kept back by bare-except (switched off)',
    'Score: 68; 1 of 2 checks measured.',
    '',
    'reliability: 6.75 of 10 points = 68',
    '  bare-except   switched off, weight 2.5: 0 of 2.5 points',
    '  http-timeout  18 of 20 pass, weight 7.5: 6.75 of 7.5 points',
    '',
    'security: nothing measured',
    '',
    'all aspects: 6.75 of 10 points = 68',
  ]);
});
