import { describe, expect, test } from 'vitest';
import type { Session } from '../../../server/src/engine/session.ts';
import { folderWith, writeFiles } from '../../workspace/temp-folder.ts';
import { openSession } from './open-session.ts';

const NEVER = { isCancellationRequested: false };

async function sessionIn(files: Readonly<Record<string, string>>): Promise<Session> {
  const session = await openSession(folderWith(files));
  await session.scan(NEVER);
  return session;
}

/** Findings as `path: code rule`, with the line of each. */
function found(session: Session, files: Readonly<Record<string, string>>): readonly string[] {
  return session
    .analyses()
    .flatMap(({ findings }) =>
      findings.map(
        ({ path, range, ruleId }) => `${path}: ${(files[path] ?? '').slice(range.start, range.end)} ${ruleId}`,
      ),
    )
    .sort();
}

const TAUGHT = `knowledge:
  blocking: [corp.db.query, corp.mail.Client]
  http: { corp.http.get: { timeoutArgument: deadline }, corp.http.Client.post: { timeoutArgument: deadline }, corp.http.Pool: { timeoutArgument: wait, form: client } }
  resources: [corp.pool.open_pool]
  raises: { corp.db.query: [OSError] }
`;

/** What is found in `shop/routes.py` and `shop/stock.py` of a workspace with these files beside them. */
async function judged(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const all = { 'readiness.yaml': TAUGHT, 'shop/__init__.py': '', ...files };
  return found(await sessionIn(all), all).filter(line => line.startsWith('shop/'));
}

describe('a library that the user has taught, made or imported in another file', () => {
  const clients =
    'import corp.http\nimport corp.mail\nfrom corp.db import query\n\nmail = corp.mail.Client()\nhttp = corp.http.Client()\n';

  test('blocks coroutines that use its client', async () => {
    const routes = 'from shop.clients import mail\n\nasync def notify(order):\n    mail.send(order)\n';
    expect(await judged({ 'shop/clients.py': clients, 'shop/routes.py': routes })).toEqual([
      'shop/routes.py: mail.send async-blocking-call',
    ]);
  });

  test('blocks coroutines through helpers that use its client', async () => {
    const stock = 'from shop.clients import mail\n\ndef order_more(book):\n    mail.send(book)\n';
    const routes = 'from shop.stock import order_more\n\nasync def sell(book):\n    order_more(book)\n';
    expect(await judged({ 'shop/clients.py': clients, 'shop/stock.py': stock, 'shop/routes.py': routes })).toEqual([
      'shop/routes.py: order_more async-blocking-transitive',
    ]);
  });

  test('needs a timeout where its client is used', async () => {
    const routes = 'from shop.clients import http\n\ndef pay(order):\n    http.post(order.url)\n';
    expect(await judged({ 'shop/clients.py': clients, 'shop/routes.py': routes })).toEqual([
      'shop/routes.py: http.post http-timeout',
    ]);
  });

  test('makes clients that another file may give a timeout', async () => {
    const pools = 'import corp.http\n\npool = corp.http.Pool()\n\ndef get(url):\n    return pool.get(url)\n';
    const settings = 'from shop.pools import pool\n\ndef be_quick():\n    pool.wait = 3\n';
    expect(await judged({ 'shop/pools.py': pools })).toEqual(['shop/pools.py: corp.http.Pool http-timeout']);
    expect(await judged({ 'shop/pools.py': pools, 'shop/settings.py': settings })).toEqual([]);
  });

  test('is known through re-exports', async () => {
    const routes = 'from shop.clients import query\n\nasync def load(order):\n    return query(order)\n';
    expect(await judged({ 'shop/clients.py': clients, 'shop/routes.py': routes })).toEqual([
      'shop/routes.py: query async-blocking-call',
    ]);
  });
});

describe('modules of the project that the user has taught', () => {
  const corp = {
    'corp/__init__.py': 'from .db import query as ask\nfrom .http import get\nfrom .pool import open_pool\n',
    'corp/db.py': 'def query(order):\n    return order\n',
    'corp/http.py': 'def get(url, deadline=None):\n    return url\n',
    'corp/pool.py': 'def open_pool(size):\n    return size\n',
  };

  test('are known through re-exports', async () => {
    const routes = [
      'from corp import ask, get, open_pool',
      '',
      'async def load(order):',
      '    return ask(order)',
      '',
      'def fetch(order):',
      '    pool = open_pool(order)',
      '    pool.run()',
      '    return get(order.url)',
      '',
    ].join('\n');
    expect(await judged({ ...corp, 'shop/routes.py': routes })).toEqual([
      'shop/routes.py: ask async-blocking-call',
      'shop/routes.py: get http-timeout',
      'shop/routes.py: open_pool resource-not-closed',
    ]);
  });

  test('block coroutines through helpers', async () => {
    const stock = 'from corp import ask\n\ndef left(book):\n    return ask(book)\n';
    const routes = 'from shop.stock import left\n\nasync def show(book):\n    return left(book)\n';
    expect(await judged({ ...corp, 'shop/stock.py': stock, 'shop/routes.py': routes })).toEqual([
      'shop/routes.py: left async-blocking-transitive',
    ]);
  });

  test('block coroutines through objects of their classes that another file made', async () => {
    const mail =
      'class Client:\n    def __init__(self, host):\n        self.host = host\n\n    def send(self, order):\n        return order\n';
    const clients = 'from corp.mail import Client\n\nmail = Client("mail.example")\n';
    const stock = 'from .clients import mail\n\ndef order_more(book):\n    mail.send(book)\n';
    const routes = [
      'from .clients import mail',
      'from .stock import order_more',
      '',
      'async def notify(order):',
      '    mail.send(order)',
      '',
      'async def sell(book):',
      '    order_more(book)',
      '',
    ].join('\n');
    const files = { 'shop/clients.py': clients, 'shop/stock.py': stock, 'shop/routes.py': routes };
    expect(await judged({ ...corp, 'corp/mail.py': mail, ...files })).toEqual([
      'shop/routes.py: mail.send async-blocking-call',
      'shop/routes.py: order_more async-blocking-transitive',
    ]);
  });

  test('raise what the user says, through re-exports and helpers', async () => {
    const stock =
      'from corp import ask\n\ndef left(book):\n    return ask(book)\n\ndef sell(book):\n    try:\n        left(book)\n    except Exception:\n        print("Not sold:", book)\n';
    const files = { 'readiness.yaml': TAUGHT, 'shop/__init__.py': '', ...corp, 'shop/stock.py': stock };
    const session = await sessionIn(files);
    session.open('shop/stock.py', stock, 0);
    await session.relate();
    const analysis = await session.analyze('shop/stock.py');
    const [finding] = analysis?.findings ?? [];
    const fixes = finding ? await session.fixes(finding) : [];
    expect(fixes.map(({ title }) => title)).toEqual(['Narrow to `OSError`']);
  });

  test('are judged anew as soon as something else is taught', async () => {
    const routes = 'from corp import ask\n\nasync def load(order):\n    return ask(order)\n';
    const files = { 'readiness.yaml': '', 'shop/__init__.py': '', ...corp, 'shop/routes.py': routes };
    const session = await sessionIn(files);
    expect(found(session, files)).toEqual([]);
    writeFiles(session.root, { 'readiness.yaml': TAUGHT });
    await session.refresh(['readiness.yaml'], NEVER);
    expect(found(session, files)).toEqual(['shop/routes.py: ask async-blocking-call']);
  });
});
