import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Session } from '../../../server/src/engine/session.ts';
import { folderWith, writeFiles } from '../../workspace/temp-folder.ts';
import { openSession } from './open-session.ts';

const NEVER = { isCancellationRequested: false };

/** @param cacheFolder `null`: nothing is kept */
async function sessionIn(root: string, cacheFolder: string | null = null): Promise<Session> {
  const session = await openSession(root, cacheFolder);
  await session.scan(NEVER);
  return session;
}

function found(session: Session): readonly string[] {
  return session
    .analyses()
    .flatMap(({ findings }) => findings.map(({ path, range, ruleId }) => `${path}@${range.start} ${ruleId}`))
    .sort();
}

const CLIENTS = 'import requests\n\ncatalogue = requests.Session()\n';
const ROUTES = `from shop.clients import catalogue

async def show_book(number):
    return catalogue.get(f"https://books.example/{number}", timeout=5).json()
`;
const CALL = ROUTES.indexOf('catalogue.get');
const SHOP = { 'shop/__init__.py': '', 'shop/clients.py': CLIENTS, 'shop/routes.py': ROUTES };

describe('a call on an object that another file makes', () => {
  test('is judged by what that file says', async () => {
    const session = await sessionIn(folderWith(SHOP));
    expect(found(session)).toEqual([`shop/routes.py@${CALL} async-blocking-call`]);
  });

  test('is judged anew when that file changes in the editor, and only then', async () => {
    const session = await sessionIn(folderWith(SHOP));
    session.open('shop/clients.py', CLIENTS, 1);
    const changed = 'import httpx\n\ncatalogue = httpx.AsyncClient(timeout=5)\n';
    session.change('shop/clients.py', changed, 2, undefined);
    await session.analyze('shop/clients.py');
    expect(found(session)).toHaveLength(1);

    await session.relate();
    expect(found(session)).toEqual([]);

    session.change('shop/clients.py', `# The catalogue\n${CLIENTS}`, 3, undefined);
    await session.analyze('shop/clients.py');
    await session.relate();
    expect(found(session)).toEqual([`shop/routes.py@${CALL} async-blocking-call`]);
  });

  test('is judged anew when that file changes on disk, vanishes, or comes back', async () => {
    const root = folderWith(SHOP);
    const session = await sessionIn(root);
    const isFoundWith = async (content: string | undefined): Promise<boolean> => {
      if (content === undefined) rmSync(join(root, 'shop/clients.py'));
      else writeFiles(root, { 'shop/clients.py': content });
      await session.refresh(['shop/clients.py'], NEVER);
      return found(session).length === 1;
    };
    expect(await isFoundWith('catalogue = None\n')).toBe(false);
    expect(await isFoundWith(CLIENTS)).toBe(true);
    expect(await isFoundWith(undefined)).toBe(false);
    expect(await isFoundWith(CLIENTS)).toBe(true);
  });

  test('is judged while its own file is typed', async () => {
    const session = await sessionIn(folderWith(SHOP));
    session.open('shop/routes.py', ROUTES, 1);
    const comment = '# Books\n';
    session.change('shop/routes.py', comment + ROUTES, 2, [{ range: { start: 0, end: 0 }, newText: comment }]);
    const analysis = await session.analyze('shop/routes.py');
    expect(analysis?.findings.map(({ range }) => range.start)).toEqual([CALL + comment.length]);
  });

  test('is remembered by the cache', async () => {
    const root = folderWith(SHOP);
    const cacheFolder = folderWith({});
    const first = found(await sessionIn(root, cacheFolder));
    expect(first).toHaveLength(1);
    expect(found(await sessionIn(root, cacheFolder))).toEqual(first);

    writeFiles(root, { 'shop/clients.py': 'import httpx\n\ncatalogue = httpx.AsyncClient(timeout=5)\n' });
    expect(found(await sessionIn(root, cacheFolder))).toEqual([]);
  });
});

const STOCK = 'import time\n\ndef wait_for_stock():\n    time.sleep(1)\n';
const ORDERS = 'from shop.stock import wait_for_stock\n\nasync def order():\n    wait_for_stock()\n';

describe('a finding of all files together', () => {
  const files = { 'shop/__init__.py': '', 'shop/stock.py': STOCK, 'shop/orders.py': ORDERS };
  const at = ORDERS.lastIndexOf('wait_for_stock');

  test('moves along with what is typed above it, before anything is asked anew', async () => {
    const session = await sessionIn(folderWith(files));
    expect(found(session)).toEqual([`shop/orders.py@${at} async-blocking-transitive`]);

    session.open('shop/orders.py', ORDERS, 1);
    const line = '"""Orders"""\n';
    session.change('shop/orders.py', line + ORDERS, 2, [{ range: { start: 0, end: 0 }, newText: line }]);
    await session.analyze('shop/orders.py');
    expect(found(session)).toEqual([`shop/orders.py@${at + line.length} async-blocking-transitive`]);
    await session.relate();
    expect(found(session)).toEqual([`shop/orders.py@${at + line.length} async-blocking-transitive`]);
  });

  test('goes when the last step of its chain goes', async () => {
    const session = await sessionIn(folderWith(files));
    session.open('shop/stock.py', STOCK, 1);
    session.change('shop/stock.py', 'def wait_for_stock():\n    return 1\n', 2, undefined);
    await session.analyze('shop/stock.py');
    await session.relate();
    expect(found(session)).toEqual([]);
  });
});
