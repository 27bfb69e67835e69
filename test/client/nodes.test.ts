import { describe, expect, test } from 'vitest';
import {
  appearance,
  findingNodes,
  rootChildren,
  ruleNodes,
  scoreNodes,
  topNodes,
} from '../../client/src/readiness-tree/nodes.ts';
import type { FindingRow, RootModel, RuleRow } from '../../server/src/protocol/model.ts';

const SHOP = 'file:///srv/shop';

describe('the top of the panel', () => {
  test('is empty before anything is known, so that the welcome view shows', () => {
    expect(topNodes([])).toEqual([]);
    expect(topNodes([root({ score: undefined })])).toEqual([]);
  });

  test('is what one folder holds: score first, then the aspects in their order', () => {
    const rules = [rule('http-timeout'), rule('hardcoded-secret', { aspect: 'security' }), rule('bare-except')];

    const nodes = topNodes([root({ rules })]);

    expect(nodes.map(({ id }) => id)).toEqual([`${SHOP}|score`, `${SHOP}|reliability`, `${SHOP}|security`]);
  });

  test('is the folders where there are several', () => {
    const nodes = topNodes([root({}), root({ uri: 'file:///srv/warehouse' })]);

    expect(nodes.map(({ kind, id }) => [kind, id])).toEqual([
      ['root', SHOP],
      ['root', 'file:///srv/warehouse'],
    ]);
  });

  test('leaves out a folder that is only starting, but not one that failed', () => {
    const starting = root({ uri: 'file:///srv/warehouse', score: undefined, activity: { kind: 'starting' } });
    const failed = root({
      uri: 'file:///srv/mail',
      score: undefined,
      activity: { kind: 'failed', message: 'No parser.' },
    });

    expect(topNodes([root({}), starting, failed]).map(({ id }) => id)).toEqual([SHOP, 'file:///srv/mail']);
  });

  test('a broken configuration comes before everything, what was accepted and what was not measured last', () => {
    const place = { line: 0, character: 0 };
    const model = root({
      rules: [rule('http-timeout')],
      brokenConfiguration: { uri: `${SHOP}/readiness.yaml`, range: { start: place, end: place }, message: 'No YAML.' },
      accepted: { count: 1, revision: '1' },
      notMeasured: [{ uri: `${SHOP}/dump.py`, path: 'dump.py', reason: 'The file is larger than 1 MB.' }],
    });

    expect(rootChildren(model).map(({ kind }) => kind)).toEqual([
      'configuration',
      'score',
      'aspect',
      'accepted',
      'notMeasured',
    ]);
  });
});

test('rules that need work come first, the most urgent on top', () => {
  const rules = [
    rule('passed', { outcome: { ruleId: 'passed', kind: 'passed', examined: 3 } }),
    rule('not-applicable', { outcome: { ruleId: 'not-applicable', kind: 'notApplicable', reason: 'No service.' } }),
    failed('medium-rule', 'medium'),
    failed('critical-rule', 'critical'),
  ];

  const ids = ruleNodes(root({}), rules).map(({ id }) => id.split('|').at(-1));

  expect(ids).toEqual(['critical-rule', 'medium-rule', 'passed', 'not-applicable']);
});

test('under the score stand the blocking rules with their titles, then what was measured', () => {
  const score = { ...SCORE, blocking: [{ ruleId: 'http-timeout', level: 'standard' as const, findings: 2 }] };

  const nodes = scoreNodes(root({ score, rules: [rule('http-timeout', { title: 'Call without a timeout' })] }));

  expect(nodes).toMatchObject([{ kind: 'blocking', rule: { title: 'Call without a timeout' } }, { kind: 'coverage' }]);
});

test('ids of findings differ from rule to rule and from folder to folder', () => {
  const findings = [finding('a#0'), finding('a#1'), { ...finding('a#0'), ruleId: 'bare-except' }];

  const ids = [...findingNodes(SHOP, findings), ...findingNodes('file:///srv/warehouse', findings)].map(({ id }) => id);

  expect(new Set(ids).size).toBe(6);
});

test('a line looks different once something that it shows has changed', () => {
  const [, aspect] = rootChildren(root({ rules: [rule('http-timeout')] }));
  const [, same] = rootChildren(root({ rules: [rule('http-timeout')], files: 12 }));
  const [, moved] = rootChildren(root({ rules: [rule('http-timeout', { revision: 'moved' })] }));

  expect(appearance(aspect!)).toBe(appearance(same!));
  expect(appearance(aspect!)).not.toBe(appearance(moved!));
});

const SCORE = { value: 80, measured: 1, total: 2, wanted: 'standard' as const, blocking: [], aspects: [] };

function root(parts: Partial<RootModel>): RootModel {
  return {
    uri: SHOP,
    name: 'shop',
    activity: { kind: 'idle', scanned: true },
    score: SCORE,
    rules: [],
    notMeasured: [],
    accepted: { count: 0, revision: '0' },
    baseline: { uri: `${SHOP}/.readiness/baseline.json`, exists: false, accepted: 0, removable: 0, fresh: 0 },
    unpublished: { findings: 0, files: 0 },
    counts: { critical: 0, high: 0, medium: 0, low: 0 },
    files: 3,
    failures: [],
    ...parts,
  };
}

function rule(ruleId: string, parts: Partial<RuleRow> = {}): RuleRow {
  const outcome = { ruleId, kind: 'passed' as const, examined: 1 };
  return {
    ruleId,
    title: ruleId,
    aspect: 'reliability',
    priority: 'high',
    outcome,
    findings: 0,
    fixable: 0,
    revision: '0',
    ...parts,
  };
}

function failed(ruleId: string, priority: RuleRow['priority']): RuleRow {
  const outcome = { ruleId, kind: 'failed' as const, examined: 3, failed: 1, accepted: 0 };
  return rule(ruleId, { priority, outcome, findings: 1 });
}

function finding(id: string): FindingRow {
  const start = { line: 4, character: 0 };
  return {
    ...{ id, ruleId: 'http-timeout', fingerprint: 'a', uri: `${SHOP}/orders.py`, path: 'orders.py' },
    ...{ range: { start, end: start }, message: 'It waits forever.', priority: 'high' },
    ...{ aspect: 'reliability', isNew: false, related: [] },
  };
}
