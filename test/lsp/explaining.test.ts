import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FindingRow } from '../../server/src/protocol/model.ts';
import { folderWith } from '../workspace/temp-folder.ts';
import { startServer, uriOf, type LanguageClient } from './language-client.ts';

const ORDERS = [
  'import requests',
  '',
  'requests.get("https://shop.example/orders")',
  'requests.get("https://shop.example/stock")  # readiness: ignore[http-timeout] -- a cron job',
  '',
].join('\n');

test('a finding is explained by its rule, its facts and the page', async () => {
  const { client, shop } = await scannedShop({ 'orders.py': ORDERS });
  const [finding] = await findings(client, shop);

  const explained = await request(client, 'explainFinding', finding!);

  expect(explained).toContain('`orders.py`, line 3, column 1');
  expect(explained).toContain(finding!.message);
  expect(explained).toContain('- Rule: `http-timeout`, reliability');
  expect(explained).toMatch(/\[The whole page\]\(file:\S+README\.md\)/);
  expect(await request(client, 'explainFinding', { ...finding!, fingerprint: 'gone' })).toBeNull();
});

test('a file is explained by the configuration in force, its kind, changed rules and suppressions', async () => {
  const { client, shop } = await scannedShop({
    'orders.py': ORDERS,
    'readiness.yaml': 'tier: critical\nrules:\n  bare-except: off\n  http-timeout: low\n',
  });

  const explained = await request(client, 'explainFile', { uri: uriOf(join(shop, 'orders.py')) });

  expect(explained).toContain('**It takes part in the review.**');
  expect(explained).toContain(`[readiness.yaml](${uriOf(join(shop, 'readiness.yaml'))})`);
  expect(explained).toContain('*critical*');
  expect(explained).toContain('source code of the service');
  expect(explained).toContain('- `bare-except` is off.');
  expect(explained).toContain('- `http-timeout`: priority low.');
  expect(explained).toContain('- Line 4 ignores `http-timeout` on line 4: a cron job.');
});

test('a file that is left out is told why', async () => {
  const { client, shop } = await scannedShop({
    '.gitignore': 'generated.py\n',
    'readiness.yaml': 'exclude: ["legacy/**"]\n',
    'generated.py': ORDERS,
    'legacy/orders.py': ORDERS,
    'notes.txt': 'Call the publisher.\n',
  });
  const why = (path: string) => request(client, 'explainFile', { uri: uriOf(join(shop, path)) });

  expect(await why('generated.py')).toContain('`.gitignore`');
  expect(await why('legacy/orders.py')).toContain('`exclude` has the pattern `legacy/**`');
  expect(await why('notes.txt')).toContain('No front end reads this kind of file.');
  expect(await request(client, 'explainFile', { uri: 'file:///elsewhere/orders.py' })).toBeNull();
});

test('the last analysis of an open document has its time', async () => {
  const { client, shop } = await scannedShop({ 'orders.py': ORDERS });
  const uri = uriOf(join(shop, 'orders.py'));
  expect(await request(client, 'timing', { uri })).toBeNull();

  await client.open(join(shop, 'orders.py'), ORDERS);
  await client.diagnostics(join(shop, 'orders.py'), ({ version }) => version === 1);

  expect(await request(client, 'timing', { uri })).toMatchObject({ milliseconds: expect.any(Number) as number });
});

test('a report is written in each format, about the texts as they are now', async () => {
  const { client, shop } = await scannedShop({ 'orders.py': ORDERS });
  const report = (format: string) => request(client, 'report', { root: uriOf(shop), format });

  const [markdown, html, sarif, json] = [
    await report('markdown'),
    await report('html'),
    JSON.parse((await report('sarif')) ?? '') as { runs: { results: { ruleId: string }[] }[] },
    JSON.parse((await report('json')) ?? '') as object,
  ];

  expect(markdown).toMatch(/^# /);
  expect(html).toMatch(/^<!doctype html>/i);
  expect(sarif.runs[0]?.results.map(({ ruleId }) => ruleId)).toContain('http-timeout');
  expect(JSON.stringify(json)).toContain('http-timeout');
  expect(await request(client, 'report', { root: 'file:///elsewhere', format: 'html' })).toBeNull();
});

test('a finding becomes a task for an assistant', async () => {
  const { client, shop } = await scannedShop({ 'orders.py': ORDERS });
  const [finding] = await findings(client, shop);

  const task = await request(client, 'task', finding!);

  expect(task).toContain('orders.py:3');
  expect(task).toContain(finding!.message);
});

async function scannedShop(files: Readonly<Record<string, string>>) {
  const shop = folderWith(files);
  const client = await startServer({ folders: [shop] });
  await client.scanned();
  return { client, shop };
}

function request(client: LanguageClient, name: string, params: object): Promise<string | null> {
  return client.connection.sendRequest(`readiness/${name}`, params);
}

async function findings(client: LanguageClient, shop: string): Promise<FindingRow[]> {
  return client.connection.sendRequest('readiness/findings', { root: uriOf(shop), ruleId: 'http-timeout' });
}
