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

describe('types that another file names', () => {
  test.each([
    ['the return annotation of a function', 'def make() -> httpx.Client: ...', 'make', 'make().get'],
    [
      'the return annotation of an abstract method',
      'class Api:\n    def make(self) -> httpx.Client: ...',
      'Api',
      'Api().make().get',
    ],
    [
      'a field of a dataclass',
      '@dataclasses.dataclass\nclass Api:\n    client: httpx.Client',
      'Api',
      'Api(c).client.get',
    ],
    [
      'a field with a factory',
      '@dataclasses.dataclass\nclass Api:\n    client: httpx.Client = dataclasses.field(default_factory=httpx.Client)',
      'Api',
      'Api().client.get',
    ],
    [
      'a field of a Pydantic model',
      'class Api(pydantic.BaseModel):\n    client: httpx.Client',
      'Api',
      'Api(client=c).client.get',
    ],
    [
      'a field with Pydantic’s settings',
      'class Api(pydantic.BaseModel):\n    client: httpx.Client = pydantic.Field(exclude=True)',
      'Api',
      'Api(client=c).client.get',
    ],
    [
      'a field that may be missing',
      'class Api(pydantic.BaseModel):\n    client: httpx.Client | None = None',
      'Api',
      'Api(client=c).client.get',
    ],
    [
      'a parameter that becomes an attribute',
      'class Api:\n    def __init__(self, client: httpx.Client):\n        self.client = client',
      'Api',
      'Api(c).client.get',
    ],
    [
      'an annotated attribute',
      'class Api:\n    def __init__(self, client):\n        self.client: httpx.Client = client',
      'Api',
      'Api(c).client.get',
    ],
  ])('are followed through %s', (_, made, name, code) => {
    const texts = `import httpx, dataclasses, pydantic\n${made}\n`;
    expect(followed(texts, using(name, `${code}("/")`), code)).toEqual([GET, undefined]);
  });

  test.each([
    ['a default value', 'def read(api: Api = Depends()):', 'api.all'],
    ['an annotation', 'def read(api: Annotated[Api, Depends(open_api)]):', 'api.all'],
    ['a default value alone', 'def read(api=Depends(open_api)):', 'api.all'],
    ['a class as a dependency', 'def read(api=Depends(Api)):', 'api.all'],
    ['an alias of another file', 'def read(api: OpenApi):', 'api.all'],
  ])('are followed through dependencies of FastAPI: %s', (_, head, code) => {
    const made = [
      'from typing import Annotated',
      'from fastapi import Depends',
      'class Api:',
      '    def all(self): return []',
      'def open_api() -> Api:',
      '    return Api()',
      'OpenApi = Annotated[Api, Depends(open_api)]',
      '',
    ].join('\n');
    const used = [
      'from typing import Annotated',
      'from fastapi import Depends',
      using('Api, OpenApi, open_api', head, '    return api.all()'),
    ].join('\n');
    expect(followed(made, used, code)[0]).toBe('shop/http.py Api.all');
  });

  test('a class that wraps a client leads to its own methods, and through them to the client', () => {
    const made = making(
      'class Api:',
      '    def __init__(self):',
      '        self.client = httpx.Client(timeout=5)',
      '    def get(self, path):',
      '        return self.client.get(path)',
    );
    const linked = link(parser, {
      'shop/http.py': made,
      'shop/orders.py': using('Api', 'api = Api()', 'api.get("/")'),
    });
    expect(linked.callee('shop/orders.py', 'api.get')).toBe('shop/http.py Api.get');
    expect(linked.callee('shop/http.py', 'self.client.get')).toBe(GET);
  });

  test('a method that a class of the workspace inherits from a library’s class names the class', () => {
    const made = making('class Api(httpx.Client):', '    def orders(self):', '        return []');
    const linked = link(parser, {
      'shop/http.py': made,
      'shop/orders.py': using('Api', 'api = Api()', 'api.get("/")'),
    });
    const [call] = linked.workspace.index.outline('shop/orders.py')?.calls.slice(-1) ?? [];
    const target = call && linked.workspace.index.calleeOf('shop/orders.py', call);
    expect(target).toEqual({
      kind: 'external',
      symbol: GET,
      origin: { path: 'shop/orders.py', call: 0 },
      inheritedBy: { path: 'shop/http.py', class: 0 },
    });
  });

  test('`functools.partial` is noted on the way', () => {
    const made = making('fetch = functools.partial(httpx.get, timeout=5)');
    const linked = link(parser, { 'shop/http.py': made, 'shop/orders.py': using('fetch', 'fetch("/")') });
    const [call] = linked.workspace.index.outline('shop/orders.py')?.calls ?? [];
    expect(call && linked.workspace.index.calleeOf('shop/orders.py', call)).toMatchObject({
      kind: 'external',
      symbol: 'httpx.get',
      partial: { path: 'shop/http.py', call: 0 },
    });
  });
});
