import { expect, test } from 'vitest';
import { RowCache, type RowSource } from '../../client/src/row-cache.ts';
import { failedRule, findingRow, rootModel } from './panel-rows.ts';

const RULES = ['http-timeout', 'bare-except', 'hardcoded-secret', 'yaml-load', 'blocking-sleep'];

test('all rules are asked for at once, then only those that have changed', async () => {
  const source = recordingSource();
  const cache = new RowCache(source);
  const rules = RULES.map(id => failedRule(id, 1));

  const first = await cache.findings(rootModel({ rules }));
  const changed = rules.map(rule => (rule.ruleId === 'yaml-load' ? { ...rule, revision: 'moved' } : rule));
  const second = await cache.findings(rootModel({ rules: changed }));

  expect(source.asked).toEqual(['all', 'yaml-load']);
  expect(second.map(({ ruleId }) => ruleId)).toEqual(first.map(({ ruleId }) => ruleId));
});

test('rows of rules without findings are forgotten', async () => {
  const cache = new RowCache(recordingSource());
  await cache.findings(rootModel({ rules: [failedRule('http-timeout', 1)] }));

  expect(await cache.findings(rootModel({ rules: [failedRule('http-timeout', 0)] }))).toEqual([]);
});

test('rows stay while the server can’t be asked, and are asked for again', async () => {
  const source = recordingSource();
  const cache = new RowCache(source);
  await cache.findings(rootModel({ rules: [failedRule('http-timeout', 1)] }));
  const moved = rootModel({ rules: [failedRule('http-timeout', 1, { revision: 'moved' })] });

  source.isDown = true;
  expect(await cache.findings(moved)).toHaveLength(1);
  source.isDown = false;
  await cache.findings(moved);

  expect(source.asked).toEqual(['http-timeout', 'http-timeout', 'http-timeout']);
});

interface RecordingSource extends RowSource {
  readonly asked: string[];
  isDown: boolean;
}

/** A server with one finding for each rule. */
function recordingSource(): RecordingSource {
  const asked: string[] = [];
  const source: RecordingSource = {
    asked,
    isDown: false,
    ofRule: (_, ruleId) => {
      asked.push(ruleId);
      return Promise.resolve(source.isDown ? undefined : [findingRow(ruleId, { ruleId })]);
    },
    ofRoot: () => {
      asked.push('all');
      return Promise.resolve(RULES.map(ruleId => findingRow(ruleId, { ruleId })));
    },
    accepted: () => Promise.resolve([]),
  };
  return source;
}
