import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { RootModel } from '../../server/src/protocol/model.ts';
import { openInFlight } from '../../server/src/lsp/in-flight.ts';
import { folderWith } from '../workspace/temp-folder.ts';
import { startServer, uriOf } from './language-client.ts';

const CALL = 'import requests\n\nrequests.get("https://shop.example/orders")\n';
const OWNER = { processId: process.pid, folders: ['file:///srv/shop'] };
const LOG = { info: () => undefined, warn: () => undefined, error: () => undefined };

test('the document that was being analysed when the server ended is left alone until it is edited', async () => {
  const caches = folderWith({});
  const shop = folderWith({});
  // Large enough to be still under way when the server is ended.
  const text = CALL + 'def restock(shelf):\n    return [book for book in shelf if book.sold]\n\n\n'.repeat(12_000);
  const start = () => startServer({ folders: [shop], env: { XDG_CACHE_HOME: caches } });
  const path = join(shop, 'orders.py');
  const first = await start();
  await first.scanned();
  const exit = once(first.process, 'exit');
  await first.open(path, text);
  await untilNoted(caches, path);
  first.process.kill('SIGKILL');
  await exit;

  const client = await start();
  await client.scanned();
  await client.open(path, text);

  expect(await client.diagnostics(path, ({ version }) => version === 1)).toEqual([]);
  const [root] = await client.connection.sendRequest<RootModel[]>('readiness/model', {});
  expect(root?.notMeasured).toMatchObject([{ path: 'orders.py', uri: uriOf(path) }]);
  expect(root?.notMeasured[0]?.reason).toContain('crashed');

  await client.change(path, 2, [{ text: CALL }]);

  expect(await client.diagnostics(path, ({ version }) => version === 2)).toHaveLength(1);
  const [after] = await client.connection.sendRequest<RootModel[]>('readiness/model', {});
  expect(after?.notMeasured).toEqual([]);
});

test('a proper end leaves no note', async () => {
  const caches = folderWith({});
  const client = await startServer({ folders: [folderWith({})], env: { XDG_CACHE_HOME: caches } });
  await client.scanned();
  expect(notesIn(caches)).toHaveLength(1);

  await client.stop();

  expect(notesIn(caches)).toEqual([]);
});

test('notes name what is under way, and nothing that has ended', async () => {
  const folder = folderWith({});
  const notes = openInFlight(folder, OWNER, LOG);
  await notes.during('/srv/shop/stock.py', () => Promise.resolve());
  void notes.during('/srv/shop/orders.py', () => new Promise(() => undefined));
  void notes.during('/srv/shop/prices.py', () => new Promise(() => undefined));

  expect(openInFlight(folder, OWNER, LOG).left).toEqual(['/srv/shop/orders.py', '/srv/shop/prices.py']);
  expect(openInFlight(folder, { ...OWNER, folders: ['file:///srv/warehouse'] }, LOG).left).toEqual([]);
});

test('work that fails has ended too', async () => {
  const folder = folderWith({});
  const notes = openInFlight(folder, OWNER, LOG);

  await expect(notes.during('/srv/shop/orders.py', () => Promise.reject(new Error('closed')))).rejects.toThrow(
    'closed',
  );

  expect(openInFlight(folder, OWNER, LOG).left).toEqual([]);
});

test('notes of clients that are gone are cleared away, and other files are left alone', () => {
  const gone = `999999999-${'0'.repeat(16)}`;
  const folder = folderWith({ [gone]: '/srv/shop/orders.py\n', README: 'Notes on crashes.\n' });

  openInFlight(folder, OWNER, LOG);

  expect(readdirSync(folder)).toHaveLength(2);
  expect(readdirSync(folder)).not.toContain(gone);
});

test('without a place for notes, work is done all the same', async () => {
  const folder = folderWith({ 'in-flight': 'a file where a folder should be' });

  const notes = openInFlight(join(folder, 'in-flight'), OWNER, LOG);

  expect(await notes.during('/srv/shop/orders.py', () => Promise.resolve(7))).toBe(7);
});

async function untilNoted(caches: string, path: string): Promise<void> {
  while (!notesIn(caches).some(note => note.includes(path))) await sleep(2);
}

function notesIn(caches: string): readonly string[] {
  const folder = join(caches, 'readiness', 'in-flight');
  return readdirSync(folder).map(name => readFileSync(join(folder, name), 'utf8'));
}
