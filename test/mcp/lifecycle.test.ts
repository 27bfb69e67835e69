import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DIST } from '../../scripts/support/paths.ts';
import { RESTOCK } from '../cli/bookshop.ts';
import { cacheFolder, runCli } from '../cli/run-cli.ts';
import { folderWith } from '../workspace/temp-folder.ts';
import { startMcp } from './mcp-client.ts';

const HELLO = [
  {
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'till', version: '1' } },
  },
  { method: 'notifications/initialized' },
];
const LIST = { id: 2, method: 'tools/call', params: { name: 'list_findings', arguments: {} } };

/** A workspace whose scan takes a moment. */
function largeShop(): string {
  const files = Array.from({ length: 150 }, (_, number) => [`shelf${number}.py`, RESTOCK.repeat(10)] as const);
  return folderWith(Object.fromEntries(files));
}

/** What the server says, and its exit code, when its input is closed right after these messages. */
async function converse(cwd: string, messages: readonly object[]): Promise<{ code: number | null; lines: string[] }> {
  const cache = cacheFolder();
  const child = spawn(process.execPath, [join(DIST, 'cli.js'), 'mcp'], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cache, XDG_CACHE_HOME: cache },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (output += part));
  child.stdin.end(messages.map(message => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join(''));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, lines: output.split('\n').filter(line => line !== '') };
}

test('it ends when its input is closed, having said nothing but messages of the protocol', async () => {
  const { code, lines } = await converse(folderWith({ 'stock.py': RESTOCK }), HELLO);

  expect(code).toBe(0);
  expect(lines.map(line => JSON.parse(line) as object)).toMatchObject([
    { id: 1, result: { serverInfo: { name: 'readiness' } } },
  ]);
});

test('it ends at once in the middle of a scan', async () => {
  const { code } = await converse(largeShop(), [...HELLO, LIST]);

  expect(code).toBe(0);
});

test('a line that is no message is passed over', async () => {
  const { code, lines } = await converse(folderWith({}), [{ id: 7, verb: 'buy' }, ...HELLO]);

  expect(code).toBe(0);
  expect(lines.some(line => line.includes('serverInfo'))).toBe(true);
});

test('a caller hears how far the first scan is', async () => {
  const { call } = await startMcp(largeShop());
  const steps: number[] = [];

  const { isError } = await call('score', {}, ({ progress, total }) => {
    expect(total).toBe(150);
    steps.push(progress);
  });

  expect(isError).toBe(false);
  expect(steps.length).toBeGreaterThan(2);
  expect(steps).toEqual([...steps].sort((left, right) => left - right));
});

test('a cancelled call leaves the next one a whole answer', async () => {
  const shop = largeShop();
  const { client, call } = await startMcp(shop);
  const aborted = new AbortController();

  const cancelled = client.callTool({ name: 'score', arguments: {} }, undefined, {
    signal: aborted.signal,
    onprogress: () => {
      aborted.abort('The customer left.');
    },
  });

  await expect(cancelled).rejects.toThrow('The customer left.');
  expect((await call('list_findings', { limit: 1 })).structured).toMatchObject({ total: 1500 });
});

test('it serves the workspace root of the folder that it is given', async () => {
  const shop = folderWith({ 'readiness.yaml': 'tier: critical\n', 'stock/restock.py': RESTOCK });
  const elsewhere = folderWith({ 'till.py': RESTOCK });
  const { call } = await startMcp(elsewhere, [join(shop, 'stock')]);

  expect((await call('score')).structured).toMatchObject({ root: shop, wanted: 'critical' });
  expect((await call('list_findings')).structured).toMatchObject({
    total: 1,
    findings: [{ path: 'stock/restock.py' }],
  });
});

test('a folder that is not there ends it with a mistake', async () => {
  const { code, stdout, stderr } = await runCli(['mcp', 'no-such-shop'], { cwd: folderWith({}) });

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe('readiness: There is no such file or folder: no-such-shop\n');
});
