import type { FindingRow, RootModel, RuleRow } from '../../server/src/protocol/model.ts';

/** The folder of the tests' service. */
export const SHOP = 'file:///srv/shop';

const START = { line: 4, character: 0 };
const SCORE = { value: 80, measured: 1, total: 2, wanted: 'standard' as const, blocking: [], aspects: [] };

export function rootModel(parts: Partial<RootModel> = {}): RootModel {
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

/** A rule without findings; `parts` says otherwise. */
export function ruleRow(ruleId: string, parts: Partial<RuleRow> = {}): RuleRow {
  return {
    ...{ ruleId, title: ruleId, aspect: 'reliability', priority: 'high' },
    ...{ outcome: { ruleId, kind: 'passed', examined: 1 }, findings: 0, fixable: 0, revision: '0' },
    ...parts,
  };
}

/** A rule that has findings. */
export function failedRule(ruleId: string, findings: number, parts: Partial<RuleRow> = {}): RuleRow {
  const outcome = { ruleId, kind: 'failed' as const, examined: 9, failed: findings, accepted: 0 };
  return ruleRow(ruleId, { outcome, findings, revision: `${findings}`, ...parts });
}

/** A finding of high priority in `orders.py`; each has an id of its own when `id` differs. */
export function findingRow(id: string, parts: Partial<FindingRow> = {}): FindingRow {
  const path = parts.path ?? 'orders.py';
  return {
    ...{ id, ruleId: 'http-timeout', fingerprint: id, uri: `${SHOP}/${path}`, path },
    ...{ range: { start: START, end: START }, message: 'It waits forever.', priority: 'high' },
    ...{ aspect: 'reliability', isNew: false, related: [] },
    ...parts,
  };
}
