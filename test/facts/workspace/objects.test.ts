import { beforeAll, describe, expect, test } from 'vitest';
import type { PythonParser } from '../../../server/src/syntax/python/parser.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';
import { link } from './linked.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

/** What is called, and where the object was made, in `shop/orders.py` beside a `shop/http.py`. */
function followed(made: string, used: string, code: string): readonly (string | undefined)[] {
  const linked = link(parser, { 'shop/http.py': made, 'shop/orders.py': used });
  return [linked.callee('shop/orders.py', code), linked.origin('shop/orders.py', code)];
}

const GET = 'httpx.Client().get';
const MADE = 'shop/http.py: httpx.Client(timeout=5)';
/** A file that makes a client in some way. */
const making = (...lines: string[]): string => ['import httpx, contextlib, functools', ...lines, ''].join('\n');
/** A file that uses what `shop/http.py` has. */
const using = (name: string, ...lines: string[]): string => [`from shop.http import ${name}`, ...lines, ''].join('\n');

describe('objects that another file makes', () => {
  test.each([
    [
      'a name of the module',
      making('client = httpx.Client(timeout=5)'),
      using('client', 'client.get("/")'),
      'client.get',
    ],
    [
      'a name that is annotated',
      making('client: httpx.Client = httpx.Client(timeout=5)'),
      using('client', 'client.get("/")'),
      'client.get',
    ],
    [
      'an attribute of a class',
      making('class Api:', '    client = httpx.Client(timeout=5)'),
      using('Api', 'Api.client.get("/")'),
      'Api.client.get',
    ],
    [
      'an attribute of an object',
      making('class Api:', '    def __init__(self):', '        self.client = httpx.Client(timeout=5)'),
      using('Api', 'api = Api()', 'api.client.get("/")'),
      'api.client.get',
    ],
    [
      'an attribute that another method than the constructor sets',
      making('class Api:', '    client = None', '    def open(self):', '        self.client = httpx.Client(timeout=5)'),
      using('Api', 'api = Api()', 'api.client.get("/")'),
      'api.client.get',
    ],
    [
      'an attribute of an object that stands in the other file',
      making('class Api:', '    def __init__(self):', '        self.client = httpx.Client(timeout=5)', 'api = Api()'),
      using('api', 'api.client.get("/")'),
      'api.client.get',
    ],
    [
      'an attribute of a base class',
      making('class Api:', '    def __init__(self):', '        self.client = httpx.Client(timeout=5)'),
      using('Api', 'class Orders(Api):', '    def all(self):', '        return self.client.get("/")'),
      'self.client.get',
    ],
    [
      'an attribute of a base class of a base class in the other file',
      making(
        'class Root:',
        '    def __init__(self):',
        '        self.client = httpx.Client(timeout=5)',
        'class Api(Root):',
        '    pass',
      ),
      using('Api', 'class Orders(Api):', '    def all(self):', '        return self.client.get("/")'),
      'self.client.get',
    ],
    [
      'what a function gives back',
      making('def make():', '    return httpx.Client(timeout=5)'),
      using('make', 'make().get("/")'),
      'make().get',
    ],
    [
      'what a function gives back by a name of its own',
      making('def make():', '    client = httpx.Client(timeout=5)', '    return client'),
      using('make', 'client = make()', 'client.get("/")'),
      'client.get',
    ],
    [
      'what a factory behind another factory gives back',
      making('def make():', '    return httpx.Client(timeout=5)', 'def make_api():', '    return make()'),
      using('make_api', 'client = make_api()', 'client.get("/")'),
      'client.get',
    ],
    [
      'what a method gives back',
      making('class Api:', '    def open(self):', '        return httpx.Client(timeout=5)'),
      using('Api', 'Api().open().get("/")'),
      'Api().open().get',
    ],
    [
      'what a class method gives back',
      making('class Api:', '    @classmethod', '    def open(cls):', '        return httpx.Client(timeout=5)'),
      using('Api', 'Api.open().get("/")'),
      'Api.open().get',
    ],
    [
      'what a property gives back',
      making(
        'class Api:',
        '    def __init__(self):',
        '        self._client = httpx.Client(timeout=5)',
        '    @property',
        '    def client(self):',
        '        return self._client',
      ),
      using('Api', 'api = Api()', 'api.client.get("/")'),
      'api.client.get',
    ],
    [
      'what a cached property gives back',
      making(
        'class Api:',
        '    @functools.cached_property',
        '    def client(self):',
        '        return httpx.Client(timeout=5)',
      ),
      using('Api', 'Api().client.get("/")'),
      'Api().client.get',
    ],
    [
      'what a cached function gives back',
      making('@functools.lru_cache(maxsize=1)', 'def client():', '    return httpx.Client(timeout=5)'),
      using('client', 'client().get("/")'),
      'client().get',
    ],
    [
      'what a function with `@contextmanager` yields',
      making(
        '@contextlib.contextmanager',
        'def client():',
        '    made = httpx.Client(timeout=5)',
        '    yield made',
        '    made.close()',
      ),
      using('client', 'with client() as opened:', '    opened.get("/")'),
      'opened.get',
    ],
    [
      'what an object gives to `with`',
      making(
        'class Api:',
        '    def __init__(self):',
        '        self.client = httpx.Client(timeout=5)',
        '    def __enter__(self):',
        '        return self.client',
        '    def __exit__(self, *error):',
        '        self.client.close()',
      ),
      using('Api', 'with Api() as client:', '    client.get("/")'),
      'client.get',
    ],
    [
      'an object that gives itself to `with`',
      making(
        'class Api:',
        '    def __init__(self):',
        '        self.client = httpx.Client(timeout=5)',
        '    def __enter__(self):',
        '        return self',
        '    def __exit__(self, *error):',
        '        self.client.close()',
      ),
      using('Api', 'with Api() as api:', '    api.client.get("/")'),
      'api.client.get',
    ],
    [
      'an object that is a context manager itself',
      making('client = httpx.Client(timeout=5)'),
      using('client', 'with client as opened:', '    opened.get("/")'),
      'opened.get',
    ],
    [
      'a dependency, as a default value',
      making('def client():', '    return httpx.Client(timeout=5)'),
      `from fastapi import Depends\n${using('client', 'def read(http=Depends(client)):', '    return http.get("/")')}`,
      'http.get',
    ],
    [
      'a dependency that yields, in an annotation that does not say more',
      making('def client():', '    with httpx.Client(timeout=5) as made:', '        yield made'),
      [
        'from typing import Annotated, Any',
        'from fastapi import Depends',
        using('client', 'def read(http=Depends(client)):', '    return http.get("/")'),
      ].join('\n'),
      'http.get',
    ],
  ])('are followed through %s', (_, made, used, code) => {
    const [callee, origin] = followed(made, used, code);
    expect([callee?.replace(/\.__a?enter__\(\)/g, ''), origin]).toEqual([GET, MADE]);
  });

  test('an asynchronous context manager yields, too', () => {
    const made = making(
      '@contextlib.asynccontextmanager',
      'async def client():',
      '    async with httpx.AsyncClient(timeout=5) as made:',
      '        yield made',
    );
    const used = using(
      'client',
      'async def read():',
      '    async with client() as http:',
      '        await http.get("/")',
    );
    expect(followed(made, used, 'http.get')[0]).toMatch(/^httpx\.AsyncClient\(\)(\.__aenter__\(\))?\.get$/);
  });
});
