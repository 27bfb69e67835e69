import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, writeFiles } from '../workspace/temp-folder.ts';
import type { AcceptedRow, FindingRow, RootModel } from '../../server/src/protocol/model.ts';
import { applyTo } from './edits.ts';
import { startServer, uriOf, type LanguageClient } from './language-client.ts';

const ORDERS = [
  'import requests',
  '',
  '',
  'def orders() -> str:',
  '    return requests.get("https://shop.example/orders").text',
  '',
  '',
  'def stock() -> str:',
  '    return requests.get("https://shop.example/stock").text',
  '',
].join('\n');

test('a finding is accepted with a reason, leaves the editor, and comes back when that is undone', async () => {
  const { client, shop } = await scannedShop({ 'orders.py': ORDERS });
  const [first, second] = await findings(client, shop);

  const accepted = await request(client, 'accept', { ...first, reason: ' the shop closes in May ' });

  expect(accepted).toBe(true);
  expect(baselineOf(shop)).toMatchObject({
    findings: [{ ruleId: 'http-timeout', path: 'orders.py', count: 1, reason: 'the shop closes in May' }],
  });
  expect(
    await client.diagnostics(join(shop, 'orders.py'), ({ diagnostics }) => diagnostics.length === 1),
  ).toBeDefined();
  expect(await findings(client, shop)).toMatchObject([{ fingerprint: second?.fingerprint, isNew: true }]);
  const [row] = await request<AcceptedRow[]>(client, 'accepted', { root: uriOf(shop) });
  expect(row).toMatchObject({ by: 'baseline', reason: 'the shop closes in May', fingerprint: first?.fingerprint });
  expect((await model(client)).baseline).toMatchObject({ exists: true, accepted: 1, removable: 0, fresh: 1 });

  const undone = await request(client, 'unaccept', { root: uriOf(shop), fingerprint: first?.fingerprint });

  expect(undone).toBe(true);
  expect(await findings(client, shop)).toHaveLength(2);
  expect(await request(client, 'unaccept', { root: uriOf(shop), fingerprint: first?.fingerprint })).toBe(false);
});

test('all findings of a rule are accepted at once', async () => {
  const { client, shop } = await scannedShop({ 'orders.py': ORDERS, 'worker/orders.py': ORDERS });

  const count = await request(client, 'acceptRule', { root: uriOf(shop), ruleId: 'http-timeout', reason: '' });

  expect(count).toBe(4);
  expect(await findings(client, shop)).toEqual([]);
  expect(JSON.stringify(baselineOf(shop))).not.toContain('reason');
});

test('accepting several findings at the same time loses none of them', async () => {
  const { client, shop } = await scannedShop({ 'orders.py': ORDERS, 'worker/orders.py': ORDERS });
  const rows = await findings(client, shop);

  await Promise.all(rows.map(row => request(client, 'accept', { ...row, reason: 'known' })));

  expect(baselineOf(shop).findings).toHaveLength(4);
  expect(await findings(client, shop)).toEqual([]);
});

test('what no longer occurs is counted, and pruned on request', async () => {
  const { client, shop } = await scannedShop({ 'orders.py': ORDERS });
  await request(client, 'acceptRule', { root: uriOf(shop), ruleId: 'http-timeout', reason: '' });
  const path = join(shop, 'orders.py');
  const text = ORDERS.replace('orders")', 'orders", timeout=3)');
  await client.open(path, text);
  await client.diagnostics(path, ({ version }) => version === 1);
  expect((await model(client)).baseline).toMatchObject({ accepted: 1, removable: 1 });

  expect(await request(client, 'pruneBaseline', { root: uriOf(shop) })).toBe(1);

  expect(baselineOf(shop).findings).toHaveLength(1);
  expect((await model(client)).baseline).toMatchObject({ accepted: 1, removable: 0 });
});

test('a baseline that can’t be read is not overwritten, and the answer says what is wrong', async () => {
  const { client, shop } = await scannedShop({ 'orders.py': ORDERS });
  const [first] = await findings(client, shop);
  writeFiles(shop, { '.readiness/baseline.json': '<<<<<<< HEAD\n' });

  const answer = request(client, 'accept', { ...first, reason: '' });

  await expect(answer).rejects.toThrow(/could not accept the finding: \.readiness\/baseline\.json has to be mended/);
  expect(readFileSync(join(shop, '.readiness/baseline.json'), 'utf8')).toBe('<<<<<<< HEAD\n');
});

test('a finding that is gone is not accepted', async () => {
  const { client, shop } = await scannedShop({ 'orders.py': ORDERS });
  const [first] = await findings(client, shop);

  expect(await request(client, 'accept', { ...first, fingerprint: 'gone', reason: '' })).toBe(false);
  expect(existsSync(join(shop, '.readiness'))).toBe(false);
});

test('without a baseline, findings are new that came after the first scan', async () => {
  const { client, shop } = await scannedShop({ 'orders.py': ORDERS });
  expect((await findings(client, shop)).map(({ isNew }) => isNew)).toEqual([false, false]);
  const path = join(shop, 'orders.py');

  await client.open(path, `${ORDERS}\n\ndef prices() -> str:\n    return requests.get("https://shop.example").text\n`);
  await client.diagnostics(path, ({ version }) => version === 1);

  expect((await findings(client, shop)).map(({ isNew }) => isNew)).toEqual([false, false, true]);
  expect((await model(client)).baseline).toMatchObject({ exists: false, fresh: 1 });
});

test('a comment that ignores findings is taken back, for all of its rules or for one', async () => {
  const code = '    return requests.get("https://shop.example/orders").text';
  const comment = '# readiness: ignore[http-timeout, bare-except] -- the shop closes in May';
  const text = ORDERS.replace(code, `${code}  ${comment}`);
  const { client, shop } = await scannedShop({ 'orders.py': text });
  const [row] = await request<AcceptedRow[]>(client, 'accepted', { root: uriOf(shop) });
  const { uri, range, ruleId } = row!;

  expect(await request(client, 'removeSuppression', { uri, range, ruleId })).toBe(true);
  expect(await request(client, 'removeSuppression', { uri, range })).toBe(true);

  const [one, all] = client.applied.all;
  expect(applyTo(text, uri, one)).toBe(text.replace('http-timeout, ', ''));
  expect(applyTo(text, uri, all)).toBe(ORDERS);
  const elsewhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } };
  expect(await request(client, 'removeSuppression', { uri, range: elsewhere })).toBe(false);
});

async function scannedShop(files: Readonly<Record<string, string>>) {
  const shop = folderWith(files);
  const client = await startServer({ folders: [shop] });
  await client.scanned();
  return { client, shop };
}

function request<Result = unknown>(client: LanguageClient, name: string, params: object): Promise<Result> {
  return client.connection.sendRequest<Result>(`readiness/${name}`, params);
}

function findings(client: LanguageClient, shop: string): Promise<FindingRow[]> {
  return request(client, 'allFindings', { root: uriOf(shop) });
}

async function model(client: LanguageClient): Promise<RootModel> {
  const [root] = await request<RootModel[]>(client, 'model', {});
  return root!;
}

function baselineOf(shop: string): { findings: readonly unknown[] } {
  return JSON.parse(readFileSync(join(shop, '.readiness/baseline.json'), 'utf8')) as { findings: readonly unknown[] };
}
