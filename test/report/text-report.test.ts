import { expect, test } from 'vitest';
import type { Finding } from '../../server/src/core/finding.ts';
import { COLOURED, PLAIN } from '../../server/src/report/paint.ts';
import type { ReportedFinding, Review } from '../../server/src/report/review.ts';
import { textReport } from '../../server/src/report/text-report.ts';

test('names and messages can not steer the terminal', () => {
  const review = reviewOf([reported('shop/\u001B[2Jstock.py', { message: 'a\nb\u0007' })]);

  const text = textReport(review, { paint: PLAIN, quiet: true });

  expect(text).toBe('shop/\\x1b[2Jstock.py:3:5  high  http-timeout  a\\x0ab\\x07\n');
});

test('columns line up within a file, and an empty line parts the files', () => {
  const review = reviewOf([
    reported('shop/stock.py', { priority: 'low' }),
    reported('shop/stock.py', { priority: 'critical', ruleId: 'bare-except' }),
    reported('till.py', {}),
  ]);

  expect(textReport(review, { paint: PLAIN, quiet: true })).toBe(
    'shop/stock.py:3:5  low       http-timeout  No timeout.\n' +
      'shop/stock.py:3:5  critical  bare-except   No timeout.\n' +
      '\n' +
      'till.py:3:5  high  http-timeout  No timeout.\n',
  );
});

test('the summary counts by priority and by how far fixes may be trusted', () => {
  const review = reviewOf([
    reported('stock.py', { fix: 'safe' }),
    reported('stock.py', { fix: 'suggested', priority: 'low' }),
  ]);

  const lines = textReport(review, { paint: PLAIN, quiet: false }).trimEnd().split('\n');

  expect(lines.at(-1)).toBe(
    '2 findings in 7 files: 1 high, 1 low. 1 fixable with --fix, 1 more with --fix-suggested. Score 72, 61 of 84 checks measured.',
  );
});

test('files that were skipped stand beside the score', () => {
  const review = reviewOf([]);
  const score = { ...review.score, files: { measured: 7, total: 9 } };

  expect(textReport({ ...review, score }, { paint: PLAIN, quiet: false })).toBe(
    'No findings in 7 files. Score 72, 61 of 84 checks measured, in 7 of 9 files.\n',
  );
});

test('colours are wrapped around priorities', () => {
  expect(textReport(reviewOf([reported('stock.py', {})]), { paint: COLOURED, quiet: true })).toContain(
    '\u001B[31mhigh\u001B[0m',
  );
});

function reported(path: string, parts: Partial<Finding>): ReportedFinding {
  const finding: Finding = {
    ruleId: 'http-timeout',
    path,
    range: { start: 20, end: 30 },
    message: 'No timeout.',
    priority: 'high',
    confidence: 'high',
    related: [],
    fix: undefined,
    data: undefined,
    fingerprint: '0',
    ...parts,
  };
  const [start, end] = [
    { line: 2, character: 4 },
    { line: 2, character: 14 },
  ];
  return { path, absolute: `/bookshop/${path}`, start, end, finding, aspect: 'reliability', related: [] };
}

function reviewOf(findings: readonly ReportedFinding[]): Review {
  return {
    findings,
    accepted: [],
    outcomes: [],
    score: {
      value: 72,
      measured: 61,
      total: 84,
      files: { measured: 7, total: 7 },
      level: undefined,
      wanted: 'standard',
      blocking: [],
      aspects: [],
    },
    notMeasured: [],
    failures: [],
    problems: [],
    files: 7,
  };
}
