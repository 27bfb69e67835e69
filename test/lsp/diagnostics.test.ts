import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, writeFiles } from '../workspace/temp-folder.ts';
import { replacing } from './edits.ts';
import { startServer, uriOf } from './language-client.ts';

const ORDERS = 'import requests\n\n\ndef orders(url: str):\n    return requests.get(url)\n';
const MENDED = ORDERS.replace('get(url)', 'get(url, timeout=5)');

test('a file that is opened shows its findings with its version', async () => {
  const shop = folderWith({ 'orders.py': ORDERS });
  const client = await startServer({ folders: [shop] });

  await client.open(join(shop, 'orders.py'), ORDERS);
  const params = await client.published.last(
    ({ uri }) => uri === uriOf(join(shop, 'orders.py')),
    ({ version }) => version === 1,
  );

  expect(params.diagnostics).toMatchObject([
    {
      code: 'http-timeout',
      source: 'Readiness',
      severity: 2,
      range: { start: { line: 4, character: 11 }, end: { line: 4, character: 23 } },
      data: { priority: 'high', fix: 'suggested' },
    },
  ]);
  expect(params.diagnostics[0]?.codeDescription?.href).toMatch(/^file:.*rules\/reliability\/http-timeout\/README\.md$/);
});

test('findings follow unsaved text', async () => {
  const shop = folderWith({ 'orders.py': MENDED });
  const client = await startServer({ folders: [shop] });
  const path = join(shop, 'orders.py');
  await client.open(path, MENDED);
  expect(await client.diagnostics(path, ({ version }) => version === 1)).toEqual([]);

  await client.change(path, 2, [replacing(MENDED, ', timeout=5', '')]);
  const broken = await client.diagnostics(path, ({ version }) => version === 2);
  expect(broken.map(({ code }) => code)).toEqual(['http-timeout']);

  await client.change(path, 3, [replacing(ORDERS, 'get(url)', 'get(url, timeout=5)')]);
  expect(await client.diagnostics(path, ({ version }) => version === 3)).toEqual([]);
});

test('several changes in one message are applied one after the other', async () => {
  const shop = folderWith({});
  const client = await startServer({ folders: [shop] });
  const path = join(shop, 'orders.py');
  await client.open(path, '');

  await client.change(path, 2, [
    { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: 'import requests\n' },
    { range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, text: 'requests.get("🛒", )\n' },
    { range: { start: { line: 1, character: 17 }, end: { line: 1, character: 19 } }, text: '' },
    { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '# Orders 🛒\n' },
  ]);

  const diagnostics = await client.diagnostics(path, ({ version }) => version === 2);
  expect(diagnostics.map(({ range }) => range)).toEqual([
    { start: { line: 2, character: 0 }, end: { line: 2, character: 12 } },
  ]);
});

test('while somebody types, only the last version is published', async () => {
  const shop = folderWith({});
  const client = await startServer({ folders: [shop] });
  const path = join(shop, 'orders.py');
  await client.open(path, ORDERS);
  await client.diagnostics(path, ({ version }) => version === 1);

  for (let version = 2; version <= 20; version++) {
    const start = { line: 0, character: 0 };
    await client.change(path, version, [{ range: { start, end: start }, text: '\n' }]);
  }
  const diagnostics = await client.diagnostics(path, ({ version }) => version === 20);

  expect(diagnostics.map(({ range }) => range.start.line)).toEqual([4 + 19]);
  const versions = client.published.all.map(({ version }) => version);
  expect(versions).toEqual([...versions].sort((left = 0, right = 0) => left - right));
  expect(versions.length).toBeLessThan(20);
});

test('saving publishes without waiting for the pause in typing', async () => {
  const shop = folderWith({});
  const client = await startServer({ folders: [shop] });
  const path = join(shop, 'orders.py');
  await client.open(path, MENDED);
  await client.diagnostics(path, ({ version }) => version === 1);

  await client.change(path, 2, [replacing(MENDED, ', timeout=5', '')]);
  await client.save(path);

  expect(await client.diagnostics(path, ({ version }) => version === 2)).toHaveLength(1);
});

test('files that nobody has opened are scanned, in nested folders too', async () => {
  const shop = folderWith({ 'shop/clients/prices with blanks/größe.py': ORDERS, 'shop/tidy.py': MENDED });
  const client = await startServer({ folders: [shop] });

  const path = join(shop, 'shop/clients/prices with blanks/größe.py');
  expect(await client.diagnostics(path)).toHaveLength(1);
  await client.scanned();
  expect(client.published.all.map(({ uri }) => uri)).toEqual([uriOf(path)]);
});

test('closing a document without saving brings back what is on disk', async () => {
  const shop = folderWith({ 'orders.py': MENDED });
  const client = await startServer({ folders: [shop] });
  const path = join(shop, 'orders.py');
  await client.scanned();
  await client.open(path, ORDERS);
  expect(await client.diagnostics(path, ({ version }) => version === 1)).toHaveLength(1);

  await client.close(path);

  expect(await client.diagnostics(path, ({ version }) => version === undefined)).toEqual([]);
});

test('changes on disk are seen, and findings of vanished files and folders are taken back', async () => {
  const shop = folderWith({ 'orders.py': ORDERS, 'old/prices.py': ORDERS, 'old/stock.py': ORDERS });
  const client = await startServer({ folders: [shop] });
  await client.scanned();
  await client.diagnostics(join(shop, 'old/stock.py'));

  writeFiles(shop, { 'orders.py': MENDED, 'new.py': ORDERS });
  rmSync(join(shop, 'old'), { recursive: true });
  await client.changedOnDisk({ [join(shop, 'orders.py')]: 2, [join(shop, 'new.py')]: 1, [join(shop, 'old')]: 3 });

  expect(await client.diagnostics(join(shop, 'new.py'))).toHaveLength(1);
  expect(await client.diagnostics(join(shop, 'orders.py'), ({ diagnostics }) => diagnostics.length === 0)).toEqual([]);
  for (const gone of ['old/prices.py', 'old/stock.py']) {
    expect(await client.diagnostics(join(shop, gone), ({ diagnostics }) => diagnostics.length === 0)).toEqual([]);
  }
});

test('a document outside of all folders is reviewed while it is open, and nothing around it', async () => {
  const [shop, elsewhere] = [folderWith({}), folderWith({ 'script.py': ORDERS, 'other.py': ORDERS })];
  const client = await startServer({ folders: [shop] });
  await client.scanned();
  const path = join(elsewhere, 'script.py');

  await client.open(path, ORDERS);
  expect(await client.diagnostics(path)).toHaveLength(1);
  await client.close(path);

  expect(await client.diagnostics(path, ({ diagnostics }) => diagnostics.length === 0)).toEqual([]);
  expect(new Set(client.published.all.map(({ uri }) => uri))).toEqual(new Set([uriOf(path)]));
});

test('documents that are no files are left alone', async () => {
  const shop = folderWith({ 'orders.py': ORDERS });
  const client = await startServer({ folders: [shop] });
  for (const uri of [
    'untitled:Untitled-1',
    'git:/shop/orders.py?%7B%7D',
    'vscode-vfs://github/shop/orders.py',
    'nonsense',
  ]) {
    const textDocument = { uri, languageId: 'python', version: 1, text: ORDERS };
    await client.connection.sendNotification('textDocument/didOpen', { textDocument });
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  expect(await client.diagnostics(join(shop, 'orders.py'))).toHaveLength(1);
  expect(client.published.all.every(({ uri }) => uri.startsWith('file:'))).toBe(true);
  expect(client.logs.all.filter(message => message.includes('Failed'))).toEqual([]);
});

test('the client’s own spelling of a URI is used for an open document', async () => {
  const shop = folderWith({ 'orders+prices.py': ORDERS });
  const client = await startServer({ folders: [shop] });
  const spelled = `${uriOf(shop)}/orders%2Bprices%2Epy`;

  await client.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri: spelled, languageId: 'python', version: 7, text: ORDERS },
  });

  const params = await client.published.last(({ version }) => version === 7);
  expect(params.uri).toBe(spelled);
  expect(params.diagnostics).toHaveLength(1);
});
