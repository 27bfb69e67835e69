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
  expect(hover).toContain('reliability · high priority · suggested fix');
  expect(hover).toMatch(/\[Open the page of `http-timeout`\]\(file:\S+http-timeout\/README\.md\)$/);
});

test('a finding that rests on other places links to them before the page', async () => {
  const requirements = 'httpx==0.25.2\n';
  const hover = await hoverAt({ line: 0, character: 0 }, undefined, {
    'requirements.txt': requirements,
    'pyproject.toml': '[project]\nname = "shop"\ndependencies = ["httpx>=0.27"]\n',
  });

  expect(hover).toMatch(
    /\n- \[pyproject\.toml:3\]\(file:\S+pyproject\.toml#L3\): `httpx` is declared .*\n\n\[Open the page/,
  );
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

/** The hover at a place of the first file, once its findings are known. */
async function hoverAt(
  position: Position,
  initializationOptions?: unknown,
  files: Readonly<Record<string, string>> = { 'orders.py': ORDERS },
): Promise<string | undefined> {
  const shop = folderWith(files);
  const client = await startServer({ folders: [shop], initializationOptions });
  const [name = '', text = ''] = Object.entries(files)[0] ?? [];
  const path = join(shop, name);
  await client.open(path, text);
  await client.diagnostics(path, ({ version, diagnostics }) => version === 1 && diagnostics.length > 0);
  const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', {
    textDocument: { uri: uriOf(path) },
    position,
  });
  return hover === null ? undefined : (hover.contents as { value: string }).value;
}
