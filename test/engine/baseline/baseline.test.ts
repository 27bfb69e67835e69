import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Finding } from '../../../server/src/core/finding.ts';
import {
  applyBaseline,
  indexBaseline,
  removableEntries,
  withFindings,
  withoutEntries,
} from '../../../server/src/engine/baseline/baseline.ts';
import { readBaseline, writeBaseline } from '../../../server/src/engine/baseline/baseline-file.ts';

function findingIn(symbol: string, start = 0): Finding {
  return {
    ruleId: 'http-timeout',
    path: 'shop/till.py',
    range: { start, end: start + 1 },
    message: 'A sentence.',
    priority: 'high',
    confidence: 'high',
    related: [],
    fix: undefined,
    data: undefined,
    fingerprint: `in ${symbol}`,
  };
}

test('an accepted finding stays accepted when its line moves', () => {
  const baseline = withFindings([], [findingIn('pay', 10)], 'Replaced in spring.');
  const { active, accepted } = applyBaseline([findingIn('pay', 90)], indexBaseline(baseline));
  expect(active).toEqual([]);
  expect(accepted).toEqual([{ finding: findingIn('pay', 90), reason: 'Replaced in spring.', by: 'baseline' }]);
});

test('one finding more in the same function is new', () => {
  const baseline = withFindings([], [findingIn('pay', 1), findingIn('pay', 2)], undefined);
  const found = [findingIn('pay', 1), findingIn('pay', 2), findingIn('pay', 3)];
  expect(applyBaseline(found, indexBaseline(baseline)).active).toEqual([findingIn('pay', 3)]);
});

test('accepting more keeps the reasons that were given before', () => {
  const first = withFindings([], [findingIn('pay')], 'Known.');
  expect(withFindings(first, [findingIn('pay'), findingIn('scan')], undefined)).toMatchObject([
    { fingerprint: 'in pay', count: 2, reason: 'Known.' },
    { fingerprint: 'in scan', count: 1 },
  ]);
});

const symbols = fc.array(fc.constantFrom('pay', 'scan', 'count', 'close'));
const toFindings = (names: readonly string[]): Finding[] => names.map((name, index) => findingIn(name, index));

test('what is accepted and what is active are the findings, each once and in order', () => {
  fc.assert(
    fc.property(symbols, symbols, (known, found) => {
      const index = indexBaseline(withFindings([], toFindings(known), undefined));
      const { active, accepted } = applyBaseline(toFindings(found), index);
      const together = [...active, ...accepted.map(({ finding }) => finding)];
      expect(together.sort((a, b) => a.range.start - b.range.start)).toEqual(toFindings(found));
    }),
  );
});

test('a baseline of all findings leaves none active, and one without what is removable accepts the same', () => {
  fc.assert(
    fc.property(symbols, symbols, (known, found) => {
      const baseline = withFindings([], toFindings(known), 'Known.');
      const { accepted, active } = applyBaseline(toFindings(found), indexBaseline(baseline));
      const pruned = withoutEntries(baseline, removableEntries(baseline, accepted));
      expect(applyBaseline(toFindings(found), indexBaseline(pruned))).toEqual({ active, accepted });
      expect(removableEntries(pruned, accepted)).toEqual([]);
      const all = withFindings(pruned, active, undefined);
      expect(applyBaseline(toFindings(found), indexBaseline(all)).active).toEqual([]);
    }),
  );
});

test('a written baseline reads back', () => {
  fc.assert(
    fc.property(symbols, fc.option(fc.string(), { nil: undefined }), (known, reason) => {
      const baseline = withFindings([], toFindings(known), reason);
      expect(readBaseline(writeBaseline(baseline))).toEqual({ baseline, problems: [] });
    }),
  );
});

test('any text either reads or says where it does not', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"version": 1',
    '"findings":',
    ',',
    '<<<<<<< ours\n',
    '"count": 0',
    '// x',
  );
  fc.assert(
    fc.property(fc.array(piece), pieces => {
      const text = pieces.join('');
      const { baseline, problems } = readBaseline(text);
      expect(baseline === undefined).toBe(problems.length > 0);
      for (const { range } of problems) expect(range.end).toBeLessThanOrEqual(text.length);
    }),
  );
});

test('a mistake is told at its place', () => {
  const text = '{ "version": 1, "findings": [{ "fingerprint": "a", "ruleId": "b", "path": "c", "count": 0 }] }';
  const [problem] = readBaseline(text).problems;
  expect(text.slice(problem?.range.start, problem?.range.end)).toBe(
    '{ "fingerprint": "a", "ruleId": "b", "path": "c", "count": 0 }',
  );
  expect(problem?.message).toContain('`count` of at least 1');
  expect(readBaseline('{ "version": 2, "findings": [] }').problems[0]?.message).toContain('version 1');
  expect(readBaseline('').problems[0]?.message).toContain('it is empty');
});
