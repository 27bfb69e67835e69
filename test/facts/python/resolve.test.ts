import { beforeAll, describe, expect, test } from 'vitest';
import { openPythonFile } from '../../../server/src/facts/python/extract.ts';
import type { PythonParser } from '../../../server/src/syntax/python/parser.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

/** What the calls of `callee` turn out to be, in the order of the text. */
function meaningsOf(callee: string, ...lines: readonly string[]): (string | undefined)[] {
  const source = parser.parse('shop/orders.py', lines.join('\n') + '\n');
  expect(source.syntaxErrors).toEqual([]);
  return openPythonFile(source)
    .facts.calls.filter(call => call.calleeText === callee)
    .map(call => call.callee?.symbol);
}

function meaningOf(callee: string, ...lines: readonly string[]): string | undefined {
  const [only, ...others] = meaningsOf(callee, ...lines);
  expect(others).toEqual([]);
  return only;
}

describe('an import gives a name the meaning', () => {
  test.each([
    ['import requests', 'requests.get()', 'requests.get'],
    ['import requests as http', 'http.get()', 'requests.get'],
    ['import os.path', 'os.path.join()', 'os.path.join'],
    ['import os.path as paths', 'paths.join()', 'os.path.join'],
    ['import os, time as clock', 'clock.sleep()', 'time.sleep'],
    ['from requests import get', 'get()', 'requests.get'],
    ['from requests import get as fetch', 'fetch()', 'requests.get'],
    ['from requests import (\n    # calls\n    get,\n    post as send,\n)', 'send()', 'requests.post'],
    ['from concurrent . futures import wait', 'wait()', 'concurrent.futures.wait'],
    ['from . import clients', 'clients.fetch()', '.clients.fetch'],
    ['from .. import clients', 'clients.fetch()', '..clients.fetch'],
    ['from ..clients.http import fetch', 'fetch()', '..clients.http.fetch'],
    ['from .http import Client', 'Client().fetch()', '.http.Client().fetch'],
  ])('that %j says', (statement, call, meaning) => {
    expect(meaningOf(call.slice(0, -2), statement, call)).toBe(meaning);
  });

  test('also inside a function, for that function alone', () => {
    const text = ['def load():', '    import requests', '    requests.get()', 'def save():', '    requests.get()'];
    expect(meaningsOf('requests.get', ...text)).toEqual(['requests.get', undefined]);
  });

  test('also under a condition when nothing else binds it', () => {
    expect(meaningOf('requests.get', 'if online:', '    import requests', 'requests.get()')).toBe('requests.get');
  });

  test('also when both branches import the same thing', () => {
    const text = ['try:', '    import requests', 'except ImportError:', '    import requests', 'requests.get()'];
    expect(meaningOf('requests.get', ...text)).toBe('requests.get');
  });

  test('unless the branches import different things', () => {
    const text = ['try:', '    import orjson as json', 'except ImportError:', '    import json', 'json.loads()'];
    expect(meaningOf('json.loads', ...text)).toBeUndefined();
  });

  test('even when the other branch leaves it empty', () => {
    const text = ['try:', '    import requests', 'except ImportError:', '    requests = None', 'requests.get()'];
    expect(meaningOf('requests.get', ...text)).toBe('requests.get');
  });

  test('of no builtin after a star import, which may bring in anything', () => {
    expect(meaningOf('open', 'open()')).toBe('builtins.open');
    expect(meaningOf('open', 'from shelves import *', 'open()')).toBeUndefined();
    expect(meaningOf('requests.get', 'from shelves import *', 'import requests', 'requests.get()')).toBe(
      'requests.get',
    );
  });
});

describe('an assignment gives a name the value', () => {
  test.each([
    ['client = requests.Session()', 'requests.Session().get'],
    ['client = other = requests.Session()', 'requests.Session().get'],
    ['other = client = requests.Session()', 'requests.Session().get'],
    ['client, other = requests.Session(), 1', 'requests.Session().get'],
    ['(client, [other, third]) = (requests.Session(), [1, 2])', 'requests.Session().get'],
    ['client = (requests.Session())', 'requests.Session().get'],
    ['client = given or requests.Session()', undefined],
    ['client = requests.Session() if online else requests.Session()', 'requests.Session().get'],
    ['client = requests.Session() if online else None', 'requests.Session().get'],
    ['client = requests.Session() if online else fake', undefined],
    ['client: requests.Session = make()', 'requests.Session().get'],
    ['client: "requests.Session" = make()', 'requests.Session().get'],
    ['(client := requests.Session())', 'requests.Session().get'],
    ['client, *others = requests.Session(), 1', undefined],
    ['client, other = requests.Session()', undefined],
    ['client[0] = requests.Session()', undefined],
    ['client = requests.Session()\ndel client', undefined],
    ['client = requests.Session()\nclient += 1', undefined],
    ['for client in requests.Session(): pass', undefined],
    ['client = client', undefined],
    ['client = other\nother = client', undefined],
  ])('that %j says', (statement, meaning) => {
    expect(meaningOf('client.get', 'import requests', statement, 'client.get()')).toBe(meaning);
  });

  test('from there on, in the same block', () => {
    const text = ['import requests, httpx', 'client = requests.Session()', 'client.get()'];
    expect(meaningsOf('client.get', ...text, 'client = httpx.Client()', 'client.get()')).toEqual([
      'requests.Session().get',
      'httpx.Client().get',
    ]);
  });

  test('that nobody knows after a branch that may have changed it', () => {
    const text = ['import requests, httpx', 'client = requests.Session()', 'if slow:', '    client = httpx.Client()'];
    expect(meaningOf('client.get', ...text, 'client.get()')).toBeUndefined();
  });

  test('that nobody knows in a loop that changes it further down', () => {
    const text = ['import requests, httpx', 'client = requests.Session()', 'for order in orders:', '    client.get()'];
    expect(meaningOf('client.get', ...text, '    client = httpx.Client()')).toBeUndefined();
  });

  test('that nobody knows in a function that runs later', () => {
    const text = ['import requests, httpx', 'client = requests.Session()', 'def load():', '    client.get()'];
    expect(meaningOf('client.get', ...text)).toBe('requests.Session().get');
    expect(meaningOf('client.get', ...text, 'client = httpx.Client()')).toBeUndefined();
  });

  test('and remembers the call that made it', () => {
    const source = parser.parse('shop/orders.py', 'import requests\nclient = requests.Session()\nclient.get()\n');
    const [maker, user] = openPythonFile(source).facts.calls;
    expect(user?.callee?.origin).toBe(maker?.index);
  });

  test('and remembers the partial that it went through', () => {
    const text =
      'import functools, requests\nget = functools.partial(requests.get, timeout=1)\nget("https://shop.example")\n';
    const [partial, user] = openPythonFile(parser.parse('shop/orders.py', text)).facts.calls;
    expect(user?.callee).toEqual({ symbol: 'requests.get', partial: partial?.index });
  });
});

describe('an annotation tells what a parameter is', () => {
  test.each([
    ['requests.Session', 'requests.Session().get'],
    ['"requests.Session"', 'requests.Session().get'],
    ['requests.Session | None', 'requests.Session().get'],
    ['None | requests.Session', 'requests.Session().get'],
    ['"requests.Session | None"', 'requests.Session().get'],
    ['Optional[requests.Session]', 'requests.Session().get'],
    ['typing.Optional["requests.Session"]', 'requests.Session().get'],
    ['"Optional[requests.Session]"', 'requests.Session().get'],
    ['Annotated[requests.Session, "shared"]', 'requests.Session().get'],
    ['type[requests.Session]', 'requests.Session.get'],
    ['type["requests.Session"]', 'requests.Session.get'],
    ['typing.Type[requests.Session] | None', 'requests.Session.get'],
    ['type[requests.Session | httpx.Client]', undefined],
    ['type', 'builtins.type().get'],
    ['requests.Session | httpx.Client', undefined],
    ['list[requests.Session]', 'builtins.list().get'],
    ['"requests.Session or None"', undefined],
    ['Iterator[requests.Session]', undefined],
    ['3', undefined],
    ['""', undefined],
  ])('where it is %j', (annotation, meaning) => {
    const imports = ['import requests, httpx, typing', 'from typing import Annotated, Iterator, Optional'];
    expect(meaningOf('client.get', ...imports, `def load(client: ${annotation}):`, '    client.get()')).toBe(meaning);
  });

  test('with a default, by keyword, and of an attribute', () => {
    const text = [
      'import requests',
      'def load(order, *, client: requests.Session = None):',
      '    client.get()',
      'class Shop:',
      '    client: requests.Session',
      '    def load(self):',
      '        self.client.get()',
    ];
    expect(meaningOf('client.get', ...text)).toBe('requests.Session().get');
    expect(meaningOf('self.client.get', ...text)).toBe('requests.Session().get');
  });

  test('but not of `*clients` and `**clients`, which are a tuple and a dictionary', () => {
    const text = ['import requests', 'def load(*clients: requests.Session, **more: requests.Session):'];
    expect(meaningOf('clients.get', ...text, '    clients.get()')).toBeUndefined();
    expect(meaningOf('more.get', ...text, '    more.get()')).toBeUndefined();
  });

  test.each(['date: date', 'date: "date | None" = None', 'date: Optional[date]', 'date: date.date = date()'])(
    'and leads nowhere when %j names itself',
    field => {
      const text = ['from typing import Optional', 'class Order:', `    ${field}`, '    def due(self):'];
      expect(meaningOf('self.date.today', ...text, '        self.date.today()')).toBeUndefined();
    },
  );
});

describe('an attribute of an object', () => {
  const shop = [
    'import requests',
    'class Shop:',
    '    def __init__(self):',
    '        self.client = requests.Session()',
  ];

  test('is what the constructor set', () => {
    const text = [...shop, '    def load(self):', '        self.client.get()', 'Shop().client.get()'];
    expect(meaningOf('self.client.get', ...text)).toBe('requests.Session().get');
    expect(meaningOf('Shop().client.get', ...text)).toBe('requests.Session().get');
  });

  test('is unknown when another method sets it to something else', () => {
    const text = [...shop, '    def load(self):', '        self.client.get()', '    def stop(self):'];
    expect(meaningOf('self.client.get', ...text, '        self.client = None')).toBe('requests.Session().get');
    expect(meaningOf('self.client.get', ...text, '        self.client = Fake()')).toBeUndefined();
  });

  test('is unknown when `self` is bound again', () => {
    const text = [...shop, '    def load(self, other):', '        self = other', '        self.client.get()'];
    expect(meaningOf('self.client.get', ...text)).toBeUndefined();
  });

  test('is the one of the method around, in functions and comprehensions inside', () => {
    const text = [...shop, '    def load(self):', '        return [self.client.get() for _ in range(3)]'];
    expect(meaningOf('self.client.get', ...text)).toBe('requests.Session().get');
    const nested = [...shop, '    def load(self):', '        def inner():', '            self.client.get()'];
    expect(meaningOf('self.client.get', ...nested)).toBe('requests.Session().get');
  });

  test('is unknown in a static method, whose parameter may be anything', () => {
    const text = [...shop, '    @staticmethod', '    def load(self):', '        self.client.get()'];
    expect(meaningOf('self.client.get', ...text)).toBeUndefined();
  });

  test('of a property is what the property returns', () => {
    const text = ['import requests', 'class Shop:', '    @property', '    def client(self):'];
    const rest = ['        return requests.Session()', '    def load(self):', '        self.client.get()'];
    expect(meaningOf('self.client.get', ...text, ...rest)).toBe('requests.Session().get');
  });

  test('of a class is seen by class methods', () => {
    const text = ['import requests', 'class Shop:', '    client = requests.Session()', '    @classmethod'];
    expect(meaningOf('cls.client.get', ...text, '    def load(cls):', '        cls.client.get()')).toBe(
      'requests.Session().get',
    );
  });

  test('may be a method of the same class', () => {
    const text = [...shop, '    def load(self):', '        self.save()', '    def save(self): pass'];
    expect(meaningOf('self.save', ...text)).toBe(':Shop.save');
  });
});

describe('a context manager gives what entering it gives', () => {
  test.each([
    ['with requests.Session() as client:', 'requests.Session().__enter__().get'],
    ['async with requests.Session() as client:', 'requests.Session().__aenter__().get'],
    ['with open("a") as file, requests.Session() as client:', 'requests.Session().__enter__().get'],
    ['with (open("a") as file, requests.Session() as client):', 'requests.Session().__enter__().get'],
    ['with contextlib.closing(requests.Session()) as client:', 'requests.Session().__enter__().get'],
    ['with requests.Session() as (client, other):', undefined],
  ])('after %j', (statement, meaning) => {
    const text = ['import contextlib, requests', 'async def load():', `    ${statement}`, '        client.get()'];
    expect(meaningOf('client.get', ...text)).toBe(meaning);
  });

  test('to an attribute as well', () => {
    const text = [
      'import requests',
      'class Shop:',
      '    def load(self):',
      '        with requests.Session() as self.client:',
    ];
    expect(meaningOf('self.client.get', ...text, '            self.client.get()')).toBe(
      'requests.Session().__enter__().get',
    );
  });
});

describe('a call gives', () => {
  test('what the function of this file returns', () => {
    const text = ['import requests', 'def connect():', '    return requests.Session()', 'connect().get()'];
    expect(meaningOf('connect().get', ...text)).toBe('requests.Session().get');
  });

  test('what its annotation promises when its value is unknown', () => {
    const text = ['import requests', 'def connect() -> requests.Session:', '    return pool.pop()', 'connect().get()'];
    expect(meaningOf('connect().get', ...text)).toBe('requests.Session().get');
  });

  test.each([
    ['of several returns that differ', ['    if slow: return requests.Session()', '    return httpx.Client()']],
    ['of a generator', ['    yield 1', '    return requests.Session()']],
    ['of itself', ['    return connect()']],
  ])('nothing certain where it is the result %s', (_, body) => {
    const text = ['import requests, httpx', 'def connect():', ...body, 'connect().get()'];
    expect(meaningOf('connect().get', ...text)).not.toMatch(/requests|httpx/);
  });

  test('what decorators make of it, which nobody knows', () => {
    const text = ['import requests', '@pooled', 'def connect():', '    return requests.Session()', 'connect().get()'];
    expect(meaningOf('connect().get', ...text)).toBe(':connect().get');
  });
});

describe('an inner name', () => {
  test.each([
    ['a parameter', ['def load(requests):', '    requests.get()']],
    ['a parameter of a lambda', ['load = lambda requests: requests.get()']],
    ['a later assignment of the same function', ['def load():', '    requests.get()', '    requests = pool']],
    ['a loop variable', ['def load():', '    for requests in pool: requests.get()']],
    ['a variable of a comprehension', ['found = [requests.get() for requests in pool]']],
    ['a captured pattern', ['def load(x):', '    match x:', '        case [requests]: requests.get()']],
    ['a captured alias', ['def load(x):', '    match x:', '        case [1, 2] as requests: requests.get()']],
    ['the rest of a pattern', ['def load(x):', '    match x:', '        case [1, *requests]: requests.get()']],
    ['the rest of a mapping', ['def load(x):', '    match x:', '        case {"a": 1, **requests}: requests.get()']],
    ['a field of a class pattern', ['def load(x):', '    match x:', '        case Order(id=requests): requests.get()']],
    ['an alternative', ['def load(x):', '    match x:', '        case [requests] | requests: requests.get()']],
    [
      'an alternative of a field',
      ['def load(x):', '    match x:', '        case Order(id=1 | requests): requests.get()'],
    ],
    ['an assignment expression', ['def load():', '    if (requests := pool): requests.get()']],
    ['a caught error', ['def load():', '    try: pass', '    except Fault as requests: requests.get()']],
    ['a function', ['def load():', '    def requests(): pass', '    requests.get()']],
    ['a deleted name', ['def load():', '    requests.get()', '    del requests']],
    [
      'a name that an inner function changes',
      [
        'def load():',
        '    import requests',
        '    def swap():',
        '        nonlocal requests',
        '        requests = pool',
        '    requests.get()',
      ],
    ],
    [
      'a name that another function changes',
      ['def swap():', '    global requests', '    requests = pool', 'def load():', '    requests.get()'],
    ],
  ])('hides the module when it is %s', (_, lines) => {
    expect(meaningOf('requests.get', 'import requests', ...lines)).not.toBe('requests.get');
  });

  test.each([
    'case Order(requests=1)',
    'case requests.Session()',
    'case requests.codes | None',
    'case {requests.codes: 1}',
  ])('is not made by %j, which captures nothing', clause => {
    expect(meaningOf('requests.get', 'import requests', 'match order:', `    ${clause}: requests.get()`)).toBe(
      'requests.get',
    );
  });

  test('of a class is not seen by its methods', () => {
    const text = [
      'import requests',
      'class Shop:',
      '    requests = pool',
      '    requests.head()',
      '    def load(self):',
    ];
    expect(meaningOf('requests.get', ...text, '        requests.get()')).toBe('requests.get');
    expect(meaningOf('requests.head', ...text, '        pass')).toBeUndefined();
  });

  test('of a comprehension ends with it', () => {
    const text = ['import requests', 'found = [requests for requests in pool]', 'requests.get()'];
    expect(meaningOf('requests.get', ...text)).toBe('requests.get');
  });

  test('made by `:=` in a comprehension belongs to the function around it', () => {
    const text = ['import requests', 'def load():', '    found = [(requests := order) for order in pool]'];
    expect(meaningOf('requests.get', ...text, '    requests.get()')).toBeUndefined();
  });

  test('is bound by `global` and `nonlocal` where it lives', () => {
    const text = ['import requests', 'client = None', 'def start():', '    global client'];
    expect(meaningOf('client.get', ...text, '    client = requests.Session()', 'def load():', '    client.get()')).toBe(
      'requests.Session().get',
    );
    const nested = ['import requests', 'def load():', '    def start():', '        nonlocal client'];
    expect(
      meaningOf(
        'client.get',
        ...nested,
        '        client = requests.Session()',
        '    client = None',
        '    client.get()',
      ),
    ).not.toBe('None');
  });

  test('that nothing binds is unknown', () => {
    expect(meaningOf('requests.get', 'requests.get()')).toBeUndefined();
  });
});
