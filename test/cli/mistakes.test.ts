import { expect, test } from 'vitest';
import { folderWith } from '../workspace/temp-folder.ts';
import { RESTOCK } from './bookshop.ts';
import { runCli } from './run-cli.ts';

test.each([
  [['chekc'], 'Unknown command: chekc. Did you mean check?'],
  [['check', '--formt', 'json'], 'Unknown option of readiness check: --formt. Did you mean --format?'],
  [['rules', '--fix'], 'Unknown option of readiness rules: --fix.'],
  [['check', '--format', 'jsn'], '--format takes text, json, sarif, not jsn. Did you mean json?'],
  [['check', '--format'], '--format needs a value: --format FORMAT'],
  [['check', '--rule', '--quiet'], '--rule needs a value: --rule ID'],
  [['check', '--quiet=yes'], '--quiet takes no value.'],
  [['check', '--priority', 'urgent'], '--priority takes critical, high, medium, low, not urgent.'],
  [['check', '--jobs', 'many'], '--jobs takes a number from 1 to 999, not many.'],
  [['check', '--jobs', '0'], '--jobs takes a number from 1 to 999, not 0.'],
  [
    ['check', '--rule', 'async-blocking-slep'],
    'There is no rule `async-blocking-slep`. Did you mean `async-blocking-sleep`?',
  ],
  [['check', '--diff', '--format', 'json'], "--diff prints a diff, so it can't be combined with --format json."],
  [['check', '--config', 'none.yaml'], 'There is no such configuration file: none.yaml'],
  [['explain', 'env-file-trackt'], 'There is no rule `env-file-trackt`. Did you mean `env-file-tracked`?'],
  [['explain'], 'Which rule? `readiness rules` lists them.'],
  [['rules', 'all'], 'Unexpected argument: all'],
  [['lsp'], 'The language server speaks over standard input and output: readiness lsp --stdio'],
])('%j ends with 2 and says what is wrong', async (words, message) => {
  const result = await runCli(words, { cwd: folderWith({}) });

  expect(result).toEqual({ code: 2, stdout: '', stderr: `readiness: ${message}\n` });
});

test('a configuration that can not be parsed ends with 2 at its place, without findings', async () => {
  const cwd = folderWith({ 'readiness.yaml': 'tier: standard\nexclude: [\n', 'stock.py': RESTOCK });

  const { code, stdout, stderr } = await runCli(['check'], { cwd });

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^readiness\.yaml:\d+:\d+ {2}The configuration can't be read: /);
  expect(stderr).not.toContain('last good');
});

test('a mistake in the configuration ends with 2 and is told beside the findings', async () => {
  const cwd = folderWith({ 'readiness.yaml': 'teir: standard\n', 'stock.py': RESTOCK });

  const { code, stdout, stderr } = await runCli(['check'], { cwd });

  expect(code).toBe(2);
  expect(stdout).toContain('stock.py:4:5');
  expect(stderr).toMatch(/^readiness\.yaml:1:1 {2}.*`tier`/);
});

test('a configuration that the user names is the one in force', async () => {
  const cwd = folderWith({ 'ci/strict.yaml': 'rules:\n  async-blocking-sleep: off\n', 'stock.py': RESTOCK });

  const { code, stdout } = await runCli(['check', '--config', 'ci/strict.yaml'], { cwd });

  expect(code).toBe(0);
  expect(stdout).toContain('No findings');
});
