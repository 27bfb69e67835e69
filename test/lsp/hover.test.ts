import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Hover, Position } from 'vscode-languageserver/node';
import { folderWith } from '../workspace/temp-folder.ts';
import { rangeOf } from './edits.ts';
import { startServer, uriOf } from './language-client.ts';

const ORDERS = [
  'import requests',
  '',
  'requests.get("https://shop.example/orders")',
  'requests.get("https://shop.example/stock")  # readiness: ignore[http-timeout, bare-except] -- a cron job',
  '',
].join('\n');

test('a finding explains its rule, with a link to the page on this machine', async () => {
  const hover = await hoverAt(rangeOf(ORDERS, 'get(').start);

  expect(hover).toContain('**Outbound call without a timeout**');
  expect(hover).toContain('reliability · high · suggested fix');
  expect(hover).toMatch(/\[Open the page of `http-timeout`\]\(file:\S+http-timeout\/README\.md\)/);
});

test('a rule id in a suppression explains its rule, and what the comment ignores', async () => {
  const hover = await hoverAt(rangeOf(ORDERS, 'bare-except').start);

  expect(hover).toContain('[Open the page of `bare-except`]');
  expect(hover).toContain(
    'Ignores `http-timeout` (1 finding), `bare-except` (0 findings) on line 4. Reason: a cron job',
  );
});

test('the reason of a suppression says what it is the reason for', async () => {
  expect(await hoverAt(rangeOf(ORDERS, 'cron job').start)).toBe(
    'Ignores `http-timeout` (1 finding), `bare-except` (0 findings) on line 4. Reason: a cron job',
  );
});

test('there is nothing to say about code without a finding', async () => {
  expect(await hoverAt(rangeOf(ORDERS, 'import').start)).toBeUndefined();
});

test('a client with a command for pages gets links that call it', async () => {
  const hover = await hoverAt(rangeOf(ORDERS, 'get(').start, { commands: ['readiness.openRule'] });

  expect(hover).toContain('(command:readiness.openRule?%5B%22http-timeout%22%5D)');
});

async function hoverAt(position: Position, initializationOptions?: unknown): Promise<string | undefined> {
  const shop = folderWith({ 'orders.py': ORDERS });
  const client = await startServer({ folders: [shop], initializationOptions });
  const path = join(shop, 'orders.py');
  await client.open(path, ORDERS);
  await client.diagnostics(path, ({ version }) => version === 1);
  const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', {
    textDocument: { uri: uriOf(path) },
    position,
  });
  return hover === null ? undefined : (hover.contents as { value: string }).value;
}
