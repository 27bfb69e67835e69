import { beforeAll, expect, test } from 'vitest';
import type { BlockingCallFact } from '../../../server/src/core/facts/blocking-call.ts';
import { findBlockingCalls } from '../../../server/src/facts/blocking-calls/find-blocking-calls.ts';
import { openPythonFile } from '../../../server/src/facts/python/extract.ts';
import type { PythonParser } from '../../../server/src/syntax/python/parser.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

function facts(text: string): readonly BlockingCallFact[] {
  return findBlockingCalls(openPythonFile(parser.parse('shop/orders.py', text)));
}

function callees(text: string): string[] {
  return facts(text).map(({ callee }) => callee);
}

/** Wraps one expression into a coroutine. */
function inCoroutine(imports: string, expression: string): string {
  return `${imports}\n\nasync def load(book, options, flag, now):\n    x = ${expression}\n    return x\n`;
}

test('a call belongs to the nearest function, and to the module where a definition is evaluated', () => {
  const text = [
    'import time',
    'time.sleep(1)',
    'def slow(): time.sleep(2)',
    'async def load(pause=time.sleep(3)):',
    '    time.sleep(4)',
    '    def inner(): time.sleep(5)',
    '    later = lambda: time.sleep(6)',
    '    async def innermost(): time.sleep(7)',
    '    waits = [time.sleep(8) for _ in later]',
    'class Shop:',
    '    pause = time.sleep(9)',
    '',
  ].join('\n');
  expect(facts(text).map(({ context }) => context)).toEqual([
    'module',
    'sync',
    'module',
    'async',
    'sync',
    'sync',
    'async',
    'async',
    'module',
  ]);
});

test.each([
  ['import queue\norders = queue.Queue()', 'orders.get(flag)', []],
  ['import queue\norders = queue.Queue()', 'orders.get(block=False)', []],
  ['import queue\norders = queue.Queue()', 'orders.get(True, 5)', ['queue.Queue.get']],
  ['import queue\norders = queue.Queue()', 'orders.get(**options)', []],
  ['import queue\norders = queue.Queue()', 'orders.get_nowait()', []],
  ['import threading\nstop = threading.Event()', 'stop.wait(0)', []],
  ['import threading\nstop = threading.Event()', 'stop.wait(timeout=0.0)', []],
  ['import threading\nstop = threading.Event()', 'stop.wait(None)', ['threading.Event.wait']],
  ['import threading\nstop = threading.Event()', 'stop.wait(now)', ['threading.Event.wait']],
  ['import psutil', 'psutil.cpu_percent()', []],
  ['import psutil', 'psutil.cpu_percent(interval=None)', []],
  ['import psutil', 'psutil.cpu_percent(interval=1)', ['psutil.cpu_percent']],
  ['import smtplib', 'smtplib.SMTP()', []],
  ['import smtplib', 'smtplib.SMTP("mail.shop.example")', ['smtplib.SMTP']],
  ['import time', 'time.sleep(0)', []],
  ['import time', 'time.sleep(0.01)', ['time.sleep']],
  ['import asyncio', 'asyncio.sleep(1)', []],
  ['import io, pandas', 'pandas.read_csv(io.StringIO(book))', []],
  ['import pandas', 'pandas.read_csv(book)', ['pandas.read_csv']],
  ['', 'open("/sys/class/net")', []],
  ['', 'open("books.csv").read()', ['builtins.open']],
  ['import sqlite3', 'sqlite3.connect(book).execute("SELECT 1").fetchall()', ['sqlite3.connect']],
  [
    'from functools import partial\nimport requests\nload_price = partial(requests.get, timeout=3)',
    'load_price(book)',
    ['requests.get'],
  ],
  ['from shop.http import requests', 'requests.get(book)', []],
  ['from .http import get', 'get(book)', []],
])('%s; %s', (imports, expression, expected) => {
  expect(callees(inCoroutine(imports, expression))).toEqual(expected);
});

test('a file that somebody else opened is read here', () => {
  const text = [
    'class Journal:',
    '    def __init__(self, path):',
    '        self.file = open(path)',
    '    async def load(self):',
    '        return self.file.read()',
    '',
  ].join('\n');
  expect(callees(text)).toEqual(['builtins.open', 'builtins.open.read']);
});

test('sockets that the file makes non-blocking are left alone', () => {
  const connect =
    'import socket\nasync def load():\n    peer = socket.socket()\n    SWITCH\n    peer.connect(("shop.example", 80))\n';
  expect(callees(connect.replace('SWITCH', 'pass'))).toEqual(['socket.socket.connect']);
  expect(callees(connect.replace('SWITCH', 'peer.settimeout(5)'))).toEqual(['socket.socket.connect']);
  expect(callees(connect.replace('SWITCH', 'peer.setblocking(False)'))).toEqual([]);
  expect(callees(connect.replace('SWITCH', 'peer.settimeout(0)'))).toEqual([]);
});

test.each([
  ['async def main():', true],
  ['@app.on_event("startup")\nasync def warm():', true],
  ['@asynccontextmanager\nasync def lifespan(app):', true],
  ['async def orders():', false],
  ['async def lifespan(app):', false],
])('%s serves nobody: %s', (head, expected) => {
  const text = [
    'from contextlib import asynccontextmanager',
    'from fastapi import FastAPI',
    'app = FastAPI()',
    head,
    '    open("books.csv")',
    '',
  ].join('\n');
  expect(facts(text).map(({ atStartUp }) => atStartUp)).toEqual([expected]);
});

test('a coroutine that is run or handed over as a hook is a start', () => {
  const text = [
    'import asyncio',
    'from fastapi import FastAPI',
    'async def warm(app): open("books.csv")',
    'async def work(): open("books.csv")',
    'async def serve(): open("books.csv")',
    'app = FastAPI(lifespan=warm)',
    'asyncio.run(work())',
    '',
  ].join('\n');
  expect(facts(text).map(({ atStartUp }) => atStartUp)).toEqual([true, true, false]);
});

test.each([
  ['', 'asyncio'],
  ['import trio\n', 'trio'],
  ['from anyio import Path\n', 'anyio'],
  ['import asyncio\nimport trio\n', 'asyncio'],
])('%j runs its coroutines with %s', (imports, expected) => {
  const [fact] = facts(`${imports}import time\nasync def rest():\n    time.sleep(1)\n`);
  expect(fact?.asyncLibrary).toBe(expected);
});

test('the receiver is the function’s own when it is made there', () => {
  const text = [
    'import requests',
    'shared = requests.Session()',
    'async def load(url):',
    '    own = requests.Session()',
    '    own.get(url)',
    '    shared.get(url)',
    '',
  ].join('\n');
  expect(facts(text).map(({ ownReceiver }) => ownReceiver)).toEqual([true, false]);
});
