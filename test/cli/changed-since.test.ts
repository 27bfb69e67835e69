import { expect, test } from 'vitest';
import { parseDiff } from '../../server/src/cli/changed-lines.ts';
import { folderWith, git, writeFiles } from '../workspace/temp-folder.ts';
import { runCli } from './run-cli.ts';

const PAY = 'import requests\n\n\ndef pay(order):\n    return requests.post(order.url)\n';

interface Report {
  readonly findings: readonly { readonly path: string; readonly startLine: number }[];
}

async function changedFindings(cwd: string, reference: string): Promise<string[]> {
  const { stdout, stderr } = await runCli(['check', '--format', 'json', '--changed-since', reference], { cwd });
  expect(stderr).toBe('');
  return (JSON.parse(stdout) as Report).findings.map(({ path, startLine }) => `${path}:${startLine}`);
}

test('findings on changed lines, in new files and in files with odd names are reported, others are not', async () => {
  const cwd = folderWith({ 'till.py': PAY, 'sh"elf é.py': 'x = 1\n' });
  git(cwd, 'init', '-q');
  git(cwd, 'add', '.');
  git(cwd, 'commit', '-q', '-m', 'Open the shop');
  expect(await changedFindings(cwd, 'HEAD')).toEqual([]);

  const more = `${PAY}\n\ndef refund(order):\n    # ++ not a file\n    return requests.put(order.url)\n`;
  writeFiles(cwd, { 'till.py': more, 'new.py': PAY, 'sh"elf é.py': PAY });
  expect(await changedFindings(cwd, 'HEAD')).toEqual(['new.py:5', 'sh"elf é.py:5', 'till.py:10']);
});

test('what others changed on the branch since it was left does not count', async () => {
  const cwd = folderWith({ 'till.py': PAY, 'shelf.py': PAY });
  git(cwd, 'init', '-q', '-b', 'main');
  git(cwd, 'add', '.');
  git(cwd, 'commit', '-q', '-m', 'Open the shop');
  git(cwd, 'checkout', '-q', '-b', 'refunds');
  writeFiles(cwd, { 'shelf.py': PAY.replace('post', 'put') });
  git(cwd, 'commit', '-q', '-a', '-m', 'Put');
  git(cwd, 'checkout', '-q', 'main');
  writeFiles(cwd, { 'till.py': 'TOTAL = 3\n' });
  git(cwd, 'commit', '-q', '-a', '-m', 'Close the till');
  git(cwd, 'checkout', '-q', 'refunds');
  expect(await changedFindings(cwd, 'main')).toEqual(['shelf.py:5']);
});

test('an unknown commit, a folder without git and a fix are mistakes in the call', async () => {
  const cwd = folderWith({ 'till.py': PAY });
  const failing = async (...words: string[]): Promise<string> => {
    const { code, stderr } = await runCli(['check', ...words], { cwd });
    expect(code).toBe(2);
    return stderr;
  };
  expect(await failing('--changed-since', 'main')).toContain('needs git');
  expect(await failing('--changed-since', 'main', '--fix')).toContain("can't be combined");
  git(cwd, 'init', '-q');
  expect(await failing('--changed-since', 'main')).toBe('readiness: --changed-since: there is no commit main here.\n');
  expect(await failing('--changed-since=--output=x')).toContain('there is no commit');
});

test('lines of code that look like the head of a file are code', () => {
  const diff = '--- a/a.py\n+++ b/a.py\n@@ -0,0 +1,2 @@\n+++ b/other.py\n+x\n@@ -9 +11,0 @@\n-gone\n';
  expect(parseDiff(diff)).toEqual(new Map([['a.py', [{ start: 0, end: 2 }]]]));
});
