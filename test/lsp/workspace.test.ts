import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PublishDiagnosticsParams, Range } from 'vscode-languageserver/node';
import type { RootModel } from '../../server/src/protocol/model.ts';
import { folderWith, writeFiles } from '../workspace/temp-folder.ts';
import { rangeOf } from './edits.ts';
import { startServer, uriOf } from './language-client.ts';

const ORDERS = 'import requests\n\nrequests.get("https://shop.example/orders")\n';
const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const EXCEPTS =
  'def total(prices):\n    try:\n        return sum(prices)\n    except:\n        print("no prices")\n        return 0\n';

test('each of several folders is scanned with progress that ends', async () => {
  const [shop, warehouse] = [folderWith({ 'orders.py': ORDERS }), folderWith({ 'stock.py': ORDERS })];
  const client = await startServer({ folders: [shop, warehouse] });
  await client.scanned(2);

  expect(await client.diagnostics(join(shop, 'orders.py'))).toHaveLength(1);
  expect(await client.diagnostics(join(warehouse, 'stock.py'))).toHaveLength(1);
  const begun = client.progress.all.filter(({ value }) => value.kind === 'begin').map(({ value }) => value.title);
  expect(begun).toHaveLength(2);
  const tokens = new Set(client.progress.all.map(({ token }) => token));
  for (const each of tokens) {
    const kinds = client.progress.all.filter(({ token }) => token === each).map(({ value }) => value.kind);
    expect([kinds[0], kinds.at(-1)]).toEqual(['begin', 'end']);
  }
});

test('folders that start at the same time don’t disturb each other', async () => {
  const folders = Array.from({ length: 4 }, (_, index) =>
    folderWith({ [`orders_${index}.py`]: ORDERS, 'excepts.py': EXCEPTS }),
  );
  const client = await startServer({ folders });
  const paths = folders.map(folder => join(folder, 'typed.py'));
  for (const path of paths) await client.open(path, EXCEPTS);

  for (const path of paths) {
    const found = await client.diagnostics(path, ({ version }) => version === 1);
    expect(found.map(({ code }) => code)).toContain('bare-except');
  }
  for (const path of paths) await client.change(path, 2, [{ range: START, text: ORDERS }]);

  for (const path of paths) {
    const found = await client.diagnostics(path, ({ version }) => version === 2);
    expect(found.map(({ code }) => code)).toEqual(expect.arrayContaining(['http-timeout', 'bare-except']));
  }
});

test('a file in a folder inside a folder belongs to the inner one, and has its findings once', async () => {
  const shop = folderWith({ 'orders.py': ORDERS, 'worker/stock.py': ORDERS });
  const worker = join(shop, 'worker');
  const client = await startServer({ folders: [shop, worker] });
  await client.scanned(2);
  const models = await client.connection.sendRequest<RootModel[]>('readiness/model', {});

  const rows = await Promise.all(
    models.map(({ uri }) =>
      client.connection.sendRequest<{ uri: string }[]>('readiness/findings', { root: uri, ruleId: 'http-timeout' }),
    ),
  );

  expect(models.map(({ uri }) => uri)).toEqual([uriOf(shop), uriOf(worker)]);
  expect(rows.map(list => list.map(({ uri }) => uri))).toEqual([
    [uriOf(join(shop, 'orders.py'))],
    [uriOf(join(worker, 'stock.py'))],
  ]);
  // Each counts for the score of its own root alone.
  expect(models.map(({ files, counts }) => [files, counts.high])).toEqual([
    [1, 1],
    [1, 1],
  ]);
  const outcomes = models.map(({ rules }) => rules.find(({ ruleId }) => ruleId === 'http-timeout')?.outcome);
  expect(outcomes).toEqual(
    [1, 1].map(() => ({ ruleId: 'http-timeout', kind: 'failed', examined: 1, failed: 1, accepted: 0 })),
  );
});

test('a folder that is removed takes its findings along, and one that is added brings its own', async () => {
  const [shop, warehouse] = [folderWith({ 'orders.py': ORDERS }), folderWith({ 'stock.py': ORDERS })];
  const client = await startServer({ folders: [shop] });
  await client.open(join(shop, 'orders.py'), ORDERS);
  await client.scanned();
  await client.diagnostics(join(shop, 'orders.py'));

  await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
    event: { added: [{ uri: uriOf(warehouse), name: 'warehouse' }], removed: [{ uri: uriOf(shop), name: 'shop' }] },
  });

  expect(await client.diagnostics(join(warehouse, 'stock.py'))).toHaveLength(1);
  const models = await client.connection.sendRequest<{ name: string }[]>('readiness/model', {});
  expect(models.map(({ name }) => name)).toEqual(['warehouse']);
  // The document is still open, so it is reviewed by itself now.
  const orders = client.published.all.filter(({ uri }) => uri === uriOf(join(shop, 'orders.py')));
  expect(orders.some(({ diagnostics }) => diagnostics.length === 0)).toBe(true);
  expect(await client.diagnostics(join(shop, 'orders.py'), hasFindings)).toHaveLength(1);
});

test('a configuration that can’t be read is shown at its place, keeps the last good one, and stops fix-all', async () => {
  const shop = folderWith({
    'excepts.py': EXCEPTS,
    'orders.py': ORDERS,
    'readiness.yaml': 'rules:\n  http-timeout: off\n',
  });
  const client = await startServer({ folders: [shop] });
  await client.scanned();
  await client.diagnostics(join(shop, 'excepts.py'), hasFindings);
  const broken = 'rules:\n  http-timeout: {{ off\n';

  writeFiles(shop, { 'readiness.yaml': broken });
  await client.changedOnDisk({ [join(shop, 'readiness.yaml')]: 2 });
  const [problem] = await client.diagnostics(join(shop, 'readiness.yaml'), hasFindings);
  await client.open(join(shop, 'excepts.py'), EXCEPTS);
  await client.diagnostics(join(shop, 'excepts.py'), ({ version }) => version === 1);

  expect(problem).toMatchObject({ severity: 1, source: 'Readiness' });
  expect(problem?.range.start.line).toBeGreaterThan(0);
  expect(client.published.all.filter(({ uri }) => uri === uriOf(join(shop, 'orders.py')))).toEqual([]);
  expect(await fixAllEdit()).toBeUndefined();

  writeFiles(shop, { 'readiness.yaml': 'rules: {}\n' });
  await client.changedOnDisk({ [join(shop, 'readiness.yaml')]: 2 });
  await client.diagnostics(join(shop, 'readiness.yaml'), ({ diagnostics }) => diagnostics.length === 0);
  expect(await client.diagnostics(join(shop, 'orders.py'), hasFindings)).toHaveLength(1);
  expect(await fixAllEdit()).toBeDefined();

  async function fixAllEdit(): Promise<unknown> {
    const range = rangeOf(EXCEPTS, EXCEPTS);
    const [action] = await client.actions(join(shop, 'excepts.py'), range, { only: ['source.fixAll'] });
    if (action === undefined) return undefined;
    return (await client.connection.sendRequest<{ edit?: unknown }>('codeAction/resolve', action)).edit;
  }
});

test('a configuration takes effect as soon as it is on disk', async () => {
  const shop = folderWith({ 'orders.py': ORDERS });
  const client = await startServer({ folders: [shop] });
  await client.scanned();
  expect(await client.diagnostics(join(shop, 'orders.py'))).toHaveLength(1);

  writeFiles(shop, { 'readiness.yaml': 'rules:\n  http-timeout: off\n' });
  await client.changedOnDisk({ [join(shop, 'readiness.yaml')]: 1 });
  expect(await client.diagnostics(join(shop, 'orders.py'), isClean)).toEqual([]);

  rmSync(join(shop, 'readiness.yaml'));
  await client.changedOnDisk({ [join(shop, 'readiness.yaml')]: 3 });
  expect(await client.diagnostics(join(shop, 'orders.py'), hasFindings)).toHaveLength(1);
});

test('the client is asked to watch what matters, and no folder of packages', async () => {
  const client = await startServer({ folders: [folderWith({})] });
  await client.registered.until(all => all.some(({ method }) => method === 'workspace/didChangeWatchedFiles'));

  const { registerOptions } = client.registered.all.find(({ method }) => method === 'workspace/didChangeWatchedFiles')!;
  const { watchers } = registerOptions as { watchers: { globPattern: string; kind?: number }[] };

  expect(watchers.filter(({ kind }) => kind === undefined).every(({ globPattern }) => /\.|git/.test(globPattern))).toBe(
    true,
  );
  expect(watchers.some(({ globPattern }) => globPattern.includes('readiness.yaml'))).toBe(true);
});

test('a scan can be cancelled, and started again', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 400 }, (_, index) => [`shop/orders_${index}.py`, ORDERS.repeat(40)]),
  );
  const shop = folderWith(files);
  const client = await startServer({ folders: [shop] });
  await client.progress.until(events => events.some(({ value }) => value.kind === 'begin'));

  const token = client.progress.all[0]?.token;
  await client.connection.sendNotification('window/workDoneProgress/cancel', { token });
  await client.scanned();
  const { scanned } = await activity();
  await client.connection.sendRequest('readiness/scan', {});

  expect(scanned).toBe(false);
  expect((await activity()).scanned).toBe(true);
  expect(new Set(client.published.all.map(({ uri }) => uri)).size).toBe(400);

  async function activity(): Promise<{ kind: string; scanned?: boolean }> {
    const [model] = await client.connection.sendRequest<{ activity: { kind: string } }[]>('readiness/model', {});
    return model!.activity;
  }
});

test('the panel’s model has the score, outcomes in places, and findings with their lines', async () => {
  const mended = ORDERS.replace('orders")', 'orders", timeout=3)');
  const shop = folderWith({ 'orders.py': ORDERS, 'stock.py': mended });
  const client = await startServer({ folders: [shop] });
  await client.scanned();

  const [model] = await client.connection.sendRequest<Model[]>('readiness/model', {});
  const rule = model!.rules.find(({ ruleId }) => ruleId === 'http-timeout');
  const rows = await client.connection.sendRequest<FindingRow[]>('readiness/findings', {
    root: model!.uri,
    ruleId: 'http-timeout',
  });

  expect(model).toMatchObject({ activity: { kind: 'idle', scanned: true }, counts: { high: 1 } });
  expect(model!.score).toMatchObject({ wanted: 'standard', blocking: [{ ruleId: 'http-timeout', findings: 1 }] });
  expect(rule).toMatchObject({ aspect: 'reliability', findings: 1, outcome: { kind: 'failed', failed: 1 } });
  expect(rows).toMatchObject([{ path: 'orders.py', range: { start: { line: 2, character: 0 } } }]);
});

test('what a comment accepts is listed with its reason, at the comment', async () => {
  const line = 'requests.get("https://shop.example/orders")  # readiness: ignore[http-timeout] -- a nightly job';
  const shop = folderWith({ 'orders.py': `import requests\n\n${line}\n` });
  const client = await startServer({ folders: [shop] });
  await client.scanned();

  const [model] = await client.connection.sendRequest<(Model & { accepted: object })[]>('readiness/model', {});
  const rows = await client.connection.sendRequest('readiness/accepted', { root: model!.uri });

  expect(model!.accepted).toMatchObject({ count: 1 });
  expect(rows).toMatchObject([
    {
      ruleId: 'http-timeout',
      path: 'orders.py',
      reason: 'a nightly job',
      range: { start: { line: 2, character: 45 } },
    },
  ]);
});

test('the client is told when the panel is out of date', async () => {
  const shop = folderWith({ 'orders.py': ORDERS });
  const client = await startServer({ folders: [shop] });
  const changes: { model: boolean }[] = [];
  client.connection.onNotification('readiness/changed', (params: { model: boolean }) => {
    changes.push(params);
  });
  await client.scanned();
  const path = join(shop, 'orders.py');
  await client.open(path, readFileSync(path, 'utf8'));
  await client.diagnostics(path, ({ version }) => version === 1);
  const before = changes.length;

  await client.change(path, 2, [{ text: '' }]);
  await client.diagnostics(path, ({ version }) => version === 2);
  await expect.poll(() => changes.slice(before).some(({ model }) => model), { timeout: 5000 }).toBe(true);
});

interface Model {
  readonly uri: string;
  readonly score: object;
  readonly rules: readonly { readonly ruleId: string }[];
}

interface FindingRow {
  readonly path: string;
  readonly range: Range;
}

function hasFindings({ diagnostics }: PublishDiagnosticsParams): boolean {
  return diagnostics.length > 0;
}

function isClean({ diagnostics }: PublishDiagnosticsParams): boolean {
  return diagnostics.length === 0;
}
