import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type InitializeResult,
} from 'vscode-languageserver/node';
import { DIST } from '../../scripts/support/paths.ts';
import { folderWith } from '../workspace/temp-folder.ts';
import { RESTOCK } from './bookshop.ts';
import { runCli } from './run-cli.ts';

test('explain prints the page of a rule as plain text', async () => {
  const { code, stdout } = await runCli(['explain', 'dependency-conflict'], { cwd: folderWith({}) });

  expect(code).toBe(0);
  expect(stdout).toMatch(/^Manifests that ask for different versions of a package\n=+\n/);
  expect(stdout).toContain('requirements.txt:\n\n    httpx==0.27.2\n');
  expect(stdout).not.toMatch(/```|<!--/);
});

test('rules lists every rule, as a table or as JSON', async () => {
  const cwd = folderWith({});

  const table = await runCli(['rules'], { cwd });
  const json = JSON.parse((await runCli(['rules', '--format', 'json'], { cwd })).stdout) as { rules: { id: string }[] };

  const [heading, ...rows] = table.stdout.trimEnd().split('\n');
  expect(heading).toMatch(/^Rule +Priority +Aspect +Fix +Title$/);
  const ids = rows.map(row => row.split(' ')[0]);
  expect(ids).toEqual(json.rules.map(({ id }) => id));
  expect(ids).toEqual([...ids].sort());
  expect(ids).toEqual(expect.arrayContaining(['async-blocking-sleep', 'dependency-conflict', 'env-file-tracked']));
});

test('score prints the arithmetic and ends with 0 whatever it is', async () => {
  const cwd = folderWith({ 'stock.py': RESTOCK });

  const { code, stdout } = await runCli(['score'], { cwd });

  expect(code).toBe(0);
  expect(stdout).toMatch(/^Level: /);
  expect(stdout).toMatch(/async-blocking-sleep +0 of 1 pass, weight 10: 0 of 10 points/);
});

test('help is there for the program and for every command', async () => {
  const cwd = folderWith({});

  const general = await runCli(['--help'], { cwd });
  const [byWord, byOption] = [await runCli(['help', 'check'], { cwd }), await runCli(['check', '-h'], { cwd })];
  const none = await runCli([], { cwd });

  expect(general.stdout).toContain('readiness check [paths…]');
  expect(byWord).toEqual(byOption);
  expect(byWord.stdout).toContain('--fix-suggested');
  expect(none).toEqual({ code: 2, stdout: '', stderr: general.stdout });
});

test('the version is that of the package', async () => {
  expect((await runCli(['--version'], { cwd: folderWith({}) })).stdout).toMatch(/^readiness \d+\.\d+\.\d+\n$/);
});

test('lsp speaks the protocol over standard input and output, and ends with the client', async () => {
  const child = spawn(process.execPath, [join(DIST, 'cli.js'), 'lsp', '--stdio'], { stdio: 'pipe' });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  onTestFinished(() => {
    connection.dispose();
    child.kill('SIGKILL');
  });
  connection.listen();

  const params = { processId: process.pid, rootUri: null, capabilities: {} };
  const { serverInfo } = await connection.sendRequest<InitializeResult>('initialize', params);
  const exit = new Promise<number | null>(resolve => child.on('exit', resolve));
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');

  expect(serverInfo?.name).toBe('Readiness');
  expect(await exit).toBe(0);
});
