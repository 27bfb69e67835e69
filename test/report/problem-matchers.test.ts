import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/support/paths.ts';
import { PRIORITIES } from '../../server/src/core/finding.ts';
import { PLAIN } from '../../server/src/report/paint.ts';
import { textReport } from '../../server/src/report/text-report.ts';
import { reported, reviewOf } from './bookshop-review.ts';

interface ProblemMatcher {
  readonly name: string;
  readonly severity: string;
  readonly pattern: Readonly<Record<'file' | 'line' | 'column' | 'code' | 'message', number>> & {
    readonly regexp: string;
  };
}

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly contributes: { readonly problemMatchers: readonly ProblemMatcher[] };
};
const MATCHERS = manifest.contributes.problemMatchers;

test('the problem matchers read every finding of the text report, each with the severity of the editor', () => {
  const findings = PRIORITIES.map((priority, line) => reported('shop/my till.py', line, { priority }));
  const lines = textReport(reviewOf(findings), { paint: PLAIN, quiet: false }).split('\n');

  const read = lines.flatMap(text =>
    MATCHERS.flatMap(({ severity, pattern }) => {
      const match = new RegExp(pattern.regexp).exec(text);
      if (!match) return [];
      const [file, line, column, code] = [pattern.file, pattern.line, pattern.column, pattern.code].map(
        at => match[at],
      );
      return [{ severity, file, line, column, code, message: match[pattern.message] }];
    }),
  );

  const message = '`sell` prints no receipt. Print one.';
  expect(read).toEqual(
    ['error', 'warning', 'info', 'info'].map((severity, line) => ({
      severity,
      file: 'shop/my till.py',
      line: String(line + 1),
      column: '1',
      code: 'till-without-receipt',
      message,
    })),
  );
});
