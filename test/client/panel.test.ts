import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FILTERS, GROUPINGS, isShown, type Filter } from '../../client/src/readiness-tree/options.ts';
import type { PanelNode, RootContents } from '../../client/src/readiness-tree/panel-node.ts';
import { ICONS } from '../../client/src/readiness-tree/icons.ts';
import { buildPanel, type PanelRequest } from '../../client/src/readiness-tree/panel.ts';
import type { FindingRow } from '../../server/src/protocol/model.ts';
import { failedRule, findingRow, rootModel, ruleRow, SHOP } from './panel-rows.ts';

const PLACE = { line: 0, character: 0 };
const NOWHERE = { start: PLACE, end: PLACE };

describe('the top of the panel', () => {
  test('is empty before anything is known, so that the welcome view shows', () => {
    expect(panel([])).toEqual([]);
    expect(panel([contents({ model: rootModel({ score: undefined }) })])).toEqual([]);
  });

  test('is what one folder holds, and the folders where there are several', () => {
    const warehouse = contents({ model: rootModel({ uri: 'file:///srv/warehouse', name: 'warehouse' }) });

    expect(labels(panel([contents({})]))).toEqual(['Readiness 80']);
    expect(labels(panel([contents({}), warehouse]))).toEqual(['shop', 'warehouse']);
  });

  test('leaves out a folder that is only starting, but not one that failed', () => {
    const starting = rootModel({ uri: 'file:///srv/warehouse', score: undefined, activity: { kind: 'starting' } });
    const broken = { kind: 'failed' as const, message: 'No parser.' };
    const failed = rootModel({ uri: 'file:///srv/mail', name: 'mail', score: undefined, activity: broken });

    const nodes = panel([contents({}), contents({ model: starting }), contents({ model: failed })]);

    expect(labels(nodes)).toEqual(['shop', 'mail']);
    expect(nodes[1]?.description).toBe('failed: No parser.');
  });

  test('names a broken configuration before everything', () => {
    const brokenConfiguration = { uri: `${SHOP}/readiness.yaml`, range: NOWHERE, message: 'No YAML.' };

    expect(labels(panel([contents({ model: rootModel({ brokenConfiguration }) })]))).toEqual([
      'Configuration can’t be read',
      'Readiness 80',
    ]);
  });
});

describe('under the score', () => {
  test('stand the blocking checks, what was measured, and what has changed since the baseline', () => {
    const model = rootModel({
      rules: [failedRule('http-timeout', 2, { title: 'Call without a timeout' })],
      score: {
        ...{ value: 60, measured: 12, total: 15, wanted: 'standard', aspects: [] },
        blocking: [{ ruleId: 'http-timeout', level: 'standard', findings: 2 }],
      },
      baseline: { uri: `${SHOP}/b.json`, exists: true, accepted: 7, removable: 1, fresh: 2 },
      unpublished: { findings: 40, files: 3 },
    });

    const [score] = panel([contents({ model })]);

    expect(score?.description).toBe('1 check in the way of standard');
    expect(labels(score?.children ?? [])).toEqual([
      'Call without a timeout',
      '12 of 15 checks measured',
      '2 new since the baseline',
      '+ 40 more than Problems shows',
    ]);
    expect(score?.children[2]).toMatchObject({ description: '7 accepted · 1 mended', context: 'baseline.removable' });
  });

  test('stand the first of many blocking checks, and a way to all of them', () => {
    const blocking = ['a', 'b', 'c', 'd', 'e', 'f'].map(ruleId => ({
      ruleId,
      level: 'standard' as const,
      findings: 1,
    }));
    const score = { value: 60, measured: 12, total: 15, wanted: 'standard' as const, aspects: [], blocking };

    const [node] = panel([contents({ model: rootModel({ score }) })]);

    expect(labels(node?.children ?? []).slice(0, 5)).toEqual(['a', 'b', 'c', 'd', '+ 2 more in the way']);
    expect(node?.children[4]?.click).toMatchObject({ command: 'readiness.filter.blocking' });
  });

  test('is nothing at all where there is no file to review', () => {
    const score = { measured: 0, total: 0, level: 'critical' as const, wanted: 'standard' as const };
    const model = rootModel({ files: 0, score: { ...score, blocking: [], aspects: [] } });

    expect(panel([contents({ model })])).toEqual([]);
  });

  test('is never green where nothing was measured', () => {
    const score = { measured: 0, total: 0, level: 'critical' as const, wanted: 'standard' as const };
    const [node] = panel([contents({ model: rootModel({ score: { ...score, blocking: [], aspects: [] } }) })]);

    expect(node).toMatchObject({ description: 'nothing measured yet', icon: ICONS.score });
  });

  test('is nothing about a baseline where there is none and nothing is new', () => {
    const [score] = panel([contents({})]);

    expect(labels(score?.children ?? [])).toEqual(['1 of 2 checks measured']);
  });
});

describe('findings', () => {
  const model = rootModel({
    rules: [
      failedRule('http-timeout', 3, { title: 'Call without a timeout' }),
      failedRule('hardcoded-secret', 1, { title: 'Secret in the source', aspect: 'security', priority: 'critical' }),
    ],
    score: {
      ...{ value: 60, measured: 12, total: 15, wanted: 'standard', blocking: [] },
      aspects: [
        { aspect: 'reliability', score: 70.4 },
        { aspect: 'security', score: 10 },
      ],
    },
  });
  const findings = [
    findingRow('a', { path: 'shop/orders.py' }),
    findingRow('b', { path: 'shop/mail.py', isNew: true }),
    findingRow('c', { path: 'shop/mail.py', priority: 'low' }),
    findingRow('d', { path: 'shop/keys.py', ruleId: 'hardcoded-secret', aspect: 'security', priority: 'critical' }),
  ];

  test('stand by aspect under their rules, with the scores of the card', () => {
    expect(outline(panel([contents({ model, findings })]).slice(1), 2)).toEqual([
      'Reliability (70 · 3 findings)',
      '  Call without a timeout (3 findings · 6 of 9 pass)',
      'Security (10 · 1 finding)',
      '  Secret in the source (1 finding · 8 of 9 pass)',
    ]);
  });

  test('stand by file, the file with the worst finding first', () => {
    const groups = panel([contents({ model, findings })], { grouping: 'file' }).slice(1);

    expect(labels(groups)).toEqual(['keys.py', 'mail.py', 'orders.py']);
    expect(labels(groups[1]?.children ?? [])).toEqual([
      'Call without a timeout, line 5',
      'Call without a timeout, line 5',
    ]);
  });

  test('stand by priority, the worst first', () => {
    const groups = panel([contents({ model, findings })], { grouping: 'priority' }).slice(1);

    expect(labels(groups)).toEqual(['Critical', 'High', 'Low']);
  });

  test('stand by rule, the rule with the worst finding first', () => {
    const groups = panel([contents({ model, findings })], { grouping: 'rule' }).slice(1);

    expect(labels(groups)).toEqual(['Secret in the source', 'Call without a timeout']);
  });

  test('that are new come first among equals, and their groups start expanded', () => {
    const [secrets, calls] = panel([contents({ model, findings })], { grouping: 'rule' }).slice(1);

    expect([secrets?.expanded, calls?.expanded]).toEqual([false, true]);
    expect(labels(calls?.children ?? [])).toEqual(['mail.py:5', 'orders.py:5', 'mail.py:5']);
    expect(calls?.children[0]?.description).toBe('new · It waits forever.');
  });

  test('with a chain open to its steps, each at its own place', () => {
    const related = ['shop/app.py', 'shop/clients.py'].map(path => ({
      ...{ uri: `${SHOP}/${path}`, path, range: NOWHERE, message: '`total` calls `fetch`.' },
    }));
    const [, calls] = panel([contents({ model, findings: [findingRow('a', { related })] })], { grouping: 'rule' });

    const hops = calls?.children[0]?.children ?? [];

    expect(hops.map(({ label, click }) => [label, click])).toEqual([
      ['app.py:1', { kind: 'open', uri: `${SHOP}/shop/app.py`, range: NOWHERE }],
      ['clients.py:1', { kind: 'open', uri: `${SHOP}/shop/clients.py`, range: NOWHERE }],
    ]);
    expect(hops[0]?.spoken).toBe('Step 1 of 2: total calls fetch. shop/app.py, line 1');
  });

  test('too many for one group end with a line that brings more', () => {
    const many = Array.from({ length: 205 }, (_, index) => findingRow(`f${index}`));
    const request = { grouping: 'rule' as const };
    const [, calls] = panel([contents({ model, findings: many })], request);

    expect(calls?.children).toHaveLength(201);
    expect(calls?.children.at(-1)?.label).toBe('+ 5 more');
    const pages = new Map([[calls!.id, 400]]);
    expect(panel([contents({ model, findings: many })], { ...request, pages })[1]?.children).toHaveLength(205);
  });

  test.each<[Filter, string]>([
    ['all', 'abcd'],
    ['new', 'b'],
    ['fixable', 'c'],
    ['openFiles', 'bc'],
    ['currentFile', 'a'],
    ['urgent', 'abd'],
    ['blocking', 'd'],
  ])('are filtered: %s', (filter, ids) => {
    const context = {
      isOpen: (uri: string) => uri.endsWith('mail.py'),
      isCurrent: (uri: string) => uri.endsWith('orders.py'),
      blocking: new Set(['hardcoded-secret']),
    };
    const rows = findings.map(finding => (finding.id === 'c' ? { ...finding, fix: 'safe' as const } : finding));

    expect(rows.filter(row => isShown(row, filter, context)).map(({ id }) => id)).toEqual(ids.split(''));
  });

  test('that a filter hides altogether leave room for the welcome view, which knows how many they are', () => {
    const request = { ...REQUEST, filter: 'fixable' as const, roots: [contents({ model, findings })] };

    expect(buildPanel(request)).toEqual({ nodes: [], hidden: 4 });
  });
});

test('below the findings stand accepted ones, checks that pass with their evidence, and what was not measured', () => {
  const model = rootModel({
    rules: [
      ruleRow('bare-except', { outcome: { ruleId: 'bare-except', kind: 'passed', examined: 18 } }),
      ruleRow('yaml-load', { outcome: { ruleId: 'yaml-load', kind: 'notApplicable', reason: 'No YAML is read.' } }),
      ruleRow('idle', { outcome: { ruleId: 'idle', kind: 'notMeasured', reason: 'Not scanned yet.' } }),
    ],
    notMeasured: [{ uri: `${SHOP}/dump.py`, path: 'data/dump.py', reason: 'The file is larger than 1 MB.' }],
    failures: [{ ruleId: 'bare-except', path: 'orders.py', message: 'It threw.' }],
  });
  const row = { id: 'a', ruleId: 'bare-except', fingerprint: 'a', uri: `${SHOP}/orders.py`, path: 'orders.py' };
  const accepted = [{ ...row, range: NOWHERE, by: 'comment' as const, reason: 'The caller logs it.' }];

  expect(outline(panel([contents({ model, accepted })]).slice(1), 2)).toEqual([
    'Accepted (1 finding)',
    '  orders.py:1 (bare-except · The caller logs it.)',
    'Passed (1 check)',
    '  bare-except (18 of 18 pass)',
    'Not applicable (1 check)',
    '  yaml-load (No YAML is read.)',
    'Not measured (1 check, 1 file)',
    '  idle (Not scanned yet.)',
    '  bare-except (failed in orders.py)',
    '  dump.py (The file is larger than 1 MB.)',
  ]);
});

test('every finding that a filter lets through is in the panel once, in every grouping, with an id of its own', () => {
  const row = fc.record({
    ruleId: fc.constantFrom('http-timeout', 'bare-except', 'hardcoded-secret'),
    path: fc.constantFrom('orders.py', 'shop/mail.py', 'shop/orders.py'),
    priority: fc.constantFrom('critical' as const, 'high' as const, 'medium' as const, 'low' as const),
    isNew: fc.boolean(),
  });
  const model = rootModel({
    rules: ['http-timeout', 'bare-except', 'hardcoded-secret'].map(id => failedRule(id, 1)),
  });
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 40 }),
      fc.constantFrom(...GROUPINGS),
      fc.constantFrom(...FILTERS),
      (rows, grouping, filter) => {
        const findings = rows.map((parts, index) => findingRow(`f${index}`, parts));
        const context = { ...REQUEST.files, blocking: new Set<string>() };
        const wanted = findings.filter(finding => isShown(finding, filter, context)).map(({ id }) => id);

        const all = flat(panel([contents({ model, findings })], { grouping, filter }));
        const shown = all.flatMap(({ subject }) => (subject?.kind === 'finding' ? [subject.finding.id] : []));

        expect(shown.sort()).toEqual(wanted.sort());
        expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
        expect(all.every(({ spoken }) => spoken.trim() !== '')).toBe(true);
      },
    ),
  );
});

const REQUEST: PanelRequest = {
  ...{ grouping: 'aspect', filter: 'all', roots: [], pages: new Map() },
  files: { isOpen: () => false, isCurrent: () => false },
};

function panel(roots: readonly RootContents[], request: Partial<PanelRequest> = {}): readonly PanelNode[] {
  return buildPanel({ ...REQUEST, ...request, roots }).nodes;
}

function contents(parts: Partial<RootContents> & { readonly findings?: readonly FindingRow[] }): RootContents {
  return { model: rootModel(), findings: [], accepted: [], ...parts };
}

function labels(nodes: readonly PanelNode[]): string[] {
  return nodes.map(({ label }) => label);
}

/** Labels with descriptions, indented, down to a depth. */
function outline(nodes: readonly PanelNode[], depth: number): string[] {
  if (depth === 0) return [];
  return nodes.flatMap(({ label, description, children }) => [
    `${label} (${description ?? ''})`,
    ...outline(children, depth - 1).map(line => `  ${line}`),
  ]);
}

function flat(nodes: readonly PanelNode[]): PanelNode[] {
  return nodes.flatMap(node => [node, ...flat(node.children)]);
}
