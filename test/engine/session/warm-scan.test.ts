import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RULES } from '../../../rules/catalogue.ts';
import { defineWorkspaceRule, type Rule } from '../../../server/src/core/rule.ts';
import type { Session } from '../../../server/src/engine/session.ts';
import { folderWith, writeFiles } from '../../workspace/temp-folder.ts';
import { openSession } from './open-session.ts';

const NEVER = { isCancellationRequested: false };

const BLOCKING = 'import time\n\ndef restock():\n    time.sleep(5)\n';
const QUICK = 'def restock():\n    return 5\n';
const SHOP = {
  'shop/__init__.py': '',
  'shop/clients.py': 'import requests\n\ncatalogue = requests.Session()\n',
  'shop/stock.py': BLOCKING,
  'shop/routes.py': `from shop.clients import catalogue
from shop.stock import restock

async def show_book(number):
    return catalogue.get(f"https://books.example/{number}", timeout=5).json()

async def order():
    restock()
`,
};

interface Looks {
  count: number;
}

/** Counts how often the rules of Python as a whole are asked. */
function counting(looks: Looks): readonly Rule[] {
  const [first] = RULES.filter(rule => rule.scope === 'workspace' && rule.subject === 'python');
  if (!first) throw new Error('There is no rule about Python as a whole.');
  const counter = defineWorkspaceRule({
    meta: { ...first.meta, id: 'counted-look' },
    subject: 'python',
    examine(workspace) {
      looks.count += [...(workspace.python?.index.outlines ?? [])].length > 0 ? 1 : 0;
    },
  });
  return [...RULES, counter];
}

async function scanned(...options: Parameters<typeof openSession>): Promise<Session> {
  const session = await openSession(...options);
  await session.scan(NEVER);
  return session;
}

function stateOf(session: Session): unknown {
  const analyses = [...session.analyses()].sort((left, right) => (left.path < right.path ? -1 : 1));
  return [analyses, session.readiness()];
}

test('a second scan of the same files gives the same without linking them', async () => {
  const root = folderWith(SHOP);
  const cache = folderWith({});
  const looks = { count: 0 };
  const first = await scanned(root, cache, counting(looks));
  expect(looks.count).toBe(1);

  const second = await scanned(root, cache, counting(looks));

  expect(looks.count).toBe(1);
  expect(stateOf(second)).toEqual(stateOf(first));
  expect(second.analyses().flatMap(({ findings }) => findings.map(({ ruleId }) => ruleId))).toEqual([
    'async-blocking-call',
    'async-blocking-transitive',
  ]);
});

test('files are linked when an edit asks what others say', async () => {
  const root = folderWith(SHOP);
  const cache = folderWith({});
  await scanned(root, cache);
  const session = await scanned(root, cache);

  session.open('shop/stock.py', BLOCKING, 1);
  session.change('shop/stock.py', QUICK, 2, undefined);
  await session.analyze('shop/stock.py');
  await session.relate();

  writeFiles(root, { 'shop/stock.py': QUICK });
  expect(session.analyses().map(({ path, findings }) => [path, findings.length])).toEqual(
    (await scanned(root, null)).analyses().map(({ path, findings }) => [path, findings.length]),
  );
});

test('what an editor shows meanwhile is not taken for what is on the disk', async () => {
  const root = folderWith(SHOP);
  const cache = folderWith({});
  const editing = await openSession(root, cache);
  editing.open('shop/stock.py', QUICK, 1);
  await editing.scan(NEVER);
  expect(editing.analyses().flatMap(({ findings }) => findings)).toHaveLength(1);

  expect(stateOf(await scanned(root, cache))).toEqual(stateOf(await scanned(root, null)));
});

test('whatever changes between scans, the cache makes no difference', async () => {
  const contents = fc.constantFrom(undefined, BLOCKING, QUICK, `# Stock\n${BLOCKING}`, 'from shop.clients import *\n');
  const change = fc.record({
    path: fc.constantFrom('shop/stock.py', 'shop/clients.py', 'shop/books.py', 'stock/pyproject.toml', 'README.md'),
    content: contents,
    opened: fc.boolean(),
  });
  const run = async (
    changes: readonly { path: string; content: string | undefined; opened: boolean }[],
  ): Promise<void> => {
    const root = folderWith(SHOP);
    const cache = folderWith({});
    for (const { path, content, opened } of changes) {
      const warm = await openSession(root, cache);
      if (opened && content !== undefined) warm.open(path, content, 1);
      else if (content === undefined) rmSync(join(root, path), { force: true });
      else writeFiles(root, { [path]: content });
      const cold = await openSession(root, null);
      if (opened && content !== undefined) cold.open(path, content, 1);
      await warm.scan(NEVER);
      await cold.scan(NEVER);
      await warm.relate();
      await cold.relate();
      expect(stateOf(warm)).toEqual(stateOf(cold));
    }
  };
  await fc.assert(fc.asyncProperty(fc.array(change, { minLength: 2, maxLength: 5 }), run), { numRuns: 8 });
}, 120_000);
