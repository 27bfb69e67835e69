import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RootModel } from '../../server/src/protocol/model.ts';
import { folderWith } from '../workspace/temp-folder.ts';
import { startServer, VSCODE_LIKE, type LanguageClient } from './language-client.ts';

const CALL = 'requests.get("https://shop.example/orders")\n';
const BARE = 'try:\n    print("open")\nexcept:\n    pass\n';
const THREE_CALLS = `import requests\n\n${CALL.repeat(3)}`;

test('of a file with many findings the most urgent ones are shown, and the rest is counted', async () => {
  const text = `import requests\n\n${BARE}${CALL.repeat(3)}`;
  const shop = folderWith({ 'orders.py': text });
  const { client } = await started([shop], { maxDiagnosticsPerFile: 3 });

  const shown = await client.diagnostics(join(shop, 'orders.py'), ({ diagnostics }) => diagnostics.length === 3);

  const root = await model(client);
  expect(Math.max(...shown.map(({ severity }) => severity ?? 0))).toBeLessThanOrEqual(2);
  expect(root.unpublished).toEqual({ findings: total(root) - 3, files: 1 });
});

test('closed files share a limit, a file that somebody looks at is shown all the same, and room is used again', async () => {
  const shop = folderWith({ 'a.py': THREE_CALLS, 'b.py': THREE_CALLS });
  const { client } = await started([shop], { maxDiagnostics: 4 });
  await client.published.until(() => shownNow(client) === 4);
  expect((await model(client)).unpublished).toEqual({ findings: 2, files: 1 });

  await client.open(join(shop, 'a.py'), THREE_CALLS);
  await client.open(join(shop, 'b.py'), THREE_CALLS);
  await client.published.until(() => shownNow(client) === 6);
  await client.close(join(shop, 'a.py'));
  await client.published.until(() => shownNow(client) === 4);
  await client.change(join(shop, 'b.py'), 2, [{ text: 'print("closed")\n' }]);

  await client.published.until(() => shownNow(client) === 3);
  expect((await model(client)).unpublished).toEqual({ findings: 0, files: 0 });
});

test('limits take effect as soon as they are changed', async () => {
  const shop = folderWith({ 'orders.py': THREE_CALLS });
  const { client, settings } = await started([shop], { maxDiagnosticsPerFile: 1 });
  await client.published.until(() => shownNow(client) === 1);

  settings.maxDiagnosticsPerFile = 2;
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });

  await client.published.until(() => shownNow(client) === 2);
});

test('a client that pushes its settings is listened to, and mistakes in them change nothing', async () => {
  const shop = folderWith({ 'orders.py': THREE_CALLS });
  const client = await startServer({ folders: [shop] });
  await client.scanned();
  const push = (settings: unknown) =>
    client.connection.sendNotification('workspace/didChangeConfiguration', { settings });

  await push({ readiness: { maxDiagnosticsPerFile: 1 } });
  await client.published.until(() => shownNow(client) === 1);
  await push({ readiness: { maxDiagnosticsPerFile: 'many' } });

  await client.published.until(() => shownNow(client) === 3);
});

test('a checkout that changes hundreds of files is looked at in one scan', async () => {
  const names = Array.from({ length: 600 }, (_, index) => `orders_${index}.py`);
  const shop = folderWith(Object.fromEntries(names.map(name => [name, 'print("open")\n'])));
  const client = await startServer({ folders: [shop] });
  await client.scanned();

  for (const name of names) await client.changedOnDisk({ [join(shop, name)]: 2 });
  await client.scanned(2);
  await client.connection.sendRequest('readiness/model', {});

  const begun = client.progress.all.filter(({ value }) => value.kind === 'begin');
  expect(begun).toHaveLength(2);
});

async function started(folders: readonly string[], settings: Record<string, unknown>) {
  const { workspace, ...rest } = VSCODE_LIKE;
  const capabilities = { ...rest, workspace: { ...workspace, configuration: true } };
  const client = await startServer({ folders, capabilities, settings: () => settings });
  await client.scanned(folders.length);
  return { client, settings };
}

/** Problems in all files, as the client shows them. */
function shownNow(client: LanguageClient): number {
  const latest = new Map(client.published.all.map(({ uri, diagnostics }) => [uri, diagnostics.length]));
  return [...latest.values()].reduce((sum, count) => sum + count, 0);
}

function total({ counts }: RootModel): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

async function model(client: LanguageClient): Promise<RootModel> {
  const [root] = await client.connection.sendRequest<RootModel[]>('readiness/model', {});
  return root!;
}
