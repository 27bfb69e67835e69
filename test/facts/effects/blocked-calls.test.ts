import { beforeAll, describe, expect, test } from 'vitest';
import type { PythonParser } from '../../../server/src/syntax/python/parser.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';
import type { Texts } from '../workspace/linked.ts';
import { blockedCallsOf, inWords } from './blocked.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

/** Chains of a workspace, in the order in which they are given. */
function chains(texts: Texts): readonly string[] {
  return blockedCallsOf(parser, texts).map(call => inWords(call, texts));
}

/** Chains of `shop.py`, which starts with these helpers; `body` is the body of a coroutine `serve(order)`. */
function chainsOf(body: string, ...helpers: readonly string[]): readonly string[] {
  const lines = ['import requests, time', ...helpers, 'async def serve(order):', ...body.split('\n').map(indent), ''];
  return chains({ 'shop.py': lines.join('\n') }).map(chain => chain.replace(/shop\.py:\d+ /g, ''));
}

function indent(line: string): string {
  return `    ${line}`;
}

const FETCH = 'def fetch(order=0, **more): return requests.get("https://prices.example/", timeout=5)';

describe('a chain leads', () => {
  test('over functions of one file to the call that waits', () => {
    const helpers = [
      'def offer(order): return price(order) * 2',
      'def price(order): return fetch(order).json()',
      FETCH,
    ];
    expect(chainsOf('return offer(order)', ...helpers)).toEqual(['offer > price > fetch > requests.get']);
  });

  test('over files, with the place of every step', () => {
    const texts = {
      'shop/prices.py': 'import requests\n\n\ndef fetch(isbn):\n    return requests.get(isbn, timeout=5)\n',
      'shop/offers.py': 'from .prices import fetch as get\n\n\ndef make(isbn):\n    return get(isbn)\n',
      'shop/api.py': 'import shop.offers as offers\n\n\nasync def show(isbn):\n    return offers.make(isbn)\n',
      'shop/__init__.py': '',
    };
    expect(chains(texts)).toEqual(['api.py:5 offers.make > offers.py:5 fetch > prices.py:5 requests.get']);
    const [{ hops } = expect.fail('nothing was found')] = blockedCallsOf(parser, texts);
    expect(hops.map(({ definedIn }) => definedIn)).toEqual(['shop/offers.py', 'shop/prices.py', undefined]);
  });

  test('over methods, base classes of other files, class methods and constructors', () => {
    const texts = {
      'storage.py':
        'import time\nclass Storage:\n    def __init__(self):\n        self.load()\n    def load(self):\n        time.sleep(1)\n',
      'shelf.py':
        'from storage import Storage\nclass Shelf(Storage):\n    @classmethod\n    def standard(cls):\n        return cls()\n',
      'api.py':
        'from shelf import Shelf\nasync def show(shelf: Shelf):\n    shelf.load()\n    Shelf()\n    Shelf.standard()\n',
    };
    expect(chains(texts)).toEqual([
      'api.py:3 shelf.load > storage.py:6 time.sleep',
      'api.py:4 Shelf > storage.py:4 Storage.load > storage.py:6 time.sleep',
      'api.py:5 Shelf.standard > shelf.py:5 cls > storage.py:4 Storage.load > storage.py:6 time.sleep',
    ]);
  });

  test('once around a cycle, by the shortest way', () => {
    const helpers = [
      'def shelf(order): return box(order)',
      'def box(order): return shelf(order) or detour(order) or fetch(order)',
      'def detour(order): return fetch(order)',
      FETCH,
    ];
    expect(chainsOf('return shelf(order)', ...helpers)).toEqual(['shelf > box > fetch > requests.get']);
    expect(chainsOf('a(order)', 'def a(x): return b(x)', 'def b(x): return a(x)')).toEqual([]);
    expect(chainsOf('a(order)', 'def a(x): return a(x - 1) if x > 0 else time.sleep(1)')).toEqual(['a > time.sleep']);
  });

  test('to the longest wait rather than to the next file', () => {
    const both = 'def load(order):\n    open(order).read()\n    fetch(order)';
    expect(chainsOf('load(order)', both, FETCH)).toEqual(['load > fetch > requests.get']);
  });

  test('to a wait of every day rather than to one after an error', () => {
    const retry = 'def load(order):\n    try: return fetch(order)\n    except ValueError: time.sleep(1)';
    expect(chainsOf('load(order)', retry, FETCH)).toEqual(['load > fetch > requests.get']);
    const pause =
      'def load(order):\n    try: return parse(order)\n    except ValueError: time.sleep(1)\ndef parse(o): pass';
    expect(chainsOf('load(order)', pause)).toEqual(['load > time.sleep']);
  });

  test('to a wait of every day also where the error is that of another file', () => {
    const texts = {
      'db.py': 'import requests\nsession = requests.Session()\n',
      'orders.py': [
        'import time',
        'from db import session',
        'def apologise(): time.sleep(1)',
        'def detour(order): return save(order)',
        'def save(order): time.sleep(1)',
        'def place(order):',
        '    try:',
        '        detour(order)',
        '    except ValueError:',
        '        session.post(order, timeout=5)',
        '        apologise()',
        'async def serve(order): place(order)',
        '',
      ].join('\n'),
    };
    expect(chains(texts)).toEqual([
      'orders.py:12 place > orders.py:8 detour > orders.py:4 save > orders.py:5 time.sleep',
    ]);
  });

  test('through what is iterated over, entered or sorted by on the spot', () => {
    const rows = 'def rows():\n    yield fetch()';
    const entered =
      'import contextlib\n@contextlib.contextmanager\ndef lent():\n    fetch()\n    yield\nclass Door:\n    def __enter__(self): fetch()\n    def __exit__(self, *_): pass';
    expect(chainsOf('for row in rows(): pass', rows, FETCH)).toEqual(['rows > fetch > requests.get']);
    expect(chainsOf('return sorted(rows())', rows, FETCH)).toEqual(['rows > fetch > requests.get']);
    expect(chainsOf('with lent(): pass', entered, FETCH)).toEqual(['lent > fetch > requests.get']);
    const delegating = 'def all_rows():\n    yield from rows()';
    expect(chainsOf('return list(all_rows())', delegating, rows, FETCH)).toEqual([
      'all_rows > rows > fetch > requests.get',
    ]);
  });

  test('to an object that another file has made', () => {
    const texts = {
      'clients.py': 'import requests\nsession = requests.Session()\n',
      'prices.py': 'from clients import session\ndef fetch(): return session.get("/", timeout=5)\n',
      'api.py': 'from prices import fetch\nasync def show(): return fetch()\n',
    };
    expect(chains(texts)).toEqual(['api.py:2 fetch > prices.py:2 session.get']);
  });
});

describe('nothing is said', () => {
  test.each([
    ['asyncio.to_thread', 'import asyncio', 'return await asyncio.to_thread(fetch, order)'],
    ['an executor', 'import asyncio', 'await asyncio.get_running_loop().run_in_executor(None, fetch, order)'],
    ['a lambda in one', 'import asyncio', 'await asyncio.get_running_loop().run_in_executor(None, lambda: fetch(1))'],
    ['anyio.to_thread.run_sync', 'import anyio', 'await anyio.to_thread.run_sync(fetch, order)'],
    ['trio.to_thread.run_sync', 'import trio', 'await trio.to_thread.run_sync(fetch)'],
    [
      'run_in_threadpool',
      'from starlette.concurrency import run_in_threadpool',
      'await run_in_threadpool(fetch, order)',
    ],
    ['sync_to_async', 'from asgiref.sync import sync_to_async', 'await sync_to_async(fetch)(order)'],
    ['asyncer', 'import asyncer', 'await asyncer.asyncify(fetch)(order)'],
    ['partial in a thread', 'import asyncio, functools', 'await asyncio.to_thread(functools.partial(fetch, order))'],
    ['a thread of its own', 'import threading', 'threading.Thread(target=fetch, args=(order,)).start()'],
    [
      'a pool',
      'from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor()',
      'pool.submit(fetch, order)',
    ],
    ['a background task', 'from fastapi import BackgroundTasks', 'BackgroundTasks().add_task(fetch, order)'],
    ['a nested function for a thread', 'import asyncio', 'def inner(): return fetch()\nawait asyncio.to_thread(inner)'],
    ['a name', '', 'return fetch'],
    ['a lambda for later', '', 'return lambda: fetch()'],
    ['a generator expression for later', '', 'return (fetch(one) for one in order)'],
    ['a nested class', '', 'class Later:\n    def run(self): fetch()\nreturn Later'],
  ])('where the function goes through %s', (_, head, body) => {
    expect(chainsOf(body, head, FETCH)).toEqual([]);
  });

  test('of synchronous endpoints and dependencies, in any file', () => {
    const texts = {
      'rates.py': 'import requests\ndef rates(): return requests.get("/", timeout=5).json()\n',
      'api.py': [
        'from fastapi import Depends, FastAPI',
        'from typing import Annotated',
        'from rates import rates',
        'app = FastAPI()',
        'def given(found=Depends(rates)): return rates()',
        '@app.get("/")',
        'def show(found=Depends(given)): return rates()',
        '@app.get("/now")',
        'async def now(found=Depends(given), other: Annotated[dict, Depends(rates)] = None): return found',
        '',
      ].join('\n'),
    };
    expect(chains(texts)).toEqual([]);
  });

  test('of generators and context managers that are made but not used', () => {
    const rows =
      'import contextlib\ndef rows():\n    yield fetch()\n@contextlib.contextmanager\ndef lent(): yield fetch()';
    expect(chainsOf('return rows()', rows, FETCH)).toEqual([]);
    expect(chainsOf('one = rows()\nreturn lent(), one', rows, FETCH)).toEqual([]);
  });

  test('of coroutines on the way, which are asked themselves', () => {
    const middle = 'async def load(order): return fetch(order)';
    expect(chainsOf('return await load(order)', middle, FETCH)).toEqual(['fetch > requests.get']);
  });

  test.each([
    [
      'a name of the module',
      'def load():\n    global one\n    if one is None: one = fetch()\n    return one',
      'load()',
    ],
    [
      'an early return',
      'def load():\n    global one\n    if one: return one\n    one = fetch()\n    return one',
      'load()',
    ],
    [
      'a lock around it',
      'import threading\nlock = threading.Lock()\ndef load():\n    global one\n    if one is None:\n        with lock:\n            if not one:\n                one = fetch()\n    return one',
      'load()',
    ],
    [
      'a class',
      'class Rates:\n    one = None\n    @classmethod\n    def get(cls):\n        if not cls.one: cls.one = fetch()\n        return cls.one',
      'Rates.get()',
    ],
    [
      'an attribute that is not there yet',
      'class Rates:\n    def get(self):\n        if not hasattr(self, "one"): self.one = fetch()\n        return self.one',
      'Rates().get()',
    ],
    [
      'a flag',
      'ready = False\ndef prepare():\n    global ready\n    if not ready:\n        time.sleep(1)\n        ready = True',
      'prepare()',
    ],
    [
      'a function that fills the name',
      'def load():\n    if one is None: refresh()\n    return one\ndef refresh():\n    global one\n    one = fetch()',
      'load()',
    ],
    [
      'an early return before a function that fills the name',
      'def load():\n    if one is not None: return one\n    refresh()\ndef refresh():\n    global one\n    one = fetch()',
      'load()',
    ],
    [
      'a method that fills the attribute',
      'class Rates:\n    def get(self):\n        if self.one is None: self._open()\n        return self.one\n    def _open(self): self.one = fetch()',
      'Rates().get()',
    ],
  ])('of what is done once, guarded by %s', (_, helper, body) => {
    expect(chainsOf(body, 'one = None', helper, FETCH)).toEqual([]);
  });

  test.each([
    ['an argument', 'def load(one=None):\n    if one is None: one = fetch()\n    return one', 'load()'],
    ['a time as well', 'def load():\n    global one\n    if one is None or one < time.time(): one = fetch()', 'load()'],
    [
      'a new object',
      'class Rates:\n    one = None\n    def __init__(self):\n        if self.one is None: self.one = fetch()',
      'Rates()',
    ],
    ['nothing that it fills', 'def load():\n    global one\n    if one is None: fetch()', 'load()'],
    [
      'a name that a called function fills for itself',
      'def load():\n    if one is None: refresh()\ndef refresh(): one = fetch()',
      'load()',
    ],
    [
      'an attribute that another object is given',
      'class Rates:\n    def get(self):\n        if self.one is None: self._open()\n    def _open(self): self.two = fetch()',
      'Rates().get()',
    ],
  ])('but not where the guard is of %s', (_, helper, body) => {
    expect(chainsOf(body, 'one = None', helper, FETCH)).toHaveLength(1);
  });

  test.each([
    [
      'that they run in a loop',
      'try:\n        asyncio.get_running_loop()\n    except RuntimeError:\n        return fetch()',
    ],
    ['whether the loop runs', 'if not asyncio.get_event_loop().is_running(): return fetch()'],
    ['where they are', 'if not in_async_context(): return fetch()'],
  ])('of functions that ask %s', (_, body) => {
    expect(chainsOf('load()', 'import asyncio', `def load():\n    ${body}`, FETCH)).toEqual([]);
  });

  test.each([
    ['if the argument is missing, and it is given', 'def load(a, b=None):\n    if not b: fetch(a)', 'load(1, order.b)'],
    ['by name', 'def load(a, *, b):\n    if b is None: fetch(a)', 'load(1, b=order.b)'],
    ['unless it is given', 'def load(a, b=None):\n    if b is not None:\n        return b\n    fetch(a)', 'load(1, 2)'],
    ['if it is given, and it is left out', 'def load(a, b=None):\n    if b: fetch(b)', 'load(1)'],
    ['if it is given, and it is None', 'def load(a, b):\n    if a and b: fetch(b)', 'load(1, None)'],
    ['after an early exit', 'def load(b=False):\n    if not b:\n        return\n    fetch(b)', 'load()'],
    ['in one branch', 'def load(b): return fetch() if b else None', 'load(False)'],
    ['in the other branch', 'def load(b=True):\n    if b: pass\n    else: fetch()', 'load()'],
    ['before the name is used again', 'def load(b):\n    if not b: fetch()\n    for b in [1]: pass', 'load(order)'],
    ['of a method', 'class A:\n    def load(self, b=None):\n        if not b: fetch()', 'A().load(order)'],
    ['further on', 'def load(b=None): step(b)\ndef step(b):\n    if b is None: fetch()', 'load()'],
    ['of unknown arguments', 'def load(b=None):\n    if b is None: fetch()', 'load(**order)'],
  ])('of what is done %s', (_, helper, body) => {
    expect(chainsOf(body, helper, FETCH)).toEqual([]);
  });

  test.each([
    ['left out', 'def load(a, b=None):\n    if not b: fetch(a)', 'load(1)'],
    ['given', 'def load(a, b=None):\n    if a and b: fetch(a)', 'load(1, order)'],
    ['given by name', 'def load(a, *, b):\n    if b is not None: fetch(a)', 'load(1, b=True)'],
    ['given to a method', 'class A:\n    def load(self, a, b=None):\n        if b: fetch()', 'A().load(1, 2)'],
    ['changed before', 'def load(b=None):\n    b = b or time.time()\n    if b: fetch()', 'load()'],
    ['changed in a loop', 'def load(b=1):\n    while True:\n        if not b: fetch()\n        b -= 1', 'load()'],
    ['of no matter', 'def load(b=None):\n    if b: pass\n    fetch()', 'load()'],
  ])('but not where the argument is %s', (_, helper, body) => {
    expect(chainsOf(body, helper, FETCH)).toHaveLength(1);
  });

  test('of functions whose result is awaited', () => {
    const either = 'def load(later): return fetch_later() if later else fetch()\nasync def fetch_later(): pass';
    expect(chainsOf('await load(True)', either, FETCH)).toEqual([]);
  });

  test.each([
    ['an unknown decorator', 'from corp import in_thread\n@in_thread\ndef load(): return fetch()', 'load()'],
    [
      'an overridden method',
      'class A:\n    def load(self): fetch()\nclass B(A):\n    def load(self): pass',
      'order: A = order\norder.load()',
    ],
    ['an object of unknown class', 'class A:\n    def load(self): fetch()', 'order.load()'],
    ['a name that is bound twice', 'def load(): fetch()\nif time: load = print', 'load()'],
    ['an overload', 'from typing import overload\n@overload\ndef load(): ...\n@overload\ndef load(x): ...\n', 'load()'],
    [
      'an abstract method',
      'import abc\nclass A(abc.ABC):\n    @abc.abstractmethod\n    def load(self): fetch()',
      'A.load(order)',
    ],
  ])('after %s', (_, helper, body) => {
    expect(chainsOf(body, helper, FETCH)).toEqual([]);
  });

  test('of a lock that is held for a moment', () => {
    const helper = 'import threading\nlock = threading.Lock()\ndef note():\n    lock.acquire()\n    lock.release()';
    expect(chainsOf('note()', helper)).toEqual([]);
  });
});

test('calls come by path and place, whatever the order in which the files were read', () => {
  const names = ['b.py', 'a.py', 'c/d.py', 'a/b.py'];
  const text =
    'import time\ndef nap(): time.sleep(1)\nasync def two():\n    nap()\n    nap()\nasync def one(): nap()\n';
  const wanted = ['a.py:4', 'a.py:5', 'a.py:6', 'a/b.py:4', 'a/b.py:5', 'a/b.py:6', 'b.py:4', 'b.py:5', 'b.py:6'];
  for (const order of [names, [...names].reverse()]) {
    const texts = Object.fromEntries(order.map(name => [name, text]));
    const found = blockedCallsOf(parser, texts).map(call => {
      const [, line] = /:(\d+)/.exec(inWords(call, texts)) ?? [];
      return `${call.path}:${line ?? ''}`;
    });
    expect(found).toEqual([...wanted, 'c/d.py:4', 'c/d.py:5', 'c/d.py:6']);
  }
});

test('a call says how it runs the function, and where that may run', () => {
  const texts = {
    'shop.py': [
      'import asyncio, sqlite3, time, stickers',
      'db = sqlite3.connect("orders.db")',
      'class Nap:\n    def __init__(self): time.sleep(1)',
      'def naps():\n    yield time.sleep(1)',
      'def own(order): time.sleep(1)',
      'def shared(order):\n    order.slept = time.sleep(1)',
      'def bound(order):\n    time.sleep(1)\n    db.execute("")',
      'def loop(order):\n    time.sleep(1)\n    asyncio.get_running_loop().stop()',
      'def strange(order):\n    time.sleep(1)\n    stickers.put(order)',
      'async def serve(order):',
      '    Nap()',
      '    list(naps())',
      '    own(order)',
      '    shared(order)',
      '    bound(order)',
      '    loop(order)',
      '    strange(order)',
      '    [own(one) for one in order]',
      'async def main(): own(1)',
      'asyncio.run(main())',
      '',
    ].join('\n'),
  };
  const found = blockedCallsOf(parser, texts).map(
    ({ hops, form, conduct, movable, atStartUp }) =>
      `${hops[0]?.callee ?? ''} ${form} ${conduct}${movable ? ' movable' : ''}${atStartUp ? ' start' : ''}`,
  );
  expect(found).toEqual([
    'Nap constructor free movable',
    'naps generator free movable',
    'own call free movable',
    'shared call shared movable',
    'bound call bound movable',
    'loop call loop movable',
    'strange call shared movable',
    'own call free',
    'own call free movable start',
  ]);
});

test('a callee is shown without its arguments, on one line', () => {
  const helper = [
    'from sqlalchemy.orm import Session',
    'def find(session: Session, order):',
    '    return (session.query(order, "a name (that is long)")',
    '        .filter(order.number == "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz")',
    '        .all())',
  ];
  expect(chainsOf('find(order, 1)', ...helper)).toEqual(['find > session.query(…).filter(…)']);
});
