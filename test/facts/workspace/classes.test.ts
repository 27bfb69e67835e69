import { beforeAll, describe, expect, test } from 'vitest';
import type { PythonParser } from '../../../server/src/syntax/python/parser.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';
import { link, type Texts } from './linked.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

const BASE = [
  'class Shelf:',
  '    def sort(self):',
  '        return self.order()',
  '    def order(self):',
  '        return []',
  '    @staticmethod',
  '    def width():',
  '        return 1',
  '    @classmethod',
  '    def empty(cls):',
  '        return cls()',
  '',
].join('\n');

function calleeIn(texts: Texts, path: string, code: string): string {
  return link(parser, { 'shop/shelf.py': BASE, ...texts }).callee(path, code);
}

describe('methods', () => {
  test.each([
    ['of a base class', 'class Rare(Shelf):\n    def show(self):\n        self.order()\n', 'self.order', 'Shelf.order'],
    ['called by the class', 'Shelf.order(Shelf())\n', 'Shelf.order', 'Shelf.order'],
    [
      'called by `super()`',
      'class Rare(Shelf):\n    def order(self):\n        return super().order()\n',
      'super().order',
      'Shelf.order',
    ],
    ['that are static', 'Shelf().width()\n', 'Shelf().width', 'Shelf.width'],
    ['of what a class method makes', 'Shelf.empty().order()\n', 'Shelf.empty().order', 'Shelf.order'],
    ['of an annotated parameter', 'def show(shelf: Shelf):\n    shelf.order()\n', 'shelf.order', 'Shelf.order'],
    [
      'of an optional parameter',
      'def show(shelf: Shelf | None = None):\n    shelf.order()\n',
      'shelf.order',
      'Shelf.order',
    ],
    [
      'of an attribute',
      'class Shop:\n    def __init__(self):\n        self.shelf = Shelf()\n    def show(self):\n        self.shelf.order()\n',
      'self.shelf.order',
      'Shelf.order',
    ],
  ])('are found %s', (_, text, code, name) => {
    const texts = { 'shop/rare.py': `from shop.shelf import Shelf\n${text}` };
    expect(calleeIn(texts, 'shop/rare.py', code)).toBe(`shop/shelf.py ${name}`);
  });

  test('a constructor is what calling the class runs, of a base class if need be', () => {
    const texts = {
      'shop/shelf.py': 'class Shelf:\n    def __init__(self):\n        pass\n',
      'shop/rare.py': 'from shop.shelf import Shelf\nclass Rare(Shelf):\n    pass\ndef make():\n    return Rare()\n',
    };
    const { workspace } = link(parser, texts);
    const id = workspace.graph.idOf('shop/rare.py', 0) ?? -1;
    const [edge] = workspace.graph.callsFrom(id);
    expect(edge && workspace.graph.functionOf(edge.callee).qualifiedName).toBe('Shelf.__init__');
    expect(edge && workspace.graph.pathOf(edge.callee)).toBe('shop/shelf.py');
  });

  test('an object that is called runs `__call__`', () => {
    const texts = {
      'shop/price.py': 'class Price:\n    def __call__(self, title):\n        return 5\nprice = Price()\n',
      'shop/rare.py': 'from shop.price import price\ndef show():\n    return price("Emma")\n',
    };
    const { workspace } = link(parser, texts);
    const [edge] = workspace.graph.callsFrom(workspace.graph.idOf('shop/rare.py', 0) ?? -1);
    expect(edge && workspace.graph.functionOf(edge.callee).qualifiedName).toBe('Price.__call__');
  });

  test('the order of base classes decides, as Python defines it', () => {
    const texts = {
      'shop/bases.py': [
        'class Root:',
        '    def name(self): pass',
        '    def price(self): pass',
        'class Left(Root):',
        '    def left(self): pass',
        'class Right(Root):',
        '    def name(self): pass',
        '',
      ].join('\n'),
      'shop/rare.py':
        'from shop.bases import Left, Right\nclass Both(Left, Right):\n    pass\nboth = Both()\nboth.name()\nboth.price()\nboth.left()\n',
    };
    const linked = link(parser, texts);
    expect(['name', 'price', 'left'].map(name => linked.callee('shop/rare.py', `both.${name}`))).toEqual([
      'shop/bases.py Right.name',
      'shop/bases.py Root.price',
      'shop/bases.py Left.left',
    ]);
  });

  test.each([
    [
      'an unknown base class in front of it',
      'from lost import Base\nfrom shop.shelf import Shelf\nclass Rare(Base, Shelf):\n    pass\n',
    ],
    [
      'an unknown base class that a function makes',
      'from shop.shelf import Shelf\nclass Rare(mixin(), Shelf):\n    pass\n',
    ],
    [
      'a library’s class in front of it',
      'import logging\nfrom shop.shelf import Shelf\nclass Rare(logging.Filter, Shelf):\n    pass\n',
    ],
    [
      'base classes in an order that Python refuses',
      'from shop.shelf import Shelf\nclass A(Shelf):\n    pass\nclass Rare(Shelf, A):\n    pass\n',
    ],
    ['base classes that are each other', 'class A(B):\n    pass\nclass B(A):\n    pass\nclass Rare(A):\n    pass\n'],
    [
      'a method that is defined twice',
      'from shop.shelf import Shelf\nclass Rare(Shelf):\n    def order(self): pass\n    def order(self): pass\n',
    ],
    [
      'an attribute of the method’s name',
      'from shop.shelf import Shelf\nclass Rare(Shelf):\n    def __init__(self, order):\n        self.order = order\n',
    ],
    [
      'an attribute that a decorator replaces',
      'from shop.shelf import Shelf\nclass Rare(Shelf):\n    @secret\n    def order(self): pass\n',
    ],
  ])('are unknown behind %s', (_, text) => {
    const texts = { 'shop/rare.py': text, 'shop/main.py': 'from shop.rare import Rare\nRare().order()\n' };
    expect(calleeIn(texts, 'shop/main.py', 'Rare().order')).toBe('unknown');
  });

  test('a class in the body of a class is a member of it, and hides what a library’s base class has', () => {
    const texts = {
      'shop/list.py': [
        'class Titles(list):',
        '    class kinds:',
        '        def count(self): pass',
        'class Twice(list):',
        '    class index: pass',
        '    class index: pass',
        '',
      ].join('\n'),
      'shop/main.py':
        'from shop.list import Titles, Twice\ntitles = Titles()\ntitles.kinds().count()\ntitles.copy()\nTwice().index(1)\n',
    };
    const linked = link(parser, texts);
    expect(linked.callee('shop/main.py', 'titles.kinds')).toBe('shop/list.py Titles.kinds');
    expect(linked.callee('shop/main.py', 'titles.kinds().count')).toBe('shop/list.py Titles.kinds.count');
    expect(linked.callee('shop/main.py', 'titles.copy')).toBe('builtins.list().copy');
    expect(linked.callee('shop/main.py', 'Twice().index')).toBe('unknown');
  });

  test('a method that a subclass of another file has is unknown, but for `super()`, the class, and a new object', () => {
    const texts = {
      'shop/rare.py': 'from shop.shelf import Shelf\nclass Rare(Shelf):\n    def order(self):\n        return [1]\n',
      'shop/main.py': [
        'from shop.shelf import Shelf',
        'def show(shelf: Shelf):',
        '    shelf.order()',
        '    shelf.sort()',
        '    Shelf().order()',
        '    Shelf.order(shelf)',
        '',
      ].join('\n'),
    };
    const linked = link(parser, { 'shop/shelf.py': BASE, ...texts });
    const callee = (code: string): string => linked.callee('shop/main.py', code);
    expect(callee('shelf.order')).toBe('unknown');
    expect(callee('shelf.sort')).toBe('shop/shelf.py Shelf.sort');
    expect(callee('Shelf().order')).toBe('shop/shelf.py Shelf.order');
    expect(callee('Shelf.order')).toBe('shop/shelf.py Shelf.order');
    // `self` may be a `Rare`.
    expect(linked.callee('shop/shelf.py', 'self.order')).toBe('unknown');
  });

  test('an attribute that subclasses fill differently is unknown in the base class', () => {
    const texts = {
      'shop/api.py': 'class Api:\n    client = None\n    def read(self):\n        return self.client.get("/")\n',
      'shop/a.py': 'import httpx\nfrom shop.api import Api\nclass A(Api):\n    client = httpx.Client()\n',
      'shop/b.py':
        'import requests\nfrom shop.api import Api\nclass B(Api):\n    client = requests.Session()\n    def own(self):\n        return self.client.post("/")\n',
    };
    expect(calleeIn(texts, 'shop/api.py', 'self.client.get')).toBe('unknown');
    expect(calleeIn(texts, 'shop/b.py', 'self.client.post')).toBe('requests.Session().post');
  });
});

describe('decorators', () => {
  const decorated = (decorator: string, code = 'price()'): Texts => ({
    'shop/wrap.py': [
      'import functools',
      'def counted(function):',
      '    @functools.wraps(function)',
      '    def inner(*args, **options):',
      '        return function(*args, **options)',
      '    return inner',
      'def bare(function):',
      '    def inner(*args):',
      '        print(args)',
      '        return function(*args)',
      '    return inner',
      'def registered(function):',
      '    TABLE.append(function)',
      '    return function',
      'def named(name):',
      '    def outer(function):',
      '        def inner(*args):',
      '            return function(*args)',
      '        return inner',
      '    return outer',
      'def later(function):',
      '    async def inner(*args):',
      '        return function(*args)',
      '    return inner',
      'def never(function):',
      '    def inner(*args):',
      '        return 0',
      '    return inner',
      'def sometimes(function):',
      '    if DEBUG:',
      '        return print',
      '    return function',
      '',
    ].join('\n'),
    'shop/prices.py': `import functools, tenacity, lost\nfrom shop import wrap\n@${decorator}\ndef price():\n    return 5\n`,
    'shop/main.py': `from shop.prices import price\n${code}\n`,
  });

  test.each([
    'wrap.counted',
    'wrap.bare',
    'wrap.registered',
    'functools.lru_cache',
    'functools.lru_cache(maxsize=None)',
    'functools.cache',
    'tenacity.retry(stop=1)',
  ])('that keep what a function does are seen through: @%s', decorator => {
    expect(calleeIn(decorated(decorator), 'shop/main.py', 'price')).toBe('shop/prices.py price');
  });

  test.each([
    'wrap.later',
    'wrap.never',
    'wrap.sometimes',
    'lost.task',
    'lost.task(1)',
    'undefined',
    'functools.singledispatch',
  ])('that may do something else make a function unknown: @%s', decorator => {
    expect(calleeIn(decorated(decorator), 'shop/main.py', 'price')).toBe('unknown');
  });

  test('a decorator with arguments is unknown as long as nobody follows it', () => {
    expect(['unknown', 'shop/prices.py price']).toContain(
      calleeIn(decorated('wrap.named("a")'), 'shop/main.py', 'price'),
    );
  });
});
