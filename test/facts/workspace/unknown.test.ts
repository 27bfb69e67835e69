import { beforeAll, describe, expect, test } from 'vitest';
import type { PythonParser } from '../../../server/src/syntax/python/parser.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';
import { link } from './linked.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

const PRICES = [
  'class Catalogue:',
  '    limit = 5',
  '    def read(self):',
  '        return []',
  'def price_of(title):',
  '    return 5',
  'catalogue = Catalogue()',
  '',
].join('\n');

describe('a name that a program replaces is unknown', () => {
  test.each([
    ['in a module', 'from shop import prices\nprices.price_of = cached(prices.price_of)\n'],
    ['in a module, by its full name', 'import shop.prices\nshop.prices.price_of = print\n'],
    ['in a class', 'from shop.prices import Catalogue\nCatalogue.read = print\n'],
    ['in a class, through its module', 'from shop import prices\nprices.Catalogue.read = print\n'],
    ['in an object', 'from shop.prices import catalogue\ncatalogue.read = print\n'],
    [
      'in an object that a function is given',
      'from shop.prices import Catalogue\ndef patch(one: Catalogue):\n    one.read = print\n',
    ],
    ['in a new object', 'from shop.prices import Catalogue\none = Catalogue()\none.read = print\n'],
    [
      'by `setattr`',
      'from shop import prices\nsetattr(prices, "price_of", print)\nsetattr(prices.Catalogue, "read", print)\n',
    ],
  ])('%s', (_, patch) => {
    const texts = {
      'shop/prices.py': PRICES,
      'shop/orders.py': 'from shop.prices import price_of, catalogue\nprice_of("Emma")\ncatalogue.read()\n',
    };
    const before = link(parser, texts);
    expect(before.callee('shop/orders.py', 'price_of')).toBe('shop/prices.py price_of');
    expect(before.callee('shop/orders.py', 'catalogue.read')).toBe('shop/prices.py Catalogue.read');
    const after = link(parser, { ...texts, 'shop/patch.py': patch });
    const left = ['price_of', 'catalogue.read'].map(code => after.callee('shop/orders.py', code));
    const gone = /price_of/.test(patch) ? 0 : 1;
    expect(left[gone]).toBe('unknown');
    if (!patch.includes('setattr')) expect(left[1 - gone]).not.toBe('unknown');
  });

  test('in its own file', () => {
    const texts = {
      'shop/prices.py': `${PRICES}Catalogue.read = print\n`,
      'shop/orders.py': 'from shop.prices import catalogue\ncatalogue.read()\n',
    };
    expect(link(parser, texts).callee('shop/orders.py', 'catalogue.read')).toBe('unknown');
  });

  test('but not by a test, which does so for itself alone', () => {
    const texts = {
      'shop/prices.py': PRICES,
      'shop/orders.py': 'from shop.prices import price_of\nprice_of("Emma")\n',
      'tests/test_orders.py': 'from shop import prices\ndef test_orders():\n    prices.price_of = print\n',
    };
    const linked = link(parser, texts);
    expect(linked.callee('shop/orders.py', 'price_of')).toBe('shop/prices.py price_of');
  });
});

describe('a name is unknown', () => {
  test.each([
    ['where it is bound twice', 'def price_of(): pass\nif DEBUG:\n    def price_of(): return 1\n'],
    ['where a loop binds it', 'for price_of in FUNCTIONS:\n    pass\n'],
    [
      'where a function sets it',
      'price_of = print\ndef patch(function):\n    global price_of\n    price_of = function\n',
    ],
    ['where it is deleted', 'def price_of(): pass\ndel price_of\n'],
    ['where it comes out of a table', 'price_of = TABLE["price"]\n'],
    ['where it is not there', 'def cost_of(): pass\n'],
  ])('%s', (_, text) => {
    const texts = { 'shop/prices.py': text, 'shop/orders.py': 'from shop.prices import price_of\nprice_of("Emma")\n' };
    expect(link(parser, texts).callee('shop/orders.py', 'price_of')).toBe('unknown');
  });

  test('where a parameter or a local name takes its place', () => {
    const texts = {
      'shop/prices.py': PRICES,
      'shop/orders.py': [
        'from shop.prices import price_of',
        'def total(price_of):',
        '    return price_of("Emma")',
        '',
      ].join('\n'),
    };
    expect(link(parser, texts).workspace.graph.callsFrom(1)).toEqual([]);
  });

  test.each([
    [
      'what a function gives back differs',
      'import httpx, requests\ndef make(old):\n    if old:\n        return requests.Session()\n    return httpx.Client()\n',
    ],
    [
      'a function may give back something unknown',
      'import httpx\ndef make(old):\n    if old:\n        return old\n    return httpx.Client()\n',
    ],
    ['a function gives back itself', 'def make():\n    return make()\n'],
    ['functions give back each other', 'def make():\n    return other()\ndef other():\n    return make()\n'],
  ])('where %s', (_, text) => {
    const texts = { 'shop/http.py': text, 'shop/orders.py': 'from shop.http import make\nmake(1).get("/")\n' };
    expect(link(parser, texts).callee('shop/orders.py', 'make(1).get')).toBe('unknown');
  });

  test('of an object of a type that stands for several', () => {
    const texts = {
      'shop/types.py': 'from typing import TypeVar\nModel = TypeVar("Model")\n',
      'shop/orders.py': 'from shop.types import Model\ndef save(model: Model):\n    model.save()\n',
    };
    expect(link(parser, texts).callee('shop/orders.py', 'model.save')).toBe('unknown');
  });

  test('of an attribute that is set to different things', () => {
    const texts = {
      'shop/http.py':
        'import httpx, requests\nclass Api:\n    def __init__(self):\n        self.client = httpx.Client()\n    def reset(self):\n        self.client = requests.Session()\n',
      'shop/orders.py': 'from shop.http import Api\nApi().client.get("/")\n',
    };
    expect(link(parser, texts).callee('shop/orders.py', 'Api().client.get')).toBe('unknown');
  });

  test('of an attribute that a class of another file makes up', () => {
    const texts = {
      'shop/http.py': 'class Api:\n    def __getattr__(self, name):\n        return print\n',
      'shop/orders.py': 'from shop.http import Api\nApi().read()\n',
    };
    expect(link(parser, texts).callee('shop/orders.py', 'Api().read')).toBe('unknown');
  });
});
