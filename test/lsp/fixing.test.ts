import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FindingRow } from '../../server/src/protocol/model.ts';
import { folderWith } from '../workspace/temp-folder.ts';
import { applyTo } from './edits.ts';
import { startServer, uriOf, VSCODE_LIKE, withChangeAnnotations, type LanguageClient } from './language-client.ts';

const ORDERS = 'import requests\n\nrequests.get("https://shop.example/orders")\n';
const FIXED = ORDERS.replace('orders")', 'orders", timeout=30)');

test('a finding is fixed without a lightbulb', async () => {
  const { client, shop } = await scannedShop();
  const [finding] = await findings(client, shop);

  expect(await request(client, 'fix', { ...finding, preview: false })).toBe(true);

  const [edit] = client.applied.all;
  expect(applyTo(ORDERS, uriOf(join(shop, 'orders.py')), edit)).toBe(FIXED);
  expect(Object.values(edit?.changeAnnotations ?? {})).toMatchObject([{ needsConfirmation: false }]);
  expect(await request(client, 'fix', { ...finding, fingerprint: 'gone', preview: false })).toBe(false);
});

test('a fix can be looked at before: as a diff, or in the preview of the client', async () => {
  const { client, shop } = await scannedShop();
  const [finding] = await findings(client, shop);

  const preview = await request(client, 'previewFix', { ...finding });
  await request(client, 'fix', { ...finding, preview: true });

  expect(preview).toMatchObject({
    applicability: 'suggested',
    diff: expect.stringContaining('+requests.get("https://shop.example/orders", timeout=30)\n') as string,
  });
  expect(Object.values(client.applied.all[0]?.changeAnnotations ?? {})).toMatchObject([{ needsConfirmation: true }]);
});

test('a diff for a language model shows no secret, be it in the editor or on the disk', async () => {
  const [saved, typed] = ['q8Zt2LvX0pRn4mWc7YaK9sDe', 'Wm3kPz7TqX1vBn5RcY8dLs2F'];
  const code = `import os\n\nPAYMENT_API_KEY = "${saved}"\n`;
  const shop = folderWith({ 'till.py': code });
  const client = await startServer({ folders: [shop], capabilities: withChangeAnnotations(VSCODE_LIKE) });
  await client.scanned();
  const preview = async (): Promise<unknown> =>
    request(client, 'previewFix', { ...(await findings(client, shop, 'hardcoded-secret'))[0] });

  const onDisk = await preview();
  await client.open(join(shop, 'till.py'), code.replace(saved, typed));
  await client.diagnostics(join(shop, 'till.py'), ({ version }) => version === 1);
  const inEditor = await preview();

  const diff = '-PAYMENT_API_KEY = •••\n+PAYMENT_API_KEY = os.environ["PAYMENT_API_KEY"]\n';
  expect([onDisk, inEditor]).toMatchObject([
    { diff: expect.stringContaining(diff) as string },
    { diff: expect.stringContaining(diff) as string },
  ]);
});

test('all findings of a rule are fixed in all files, and the client asks first', async () => {
  const { client, shop } = await scannedShop();

  const count = await request(client, 'fixRule', { root: uriOf(shop), ruleId: 'http-timeout', preview: false });

  expect(count).toBe(2);
  const [edit] = client.applied.all;
  for (const path of ['orders.py', 'worker/orders.py']) {
    expect(applyTo(ORDERS, uriOf(join(shop, path)), edit)).toBe(FIXED);
  }
  expect(Object.values(edit?.changeAnnotations ?? {})).toMatchObject([{ needsConfirmation: true }]);
  expect(await request(client, 'fixRule', { root: uriOf(shop), ruleId: 'bare-except', preview: false })).toBe(0);
});

async function scannedShop() {
  const shop = folderWith({ 'orders.py': ORDERS, 'worker/orders.py': ORDERS });
  const client = await startServer({ folders: [shop], capabilities: withChangeAnnotations(VSCODE_LIKE) });
  await client.scanned();
  return { client, shop };
}

function request(client: LanguageClient, name: string, params: object): Promise<unknown> {
  return client.connection.sendRequest(`readiness/${name}`, params);
}

async function findings(client: LanguageClient, shop: string, ruleId = 'http-timeout'): Promise<FindingRow[]> {
  return client.connection.sendRequest('readiness/findings', { root: uriOf(shop), ruleId });
}
