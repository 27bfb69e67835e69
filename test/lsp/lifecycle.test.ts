import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../workspace/temp-folder.ts';
import { applyTo, rangeOf } from './edits.ts';
import { startServer, uriOf } from './language-client.ts';

const ORDERS = 'import requests\n\nrequests.get("https://shop.example/orders")\n';

test('a proper good-bye ends the server with 0', async () => {
  const client = await startServer({ folders: [folderWith({ 'orders.py': ORDERS })] });

  expect(await client.stop()).toBe(0);
});

test('an exit without a shutdown ends the server with 1', async () => {
  const client = await startServer({ folders: [folderWith({})] });
  const exit = once(client.process, 'exit');

  await client.connection.sendNotification('exit');

  expect(await exit).toEqual([1, null]);
});

test('a client that vanishes takes the server with it, also in the middle of a scan', async () => {
  const files = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`orders_${index}.py`, ORDERS]));
  const client = await startServer({ folders: [folderWith(files)] });
  await client.progress.until(events => events.length > 0);
  const exit = once(client.process, 'exit');

  client.process.stdout?.destroy();
  client.process.stdin?.end();

  expect(await exit).toEqual([1, null]);
});

test('a request that makes no sense is answered with an error, and the next one is served', async () => {
  const shop = folderWith({ 'orders.py': ORDERS });
  const client = await startServer({ folders: [shop] });
  const path = join(shop, 'orders.py');
  await client.open(path, ORDERS);
  await client.diagnostics(path);

  const failing = client.connection.sendRequest('textDocument/codeAction', { textDocument: { uri: uriOf(path) } });
  await expect(failing).rejects.toThrow('Readiness could not list code actions');
  await client.logs.until(messages =>
    messages.some(message => /Failed to list code actions: .*\n\s+at /.test(message)),
  );

  expect(await client.actions(path, rangeOf(ORDERS, 'requests.get('))).not.toEqual([]);
});

test('a client that promises nothing still gets findings, fixes and plain text', async () => {
  const shop = folderWith({ 'orders.py': ORDERS });
  const client = await startServer({ capabilities: {}, rootUri: uriOf(shop) });
  const path = join(shop, 'orders.py');
  const [diagnostic] = await client.diagnostics(path);
  await client.open(path, ORDERS);
  await client.diagnostics(path, ({ version }) => version === 1);

  const actions = await client.actions(path, rangeOf(ORDERS, 'requests.get('));
  const hover = await client.connection.sendRequest('textDocument/hover', {
    textDocument: { uri: uriOf(path) },
    position: { line: 2, character: 3 },
  });

  expect(Object.keys(diagnostic!).sort()).toEqual(['code', 'message', 'range', 'severity', 'source']);
  const fix = actions.find(({ title }) => title.includes('Add a timeout'));
  expect(Object.keys(fix?.edit ?? {})).toEqual(['changes']);
  expect(applyTo(ORDERS, uriOf(path), fix?.edit)).toContain('timeout=30');
  expect(actions.every(({ edit }) => edit !== undefined)).toBe(true);
  expect(hover).toMatchObject({
    contents: { kind: 'plaintext', value: expect.stringContaining('http-timeout') as string },
  });
  expect([client.progress.all, client.registered.all]).toEqual([[], []]);
});

test('an idle server waits for its client alone: no timer runs', async () => {
  const shop = folderWith({ 'orders.py': ORDERS });
  const client = await startServer({ folders: [shop] });
  await client.scanned();
  await client.open(join(shop, 'orders.py'), ORDERS);
  await client.diagnostics(join(shop, 'orders.py'), ({ version }) => version === 1);
  const waitingFor = async (): Promise<string> => {
    const info = await client.connection.sendRequest<string>('readiness/debugInfo', {});
    return /Waiting for: (.*)/.exec(info)?.[1] ?? 'no such line';
  };

  await expect.poll(waitingFor, { timeout: 10_000, interval: 500 }).not.toMatch(/Timeout|Immediate|FSReq/);
  expect(await waitingFor()).toContain('Pipe');
});

test('debug information names versions and counts, and no file', async () => {
  const shop = folderWith({ 'secret-project.py': ORDERS });
  const client = await startServer({ folders: [shop] });
  await client.scanned();

  const info = await client.connection.sendRequest<string>('readiness/debugInfo', {});

  expect(info).toMatch(/Readiness \d+\.\d+\.\d+/);
  expect(info).toContain('Test editor 1');
  expect(info).not.toContain('secret-project');
  expect(info).not.toContain(shop);
});
