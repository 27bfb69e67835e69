import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, writeFiles } from '../workspace/temp-folder.ts';
import { runCli } from './run-cli.ts';

const PAY = 'import requests\n\n\ndef pay(order):\n    return requests.post(order.url)\n';
const TWICE = PAY.replace('    return', '    requests.get(order.url)\n    return');

function baselineIn(cwd: string): { findings: { count: number; path: string; reason?: string }[] } {
  return JSON.parse(readFileSync(join(cwd, '.readiness/baseline.json'), 'utf8')) as ReturnType<typeof baselineIn>;
}

test('findings of today are accepted, one more is new, and lines may move', async () => {
  const cwd = folderWith({ 'shop/till.py': PAY, 'readiness.yaml': 'tier: standard\n' });
  expect((await runCli(['check'], { cwd })).code).toBe(1);

  const created = await runCli(['baseline', 'create', '--reason', 'Replaced in spring.'], { cwd });
  expect(created).toEqual({ code: 0, stdout: '', stderr: 'Accepted 1 finding in .readiness/baseline.json.\n' });
  expect(baselineIn(cwd).findings).toMatchObject([{ path: 'shop/till.py', count: 1, reason: 'Replaced in spring.' }]);
  expect((await runCli(['check'], { cwd })).code).toBe(0);
  expect((await runCli(['check', '--no-baseline'], { cwd })).code).toBe(1);

  writeFiles(cwd, { 'shop/till.py': PAY.replace('def pay', '# The till.\n\n\ndef pay') });
  expect((await runCli(['check'], { cwd })).code).toBe(0);
  writeFiles(cwd, { 'shop/till.py': TWICE });
  expect((await runCli(['check'], { cwd })).code).toBe(1);
});

test('accepted findings are suppressed results in SARIF, with their reason', async () => {
  const cwd = folderWith({ 'till.py': PAY, 'readiness.yaml': '' });
  await runCli(['baseline', 'create', '--reason', 'Known.'], { cwd });
  const { stdout } = await runCli(['check', '--format', 'sarif'], { cwd });
  const log = JSON.parse(stdout) as { runs: { results: { suppressions: unknown }[] }[] };
  expect(log.runs[0]?.results.map(({ suppressions }) => suppressions)).toEqual([
    [{ kind: 'external', status: 'accepted', justification: 'Known.' }],
  ]);
});

test('what no longer occurs is shown and can be pruned', async () => {
  const cwd = folderWith({ 'till.py': PAY, 'readiness.yaml': '' });
  await runCli(['baseline', 'create'], { cwd });
  writeFiles(cwd, { 'till.py': 'TOTAL = 3\n' });

  const shown = await runCli(['baseline', 'show'], { cwd });
  expect(shown.stdout).toBe(
    'till.py  http-timeout  (no longer occurs)\n\n1 finding accepted. 1 entry can be pruned.\n',
  );
  const pruned = await runCli(['baseline', 'prune'], { cwd });
  expect(pruned.stderr).toBe('Removed 1 finding that no longer occurs.\n');
  expect(baselineIn(cwd).findings).toEqual([]);
});

test('a baseline that can not be read ends with 2 and keeps its text', async () => {
  const cwd = folderWith({ 'till.py': PAY, 'readiness.yaml': '', '.readiness/baseline.json': '<<<<<<< ours\n' });
  const { code, stderr } = await runCli(['check'], { cwd });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      ".readiness/baseline.json:1:1  The baseline can't be read: there is something here that JSON does not know.\n",
  });
  expect((await runCli(['baseline', 'prune'], { cwd })).code).toBe(2);
  expect(readFileSync(join(cwd, '.readiness/baseline.json'), 'utf8')).toBe('<<<<<<< ours\n');
});

test('one rule may be accepted alone, and mistakes in the call write nothing', async () => {
  const cwd = folderWith({ 'till.py': PAY, 'readiness.yaml': '' });
  await runCli(['baseline', 'create', '--rule', 'bare-except'], { cwd });
  expect(baselineIn(cwd).findings).toEqual([]);

  const other = folderWith({ 'till.py': PAY });
  expect(await runCli(['baseline', 'make'], { cwd: other })).toMatchObject({
    code: 2,
    stderr: 'readiness: readiness baseline takes create, prune, show.\n',
  });
  expect((await runCli(['baseline', 'show', '--reason', 'x'], { cwd: other })).code).toBe(2);
  expect(existsSync(join(other, '.readiness'))).toBe(false);
});
