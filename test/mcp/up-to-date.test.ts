import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RESTOCK, RESTOCK_FIXED } from '../cli/bookshop.ts';
import { runCli } from '../cli/run-cli.ts';
import { folderWith, git, writeFiles } from '../workspace/temp-folder.ts';
import { startMcp } from './mcp-client.ts';

test('files that change, appear and vanish are looked at before the next answer', async () => {
  const shop = folderWith({ 'stock.py': RESTOCK });
  const { findings } = await startMcp(shop);
  const paths = async (): Promise<readonly string[]> => (await findings()).map(({ path }) => path);

  expect(await paths()).toEqual(['stock.py']);
  writeFiles(shop, { 'stock.py': RESTOCK_FIXED });
  expect(await paths()).toEqual([]);
  writeFiles(shop, { 'till/close.py': RESTOCK });
  expect(await paths()).toEqual(['till/close.py']);
  writeFiles(shop, { '.gitignore': 'till/\n' });
  expect(await paths()).toEqual([]);
  rmSync(join(shop, '.gitignore'));
  expect(await paths()).toEqual(['till/close.py']);
  rmSync(join(shop, 'till'), { recursive: true });
  expect(await paths()).toEqual([]);
});

test('an edit brings findings in other files up to date', async () => {
  const shop = folderWith({
    'waiting.py': 'import time\n\ndef pause():\n    time.sleep(5)\n',
    'stock.py': 'from waiting import pause\n\nasync def restock():\n    pause()\n',
  });
  const { findings } = await startMcp(shop);

  expect(await findings()).toMatchObject([{ path: 'stock.py', rule: 'async-blocking-transitive' }]);
  writeFiles(shop, { 'waiting.py': 'def pause():\n    pass\n' });
  expect(await findings()).toEqual([]);
});

test('the configuration, the baseline and what git tracks count as they are now', async () => {
  const shop = folderWith({ 'stock.py': RESTOCK, '.env': 'TOKEN=q8Zt2LvX0pRn4mWc7YaK9sDe\n' });
  git(shop, 'init', '-q');
  const { findings, call } = await startMcp(shop);
  const rules = async (): Promise<readonly string[]> => (await findings()).map(({ rule }) => rule);

  expect(await rules()).toEqual(['async-blocking-sleep']);
  git(shop, 'add', '.env');
  expect(await rules()).toEqual(['env-file-tracked', 'async-blocking-sleep']);
  git(shop, 'rm', '-q', '--cached', '.env');
  expect(await rules()).toEqual(['async-blocking-sleep']);

  const [finding] = await findings();
  await runCli(['baseline', 'create', '--reason', 'known since May'], { cwd: shop });
  expect(await rules()).toEqual([]);
  expect((await call('preview_fix', { fingerprint: finding?.fingerprint })).text).toContain('It is accepted');
  rmSync(join(shop, '.readiness'), { recursive: true });
  expect(await rules()).toEqual(['async-blocking-sleep']);

  writeFiles(shop, { 'readiness.yaml': 'rules:\n  async-blocking-sleep: off\n' });
  expect(await rules()).toEqual([]);
});

test('a configuration that can not be read is told in place of an answer, until it is mended', async () => {
  const shop = folderWith({ 'stock.py': RESTOCK, 'readiness.yaml': 'exclude: [\n' });
  const { call, findings } = await startMcp(shop);

  const { text, isError } = await call('score');
  expect({ text, isError }).toMatchObject({ isError: true });
  expect(text).toMatch(/^readiness\.yaml: The configuration can't be read: /);
  expect(text).not.toContain('last good');
  writeFiles(shop, { 'readiness.yaml': 'teir: standard\n' });
  expect(await findings()).toMatchObject([{ path: 'stock.py' }]);
  expect((await call('list_findings')).text).toContain('Configuration: readiness.yaml:1  ');
});

test('calls at the same time all get the answer of that time', async () => {
  const { call } = await startMcp(folderWith({ 'stock.py': RESTOCK }));

  const replies = await Promise.all([call('score'), call('list_findings'), call('list_findings', { limit: 1 })]);

  expect(replies.map(({ text }) => text.split('\n')[0])).toEqual([
    expect.stringMatching(/^Level: /),
    '1 finding:',
    '1 finding:',
  ]);
});
