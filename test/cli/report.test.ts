import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../workspace/temp-folder.ts';
import { RESTOCK } from './bookshop.ts';
import { runCli } from './run-cli.ts';

const SERVICE = { 'readiness.yaml': 'tier: standard\n', 'shop/stock.py': RESTOCK };

test('report prints Markdown, with paths of the service wherever it is made', async () => {
  const cwd = folderWith(SERVICE);

  const { code, stdout } = await runCli(['report', 'shop'], { cwd });
  const inside = await runCli(['report', '--format', 'markdown'], { cwd: join(cwd, 'shop') });

  expect(code).toBe(0);
  expect(stdout).toMatch(/^# Production readiness of bookshop-/);
  expect(stdout).toMatch(/^\d{4}-\d\d-\d\d · tier: standard · Readiness \d/m);
  expect(stdout).toContain('- `shop/stock.py:4`: `time.sleep`');
  expect(stdout).toContain('`readiness check --rule async-blocking-sleep --fix` mends it');
  expect(inside.stdout).toBe(stdout);
});

test('report writes a page to a file, and nothing else', async () => {
  const cwd = folderWith(SERVICE);

  const { code, stdout } = await runCli(['report', '--format', 'html', '--output', 'page.html'], { cwd });

  expect([code, stdout]).toEqual([0, '']);
  expect(readFileSync(join(cwd, 'page.html'), 'utf8')).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(readdirSync(cwd).sort()).toEqual(['page.html', 'readiness.yaml', 'shop']);
});

test.each(['json', 'sarif'])('report as %s says what check says', async format => {
  const cwd = folderWith(SERVICE);

  const report = await runCli(['report', '--format', format], { cwd });
  const check = await runCli(['check', '--format', format], { cwd });

  expect(report.stdout).toBe(check.stdout);
  expect(report.code).toBe(0);
});

test('a report that can not be written is a mistake that says why', async () => {
  const cwd = folderWith(SERVICE);
  writeFileSync(join(cwd, 'desk'), '');

  expect(await runCli(['report', '--output', 'desk/page.md', '--quiet'], { cwd })).toEqual({
    code: 2,
    stdout: '',
    stderr: "readiness: The report can't be written to desk/page.md (ENOTDIR).\n",
  });
});

test('a configuration that can not be parsed gives no report', async () => {
  const cwd = folderWith({ ...SERVICE, 'readiness.yaml': 'tier: [\n' });

  const { code, stdout } = await runCli(['report'], { cwd });

  expect([code, stdout]).toEqual([2, '']);
});

test('task prints the findings of a line, or the one of a fingerprint, for an assistant', async () => {
  const cwd = folderWith(SERVICE);
  const listed = JSON.parse((await runCli(['check', '--format', 'json'], { cwd })).stdout) as {
    findings: { fingerprint: string }[];
  };

  const byLine = await runCli(['task', 'stock.py:4'], { cwd: join(cwd, 'shop') });
  const byFingerprint = await runCli(['task', listed.findings[0]?.fingerprint ?? ''], { cwd });

  expect(byLine.code).toBe(0);
  expect(byLine.stdout).toMatch(/^# Mend one finding: Blocking sleep in a coroutine\n/);
  expect(byLine.stdout).toContain('```python\nimport time\n\nasync def restock():\n    time.sleep(5)\n');
  expect(byLine.stdout).toContain('- Readiness itself offers: ');
  expect(byFingerprint.stdout).toBe(byLine.stdout);
});

test('task says so when it is not told which finding, or there is none', async () => {
  const cwd = folderWith(SERVICE);
  const stderr = async (...words: string[]): Promise<string> =>
    (await runCli(['task', '--quiet', ...words], { cwd })).stderr;

  expect(await stderr()).toBe('readiness: Which finding? Name it as FILE:LINE, or by its fingerprint.\n');
  expect(await stderr('shop/stock.py')).toBe('readiness: Neither FILE:LINE nor a fingerprint: shop/stock.py\n');
  expect(await stderr('shop/stock.py:1')).toBe('readiness: There is no open finding at shop/stock.py:1.\n');
  expect(await stderr('shop/stock.py:4', '--rule', 'http-timeout')).toMatch(/There is no open finding/);
});
