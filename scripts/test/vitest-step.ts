import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CACHE, ROOT } from '../support/paths.ts';
import { runCommand } from '../support/processes.ts';
import type { StepResult } from './step.ts';

const VITEST = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const REPORT = join(CACHE, 'test/vitest.json');

/** Tests that wait for a server which never answers would otherwise add up to an hour. */
const TIMEOUT = 900_000;

/** The part of vitest's JSON report that we count. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numFailedTestSuites: number;
}

/** Runs vitest on the tests that match the filters, or all. */
export async function runVitest(filters: readonly string[]): Promise<StepResult> {
  await rm(REPORT, { force: true });
  const args = [VITEST, 'run', ...filters, '--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];
  const { code, output } = await runCommand(process.execPath, args, {
    cwd: ROOT,
    timeout: TIMEOUT,
    env: { ...process.env, NO_COLOR: '1' },
  });
  // Without a report vitest itself has failed: no test found, or a configuration that is wrong.
  if (!existsSync(REPORT)) return { passed: 0, failed: 1, output };

  const report = JSON.parse(await readFile(REPORT, 'utf8')) as Report;
  const passed = report.numPassedTests;
  // A file that can't be loaded, or an error after the last test, fails the run without failing a test.
  const failed = Math.max(report.numFailedTests, code === 0 && passed > 0 ? 0 : 1);
  const skipped = report.numPendingTests > 0 ? `, ${report.numPendingTests} skipped` : '';
  return { passed, failed, summary: `${passed + failed} tests${skipped}`, output };
}
