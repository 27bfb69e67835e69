import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SAMPLE_WORKSPACE } from '../../scripts/support/paths.ts';
import { runCli } from './run-cli.ts';

interface Report {
  readonly findings: readonly { readonly ruleId: string; readonly path: string }[];
}

let folder: string;

// A copy elsewhere: inside this repository the service would be somebody's test fixture.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readiness-sample-'));
  await cp(SAMPLE_WORKSPACE, folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the sample service shows findings of every kind, and none in its good parts', async () => {
  const { stdout } = await runCli(['check', '--format', 'json'], { cwd: folder });

  const { findings } = JSON.parse(stdout) as Report;
  expect(findings.map(({ path, ruleId }) => `${path} ${ruleId}`).sort()).toEqual([
    '.github/workflows/ci.yml workflow-path-missing',
    'requirements.txt dependency-conflict',
    'shop/clients/payments.py http-timeout',
    'shop/clients/publisher.py http-timeout',
    'shop/clients/publisher.py suppression-unused',
    'shop/clients/recommendations.py broad-except',
    'shop/clients/recommendations.py swallowed-exception',
    'shop/reports.py bare-except',
    'shop/reports.py exception-without-traceback',
    'shop/reports.py resource-not-closed',
    'shop/repository.py resource-not-closed',
    'shop/routers/books.py async-blocking-call',
    'shop/routers/books.py async-blocking-transitive',
    'shop/routers/orders.py async-blocking-sleep',
    'shop/routers/orders.py async-blocking-transitive',
    'shop/routers/orders.py async-blocking-transitive',
    'shop/routers/orders.py broad-except',
    'shop/routers/orders.py exception-without-traceback',
    'shop/settings.py hardcoded-secret',
    'shop/worker.py broad-except',
    'shop/worker.py exception-without-traceback',
    'shop/worker.py uninterruptible-sleep',
    'web/src/catalogue.ts http-timeout',
    'web/src/catalogue.ts swallowed-exception',
  ]);
});
