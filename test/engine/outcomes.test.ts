import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../server/src/core/settings.ts';
import { computeOutcomes } from '../../server/src/engine/outcomes.ts';
import { analysisOf, findingOf, ruleOf, type World } from './score-support.ts';

function outcomeOf(world: Partial<World>) {
  const [outcome] = computeOutcomes({
    rules: [ruleOf('http-timeout')],
    settings: DEFAULT_SETTINGS,
    analyses: [],
    workspaceRuns: new Map(),
    ...world,
  });
  return outcome;
}

const accepted = { finding: findingOf('http-timeout'), reason: undefined, by: { start: 0, end: 1 } };
const failure = { ruleId: 'http-timeout', path: 'shop/orders.py', message: 'bug' };

describe('the outcome of a file rule', () => {
  test('counts places over all files', () => {
    const analyses = [
      analysisOf('shop/orders.py', { examined: { 'http-timeout': 15 }, findings: [findingOf('http-timeout')] }),
      analysisOf('shop/stock.py', {
        examined: { 'http-timeout': 5 },
        findings: [findingOf('http-timeout')],
        accepted: [accepted],
      }),
    ];

    expect(outcomeOf({ analyses })).toEqual({
      ruleId: 'http-timeout',
      kind: 'failed',
      examined: 20,
      failed: 2,
      accepted: 1,
    });
  });

  test('is passed when all places pass, and not applicable when there is none', () => {
    expect(outcomeOf({ analyses: [analysisOf('a.py', { examined: { 'http-timeout': 3 } })] })).toMatchObject({
      kind: 'passed',
      examined: 3,
    });
    expect(outcomeOf({ analyses: [analysisOf('a.py')] })).toMatchObject({ kind: 'notApplicable' });
  });

  test('is accepted when nothing else is left', () => {
    const analyses = [analysisOf('a.py', { examined: { 'http-timeout': 3 }, accepted: [accepted] })];

    expect(outcomeOf({ analyses })).toEqual({ ruleId: 'http-timeout', kind: 'accepted', examined: 3, accepted: 1 });
  });

  test('never counts fewer places than findings', () => {
    const findings = [findingOf('http-timeout'), findingOf('http-timeout')];
    const analyses = [analysisOf('a.py', { examined: { 'http-timeout': 1 }, findings })];

    expect(outcomeOf({ analyses })).toMatchObject({ kind: 'failed', examined: 2, failed: 2 });
  });

  test('is not measured when the rule threw, unless it found something elsewhere', () => {
    const broken = analysisOf('a.py', { examined: { 'http-timeout': 3 }, failures: [failure] });
    const found = analysisOf('b.py', { examined: { 'http-timeout': 1 }, findings: [findingOf('http-timeout')] });

    expect(outcomeOf({ analyses: [broken] })).toMatchObject({
      kind: 'notMeasured',
      reason: expect.stringContaining('one file') as string,
    });
    expect(outcomeOf({ analyses: [broken, found] })).toMatchObject({ kind: 'failed', failed: 1 });
  });

  test('is not measured when it is switched off or every file was skipped', () => {
    const settings = { ...DEFAULT_SETTINGS, rules: { 'http-timeout': { enabled: false, options: {} } } };

    expect(outcomeOf({ settings })).toMatchObject({
      kind: 'notMeasured',
      reason: 'Switched off in the configuration.',
    });
    expect(outcomeOf({ analyses: [analysisOf('a.py', { notMeasured: 'Too large.' })] })).toMatchObject({
      kind: 'notMeasured',
    });
  });
});

describe('the outcome of a workspace rule', () => {
  const rules = [ruleOf('dependency-conflict', {}, 'workspace')];

  test('takes its places from its run and its findings from the files', () => {
    const analyses = [analysisOf('setup.cfg', { findings: [findingOf('dependency-conflict')] })];
    const workspaceRuns = new Map([['dependency-conflict', { kind: 'completed', examined: 12 } as const]]);

    expect(outcomeOf({ rules, analyses, workspaceRuns })).toMatchObject({ kind: 'failed', examined: 12, failed: 1 });
    expect(outcomeOf({ rules, workspaceRuns })).toMatchObject({ kind: 'passed', examined: 12 });
  });

  test('hands on why it does not apply, and is not measured before its first run', () => {
    const workspaceRuns = new Map([
      ['dependency-conflict', { kind: 'notApplicable', reason: 'No manifest.' } as const],
    ]);

    expect(outcomeOf({ rules, workspaceRuns })).toMatchObject({ kind: 'notApplicable', reason: 'No manifest.' });
    expect(outcomeOf({ rules })).toMatchObject({ kind: 'notMeasured' });
  });
});
