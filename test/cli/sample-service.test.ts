import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DIST, SAMPLE_WORKSPACE } from '../../scripts/support/paths.ts';

interface Report {
  readonly findings: readonly { readonly ruleId: string; readonly path: string }[];
}

const run = promisify(execFile);
let folder: string;

// A copy elsewhere: inside this repository the service would be somebody's test fixture.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readiness-sample-'));
  await cp(SAMPLE_WORKSPACE, folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the sample service shows findings of every kind, and none in its good parts', async () => {
  const args = [join(DIST, 'cli.js'), 'check', '--format', 'json', '--no-cache'];
  // The command ends with 1, because there are findings.
  const { stdout } = await run(process.execPath, args, { cwd: folder }).catch((error: unknown) => {
    if (error instanceof Error && 'stdout' in error) return { stdout: String(error.stdout) };
    throw error;
  });

  const { findings } = JSON.parse(stdout) as Report;
  expect(findings.map(({ path, ruleId }) => `${path} ${ruleId}`).sort()).toMatchInlineSnapshot();
});
