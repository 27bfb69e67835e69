import { beforeAll, describe, expect, test } from 'vitest';
import type { LocalEffects } from '../../../server/src/core/python-outline.ts';
import { findBlockingCalls } from '../../../server/src/facts/blocking-calls/find-blocking-calls.ts';
import { findEffects, type FileEffects } from '../../../server/src/facts/effects/local-effects.ts';
import { openPythonFile } from '../../../server/src/facts/python/extract.ts';
import { leadingCalls } from '../../../server/src/facts/workspace/outline/outline-calls.ts';
import type { PythonParser } from '../../../server/src/syntax/python/parser.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

function open(text: string): { file: ReturnType<typeof openPythonFile>; effects: FileEffects } {
  const file = openPythonFile(parser.parse('shop/orders.py', text));
  return { file, effects: findEffects(file, findBlockingCalls(file), leadingCalls(file)) };
}

/** Effects of the function of that name. */
function effectsOf(text: string, name: string): LocalEffects {
  const { file, effects } = open(text);
  const found = file.facts.functions.find(one => one.qualifiedName === name);
  return effects.functions[found?.index ?? -1] ?? expect.fail(`there is no ${name}`);
}

/** Conduct of a function `work(order, path)` with these statements, in a module that starts with those lines. */
function conductOf(body: readonly string[], head: readonly string[] = []): string {
  const lines = [...head, 'def work(order, path):', ...body.map(line => `    ${line}`), ''];
  return effectsOf(lines.join('\n'), 'work').conduct ?? 'free';
}

test('a function has its own blocking calls, in source order, and none of those that run elsewhere', () => {
  const text = [
    'import subprocess, time',
    'def pack(boxes):',
    '    time.sleep(1)',
    '    def inner(): time.sleep(2)',
    '    later = lambda: time.sleep(3)',
    '    waits = (time.sleep(4) for _ in boxes)',
    '    done = list(time.sleep(5) for _ in boxes)',
    '    subprocess.run(["pack"])',
    '    return inner, later, waits, done',
    'async def ship(): time.sleep(6)',
    '',
  ].join('\n');
  expect(effectsOf(text, 'pack').blocking?.map(({ calleeText, kind }) => `${calleeText} ${kind}`)).toEqual([
    'time.sleep sleep',
    'time.sleep sleep',
    'subprocess.run subprocess',
  ]);
  expect(effectsOf(text, 'pack.<locals>.inner').blocking).toHaveLength(1);
  expect(effectsOf(text, 'ship')).toEqual({});
});

test('what is given back unconsumed is for the caller to wait for', () => {
  expect(effectsOf('import os\ndef names(path):\n    return os.walk(path)\n', 'names').blocking).toBeUndefined();
  expect(effectsOf('import os\ndef names(path):\n    return list(os.walk(path))\n', 'names').blocking).toHaveLength(1);
});

test('coroutines say whether they run at the start, and which library runs them', () => {
  expect(effectsOf('import asyncio\nasync def main(): pass\nasyncio.run(main())\n', 'main')).toEqual({
    atStartUp: true,
  });
  expect(effectsOf('import trio\nasync def serve(): pass\n', 'serve')).toEqual({ asyncLibrary: 'trio' });
});

describe('conduct in other threads', () => {
  test.each([
    ['reads and computes', ['total = sum(line.price for line in order.lines)', 'return f"{total:.2f}".strip()']],
    ['changes what it has made itself', ['rows = []', 'rows.append(path)', 'rows[0] = 1', 'return rows']],
    ['follows its own object through a second name', ['rows = {}', 'table = rows', 'table["a"] = 1']],
    ['writes a log line', ['logger.info("%s", order)', 'order.log.warning("late")']],
    ['makes a connection and closes it', ['with sqlite3.connect(path) as c:', '    return c.execute("").fetchall()']],
    [
      'takes data out of a connection of its own',
      ['c = sqlite3.connect(path)', 'rows = c.execute("").fetchall()', 'c.close()', 'return rows'],
    ],
    ['opens a session of its own', ['with Session(engine) as s:', '    s.add(path)', '    s.commit()']],
    ['opens a session from a factory', ['with make_session() as s:', '    return s.get(dict, path)']],
    ['runs a transaction of its own', ['with engine.begin() as c:', '    c.execute(path)']],
    ['uses a client that it has made', ['s = requests.Session()', 'return s.get(path, timeout=5)']],
  ])('is free where it %s', (_, body) => {
    expect(conductOf(body, HEAD)).toBe('free');
  });

  test.each([
    ['sets an attribute of an argument', ['order.paid = True']],
    ['sets a global name', ['global total', 'total = 1']],
    ['changes a container of the module', ['stock[path] = order']],
    ['changes a container of the module by a method', ['stock.pop(path)']],
    ['changes a container in a second name', ['table = stock', 'table.clear()']],
    ['deletes from an argument', ['del order[path]']],
    ['unpacks into an argument', ['order.first, rest = path', 'return rest']],
    ['calls what it is given', ['order(path)']],
    ['calls a method that nobody knows', ['order.pay(path)']],
    ['uses a client that others use', ['return prices.get(path, timeout=5)']],
    ['changes the folder of the program', ['os.chdir(path)']],
    ['changes the environment', ['os.environ["SHOP"] = path']],
    ['sets attributes by name', ['setattr(order, path, 1)']],
  ])('is shared where it %s', (_, body) => {
    expect(conductOf(body, HEAD)).toBe('shared');
  });

  test.each([
    ['uses a connection that it is given', ['connection.execute(path)']],
    ['adds to a session of the module', ['session.add(order)']],
    ['gives a connection back', ['return sqlite3.connect(path)']],
    ['keeps a connection on an argument', ['order.connection = sqlite3.connect(path)']],
    ['gives a cursor back', ['with sqlite3.connect(path) as c:', '    return c.execute("")']],
    ['gives a cursor back by a name', ['c = sqlite3.connect(path)', 'rows = c.execute("")', 'return rows']],
    ['registers a signal', ['signal.signal(signal.SIGTERM, order)']],
  ])('is bound where it %s', (_, body) => {
    expect(conductOf(body, HEAD)).toBe('bound');
  });

  test('belongs to its loop where it uses that', () => {
    expect(conductOf(['asyncio.get_running_loop().create_task(order)'], ['import asyncio'])).toBe('loop');
    expect(conductOf(['order.paid = 1', 'asyncio.ensure_future(order)', 'order.sent = 1'], ['import asyncio'])).toBe(
      'loop',
    );
  });

  test('a constructor may set the attributes of the object that it makes', () => {
    const text =
      'class Shelf:\n    def __init__(self):\n        self.books = []\n    def fill(self):\n        self.full = 1\n';
    expect(effectsOf(text, 'Shelf.__init__').conduct).toBeUndefined();
    expect(effectsOf(text, 'Shelf.fill').conduct).toBe('shared');
  });
});

const HEAD: readonly string[] = [
  'import logging, os, signal, sqlite3',
  'import requests',
  'from sqlalchemy import create_engine',
  'from sqlalchemy.orm import Session, sessionmaker',
  'logger = logging.getLogger(__name__)',
  'stock = {}',
  'prices = requests.Session()',
  'engine = create_engine("postgresql://")',
  'make_session = sessionmaker(engine)',
  'connection = sqlite3.connect("orders.db")',
  'session = Session(engine)',
];

test('calls are iterated over on the spot, or later, or not at all', () => {
  const uses = [
    ['for x in rows(1): pass', 'iterated'],
    ['y = [x for x in rows(2)]', 'iterated'],
    ['y = list(rows(3))', 'iterated'],
    ['y = ", ".join(sorted(enumerate(rows(4))))', 'iterated'],
    ['first, *others = rows(5)', 'iterated'],
    ['print(*rows(6))', 'iterated'],
    ['y = any(x for x in rows(7))', 'iterated'],
    ['yield from rows(8)', 'iterated'],
    ['y = (x for x in rows(9))', ''],
    ['y = (rows(10) for x in y)', 'deferred'],
    ['y = sum(rows(11) for x in y)', ''],
    ['y = (x for x in y for z in rows(12))', 'deferred'],
    ['y = rows(13)', ''],
    ['yield rows(14)', ''],
    ['print(rows(15))', ''],
    ['rows(16)', ''],
  ] as const;
  const text = `from shop.stock import rows\n\ndef work(y):\n${uses.map(([line]) => `    ${line}\n`).join('')}`;
  const { file, effects } = open(text);
  const found = file.facts.calls
    .filter(({ calleeText }) => calleeText === 'rows')
    .map(({ index }) => (effects.iterated.has(index) ? 'iterated' : effects.deferred.has(index) ? 'deferred' : ''));
  expect(found).toEqual(uses.map(([, wanted]) => wanted));
});
