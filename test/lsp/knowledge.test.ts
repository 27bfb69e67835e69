import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, writeFiles } from '../workspace/temp-folder.ts';
import { startServer } from './language-client.ts';

const ORDERS = 'from corp.db import query\n\n\nasync def load(order):\n    return query(order)\n';
const TAUGHT = 'knowledge:\n  blocking: [corp.db.query]\n';

test('what the configuration says of one’s own libraries holds at once, in open and closed files', async () => {
  const shop = folderWith({ 'orders.py': ORDERS, 'returns.py': ORDERS, 'readiness.yaml': '' });
  const [open, closed] = [join(shop, 'orders.py'), join(shop, 'returns.py')];
  const client = await startServer({ folders: [shop] });
  await client.scanned();
  await client.open(open, ORDERS);
  expect(await client.diagnostics(open, ({ version }) => version === 1)).toEqual([]);

  writeFiles(shop, { 'readiness.yaml': TAUGHT });
  await client.changedOnDisk({ [join(shop, 'readiness.yaml')]: 2 });
  for (const path of [open, closed]) {
    const found = await client.diagnostics(path, ({ diagnostics }) => diagnostics.length > 0);
    expect(found.map(({ code }) => code)).toEqual(['async-blocking-call']);
  }

  writeFiles(shop, { 'readiness.yaml': '' });
  await client.changedOnDisk({ [join(shop, 'readiness.yaml')]: 2 });
  for (const path of [open, closed]) {
    expect(await client.diagnostics(path, ({ diagnostics }) => diagnostics.length === 0)).toEqual([]);
  }
});

test('a name that the workspace lacks is a warning at its place, until it is there', async () => {
  const shop = folderWith({ 'corp/__init__.py': '', 'corp/db.py': 'TOTAL = 3\n', 'readiness.yaml': TAUGHT });
  const configuration = join(shop, 'readiness.yaml');
  const client = await startServer({ folders: [shop] });
  await client.scanned();

  const [problem] = await client.diagnostics(configuration, ({ diagnostics }) => diagnostics.length > 0);
  expect(problem?.message).toContain('There is no `query` in `corp/db.py`');
  expect(problem?.range).toEqual({ start: { line: 1, character: 13 }, end: { line: 1, character: 26 } });

  writeFiles(shop, { 'corp/db.py': 'def query(order):\n    return order\n' });
  await client.changedOnDisk({ [join(shop, 'corp/db.py')]: 2 });
  expect(await client.diagnostics(configuration, ({ diagnostics }) => diagnostics.length === 0)).toEqual([]);
});
