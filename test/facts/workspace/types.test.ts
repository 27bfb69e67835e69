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
/** A file that makes a client in some way. */
const making = (...lines: string[]): string => ['import httpx, contextlib, functools', ...lines, ''].join('\n');
/** A file that uses what `shop/http.py` has. */
const using = (name: string, ...lines: string[]): string => [`from shop.http import ${name}`, ...lines, ''].join('\n');

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
