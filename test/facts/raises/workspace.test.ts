import { beforeAll, describe, expect, test } from 'vitest';
import type { PythonParser } from '../../../server/src/syntax/python/parser.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';
import { guarding, tell, type Told } from './narrowed.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

const ERRORS = `
class ShopError(Exception):
    pass


class SoldOut(ShopError):
    def __init__(self, title):
        self.title = title


class Closed(Exception):
    pass
`;

/** What guarding `body` is told, with `stock.py` beside it. */
function told(stock: string, body: string, before = 'from shop.stock import take', handler?: string): Told {
  const others = { 'shop/__init__.py': '', 'shop/errors.py': ERRORS, 'shop/stock.py': stock };
  return tell(parser, guarding(body, before, handler), others);
}

const TAKE = 'from shop.errors import SoldOut\n\n\ndef take(title):\n';

describe('what functions of other files raise', () => {
  test('is offered with its import', () => {
    const { written, unknown, text } = told(`${TAKE}    raise SoldOut(title)\n`, 'take(path)');
    expect({ written, unknown }).toEqual({ written: 'SoldOut', unknown: [] });
    expect(text).toContain('from shop.errors import SoldOut\n');
  });

  test('is imported in one statement where it is of one module', () => {
    const stock = `import shop.errors\n\n\ndef take(title):\n    if title:\n        raise shop.errors.SoldOut(title)\n    raise shop.errors.Closed\n`;
    const { written, text } = told(stock, 'take(path)');
    expect(written).toBe('(Closed, SoldOut)');
    expect(text).toMatch(/^from shop\.errors import Closed, SoldOut\nfrom shop\.stock import take\n/);
  });

  test('is imported with what the file has of that module already', () => {
    const before = 'import shop.books\nfrom shop.stock import take\n\nfrom .errors import (\n    ShopError,\n)';
    const { text } = told(`${TAKE}    raise SoldOut(title)\n`, 'take(path)', before);
    expect(text).toContain('from .errors import (\n    ShopError,\n    SoldOut,\n)\n');
  });

  test('is written as the file imports it already', () => {
    const before = 'from shop.stock import take, SoldOut as Gone';
    expect(told(`${TAKE}    raise SoldOut(title)\n`, 'take(path)', before).written).toBe('Gone');
  });

  test('lacks what they catch themselves', () => {
    const stock = `${TAKE}    try:\n        raise SoldOut(title)\n    except SoldOut:\n        return int(title)\n`;
    expect(told(stock, 'take(path)').written).toBe('(TypeError, ValueError)');
  });

  test('holds what they raise again, and what they raise from another error', () => {
    const again = `${TAKE}    try:\n        raise SoldOut(title)\n    except SoldOut:\n        raise\n`;
    expect(told(again, 'take(path)').written).toBe('SoldOut');
    const from = `${TAKE}    try:\n        int(title)\n    except Exception as error:\n        raise SoldOut(title) from error\n`;
    expect(told(from, 'take(path)').written).toBe('SoldOut');
  });

  test('ends in cycles', () => {
    const stock = `${TAKE}    return back(title)\n\n\ndef back(title):\n    if title:\n        return take(title[1:])\n    raise SoldOut(title)\n`;
    expect(told(stock, 'take(path)').written).toBe('(TypeError, SoldOut)');
  });

  test.each([
    ['a value', `${TAKE}    raise title\n`],
    ['an unknown call', `${TAKE}    title.send()\n`],
    ['an unknown decorator', `from somewhere import odd\n\n\n@odd\ndef take(title):\n    return int(title)\n`],
  ])('is unknown through %s', (_, stock) => {
    expect(told(stock, 'take(path)\nint(path)').unknown).toEqual(['take()']);
  });

  test('is known of coroutines and generators where they are awaited and iterated', () => {
    const lazy = 'async def take(title):\n    return int(title)\n\n\ndef prices(title):\n    yield int(title)\n';
    expect(told(lazy, 'await take(path)').written).toBe('(TypeError, ValueError)');
    expect(told(lazy, 'for row in prices(path):\n    pass', 'from shop.stock import prices').written).toBe(
      '(TypeError, ValueError)',
    );
  });
});

describe('what classes of other files raise', () => {
  const SHELF = 'from shop.errors import SoldOut\n\n\nclass Shelf:\n';
  const importing = 'from shop.stock import Shelf';

  test('counts their constructors, those of base classes included', () => {
    const stock = `${SHELF}    def __init__(self, size):\n        self.size = int(size)\n\n\nclass Top(Shelf):\n    pass\n`;
    expect(told(stock, 'Shelf(path)', importing).written).toBe('(TypeError, ValueError)');
    expect(told(stock, 'Top(path)', 'from shop.stock import Top').written).toBe('(TypeError, ValueError)');
  });

  test('counts both ends of their `with`', () => {
    const stock = `${SHELF}    def __enter__(self):\n        return self\n    def __exit__(self, *error):\n        raise SoldOut('all')\n`;
    expect(told(stock, 'with Shelf():\n    pass', importing)).toMatchObject({ written: 'SoldOut', unknown: [] });
    const half = `${SHELF}    def __enter__(self):\n        return self\n`;
    expect(told(half, 'with Shelf():\n    int(path)', importing).unknown).toEqual(['Shelf()']);
  });

  test.each([
    [
      'a subclass has its own',
      `${SHELF}    def sort(self):\n        return 1\n\n\nclass Top(Shelf):\n    def sort(self):\n        raise SoldOut('all')\n`,
    ],
    ['they leave it to others', `${SHELF}    def sort(self):\n        raise NotImplementedError\n`],
    ['they are protocols', 'from typing import Protocol\n\n\nclass Shelf(Protocol):\n    def sort(self): ...\n'],
    [
      'it is abstract',
      'from abc import ABC, abstractmethod\n\n\nclass Shelf(ABC):\n    @abstractmethod\n    def sort(self): ...\n',
    ],
  ])('is unknown of a method where %s', (_, stock) => {
    const text = `${importing}\n\n\ndef order(shelf: Shelf, path):\n    try:\n        shelf.sort()\n        int(path)\n    except Exception:\n        pass\n`;
    const others = { 'shop/__init__.py': '', 'shop/errors.py': ERRORS, 'shop/stock.py': stock };
    expect(tell(parser, text, others).unknown).toEqual(['shelf.sort()']);
  });

  test('is covered by a base class that is raised, too', () => {
    const stock =
      'from shop.errors import ShopError, SoldOut\n\n\ndef take(title):\n    if title:\n        raise SoldOut(title)\n    raise ShopError\n';
    expect(told(stock, 'take(path)').written).toBe('ShopError');
  });

  test('has the attributes that handlers read', () => {
    const stock = `${TAKE}    raise SoldOut(title)\n`;
    expect(told(stock, 'take(path)', undefined, '        return error.title').written).toBe('SoldOut');
    expect(told(stock, 'take(path)', undefined, '        return error.code').written).toBeUndefined();
  });
});

test('no import is added that would go around in a circle', () => {
  const stock =
    'from shop.orders import order\n\n\nclass Gone(Exception):\n    pass\n\n\ndef take(title):\n    raise Gone\n';
  expect(told(stock, 'take(path)').written).toBeUndefined();
  expect(told(stock, 'take(path)', 'from shop.stock import Gone, take').written).toBe('Gone');
});

test('errors of a library keep their names where its own code is looked at', () => {
  const others = {
    're/__init__.py': 'from ._constants import error\n\n\ndef compile(pattern):\n    raise error\n',
    're/_constants.py': 'import shop.orders\n\n\nclass error(Exception):\n    pass\n',
  };
  const text = guarding('re.compile(path)', 'import re');
  expect(tell(parser, text, others).written).toBe(tell(parser, text).written);
});
