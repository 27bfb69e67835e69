import { beforeAll, describe, expect, test } from 'vitest';
import type { PythonParser } from '../../../server/src/syntax/python/parser.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';
import { link } from './linked.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

const PRICES = 'def price_of(title):\n    return 5\n\n\nclass Catalogue:\n    def read(self):\n        return []\n';

/** What `price_of()` in `shop/orders.py` calls, when the file starts with these lines. */
function calledAfter(head: string, texts: Readonly<Record<string, string>>, projects: readonly string[] = []): string {
  const linked = link(parser, { ...texts, 'shop/orders.py': `${head}\nprice_of("Emma")\n` }, projects);
  return linked.callee('shop/orders.py', 'price_of');
}

describe('names that a package hands on', () => {
  test.each([
    ['by a relative import', { 'shop/stock/__init__.py': 'from .prices import price_of\n' }],
    ['by an absolute import', { 'shop/stock/__init__.py': 'from shop.stock.prices import price_of\n' }],
    ['under another name', { 'shop/stock/__init__.py': 'from .prices import price_of as cost\nprice_of = cost\n' }],
    ['from a module', { 'shop/stock/__init__.py': 'from . import prices\nprice_of = prices.price_of\n' }],
    ['by a star', { 'shop/stock/__init__.py': 'from .prices import *\n' }],
    [
      'by a star over several files',
      { 'shop/stock/__init__.py': 'from .all import *\n', 'shop/stock/all.py': 'from .prices import *\n' },
    ],
    [
      'by a star, listed in `__all__`',
      { 'shop/stock/__init__.py': 'from .prices import *\n\n__all__ = ["price_of"]\n' },
    ],
    [
      'in one of two branches that agree',
      {
        'shop/stock/__init__.py':
          'try:\n    from .prices import price_of\nexcept ImportError:\n    from shop.stock.prices import price_of\n',
      },
    ],
  ])('are followed %s', (_, inits) => {
    const texts = { 'shop/__init__.py': '', 'shop/stock/prices.py': PRICES, ...inits };
    const called = calledAfter('from shop.stock import price_of', texts);
    // `.prices` and `shop.stock.prices` are two spellings for one file, which one file alone can't tell.
    const isUndecided = 'shop/stock/__init__.py' in inits && inits['shop/stock/__init__.py'].startsWith('try');
    expect(called).toBe(isUndecided ? 'unknown' : 'shop/stock/prices.py price_of');
  });

  test.each([
    [
      'a star leaves private names out',
      { 'shop/stock/__init__.py': 'from .hidden import *\n', 'shop/stock/hidden.py': '' },
    ],
    [
      '`__all__` does not list the name',
      {
        'shop/stock/__init__.py': 'from .listed import *\n',
        'shop/stock/listed.py': `__all__ = ["Catalogue"]\n${PRICES}`,
      },
    ],
    [
      'two stars bring the name',
      {
        'shop/stock/__init__.py': 'from .prices import *\nfrom .others import *\n',
        'shop/stock/others.py': 'def price_of(title):\n    return 6\n',
      },
    ],
    [
      'branches disagree',
      {
        'shop/stock/__init__.py':
          'try:\n    from .fast import price_of\nexcept ImportError:\n    from .prices import price_of\n',
        'shop/stock/fast.py': PRICES,
      },
    ],
    [
      'the name is bound again',
      { 'shop/stock/__init__.py': 'from .prices import price_of\nprice_of = cache(price_of)\n' },
    ],
    ['the package computes its names', { 'shop/stock/__init__.py': 'def __getattr__(name):\n    return load(name)\n' }],
    [
      'packages import each other for a name that nobody defines',
      {
        'shop/stock/__init__.py': 'from shop.stock.other import price_of\n',
        'shop/stock/other.py': 'from shop.stock import price_of\n',
      },
    ],
  ])('are unknown where %s', (_, inits) => {
    const texts = { 'shop/__init__.py': '', 'shop/stock/prices.py': PRICES, ...inits };
    expect(calledAfter('from shop.stock import price_of', texts)).toBe('unknown');
  });

  test('a library’s star may hide what came before it, and brings names that nobody knows', () => {
    const texts = { 'shop/prices.py': PRICES };
    expect(calledAfter('from shop.prices import *\nfrom os.path import *', texts)).toBe('unknown');
    expect(calledAfter('from os.path import *\nfrom shop.prices import *', texts)).toBe('shop/prices.py price_of');
  });

  test('a star leaves out what starts with an underscore, unless `__all__` names it', () => {
    const text = 'def _hidden(): pass\n';
    const orders = { 'shop/orders.py': 'from shop.prices import *\n_hidden()\n' };
    expect(link(parser, { ...orders, 'shop/prices.py': text }).callee('shop/orders.py', '_hidden')).toBe('unknown');
    const listed = `__all__ = ["_hidden"]\n${text}`;
    expect(link(parser, { ...orders, 'shop/prices.py': listed }).callee('shop/orders.py', '_hidden')).toBe(
      'shop/prices.py _hidden',
    );
  });

  test('a builtin is one where a star brings nothing of that name', () => {
    const texts = { 'shop/prices.py': PRICES, 'shop/orders.py': 'from shop.prices import *\nopen("a")\nlen("b")\n' };
    const linked = link(parser, texts);
    expect(linked.callee('shop/orders.py', 'open')).toBe('builtins.open');
    const hiding = link(parser, { ...texts, 'shop/prices.py': 'def open(path): pass\n' });
    expect(hiding.callee('shop/orders.py', 'open')).toBe('shop/prices.py open');
  });
});

describe('modules', () => {
  test.each([
    ['import shop.stock.prices', 'shop.stock.prices.price_of'],
    ['import shop.stock.prices as prices', 'prices.price_of'],
    ['from shop.stock import prices', 'prices.price_of'],
    ['from shop import stock', 'stock.prices.price_of'],
    ['from .stock import prices', 'prices.price_of'],
    ['from . import stock', 'stock.prices.price_of'],
    ['import shop.stock', 'shop.stock.prices.Catalogue().read'],
  ])('are found after `%s`', (head, code) => {
    const texts = {
      'shop/__init__.py': '',
      'shop/stock/__init__.py': '',
      'shop/stock/prices.py': PRICES,
      'shop/orders.py': `${head}\n${code}("Emma")\n`,
    };
    const expected = code.endsWith('read') ? 'Catalogue.read' : 'price_of';
    expect(link(parser, texts).callee('shop/orders.py', code)).toBe(`shop/stock/prices.py ${expected}`);
  });

  test('a folder without `__init__.py` is a package, too', () => {
    expect(calledAfter('from shop.stock.prices import price_of', { 'shop/stock/prices.py': PRICES })).toBe(
      'shop/stock/prices.py price_of',
    );
  });

  test('a function of a package and a submodule of its name are told apart by what follows', () => {
    const texts = {
      'shop/prices/__init__.py': 'def stock(): pass\n',
      'shop/prices/stock.py': 'def count(): pass\n',
      'shop/orders.py': 'from shop import prices\nprices.stock()\nprices.stock.count()\n',
    };
    const linked = link(parser, texts);
    expect(linked.callee('shop/orders.py', 'prices.stock.count')).toBe('shop/prices/stock.py count');
  });

  test('the package of a `src` layout is found from its tests', () => {
    const texts = {
      'src/shop/__init__.py': '',
      'src/shop/prices.py': PRICES,
      'tests/test_prices.py': 'from shop.prices import price_of\nprice_of("Emma")\n',
    };
    expect(link(parser, texts, ['']).callee('tests/test_prices.py', 'price_of')).toBe('src/shop/prices.py price_of');
  });

  test('each project of a repository has its own modules', () => {
    const main = 'from app.prices import price_of\nprice_of("Emma")\n';
    const texts = {
      'orders/app/__init__.py': '',
      'orders/app/prices.py': PRICES,
      'orders/app/main.py': main,
      'stock/src/app/__init__.py': '',
      'stock/src/app/prices.py': PRICES,
      'stock/src/app/main.py': main,
      'tools/report.py': main,
    };
    const linked = link(parser, texts, ['orders', 'stock']);
    expect(linked.callee('orders/app/main.py', 'price_of')).toBe('orders/app/prices.py price_of');
    expect(linked.callee('stock/src/app/main.py', 'price_of')).toBe('stock/src/app/prices.py price_of');
    expect(linked.callee('tools/report.py', 'price_of')).toBe('unknown');
  });

  test('a package that only one project has is found from the others', () => {
    const texts = {
      'common/pricing/__init__.py': PRICES,
      'orders/app.py': 'from pricing import price_of\nprice_of("Emma")\n',
    };
    expect(link(parser, texts, ['common', 'orders']).callee('orders/app.py', 'price_of')).toBe(
      'common/pricing/__init__.py price_of',
    );
  });

  test('a script finds the files beside it', () => {
    const texts = { 'tools/prices.py': PRICES, 'tools/report.py': 'from prices import price_of\nprice_of("Emma")\n' };
    expect(link(parser, texts).callee('tools/report.py', 'price_of')).toBe('tools/prices.py price_of');
  });

  test.each(['requests', 'json', 'redis'])('a folder named %s does not hide the library of that name', name => {
    const texts = {
      [`tests/${name}/check.py`]: PRICES,
      'shop/orders.py': `import ${name}\n${name}.check.price_of()\n`,
    };
    expect(link(parser, texts, ['']).callee('shop/orders.py', `${name}.check.price_of`)).not.toContain('tests/');
  });

  test('relative imports do not lead out of the workspace', () => {
    const linked = link(parser, {
      'orders.py': 'from ...prices import price_of\nprice_of("Emma")\n',
      'prices.py': PRICES,
    });
    expect(linked.callee('orders.py', 'price_of')).toBe('unknown');
  });

  test('modules that import each other are no trouble', () => {
    const texts = {
      'shop/prices.py': 'from shop.orders import total\ndef price_of(title):\n    return total()\n',
      'shop/orders.py': 'from shop.prices import price_of\ndef total():\n    return price_of("Emma")\n',
    };
    const linked = link(parser, texts);
    expect(linked.callee('shop/orders.py', 'price_of')).toBe('shop/prices.py price_of');
    expect(linked.callee('shop/prices.py', 'total')).toBe('shop/orders.py total');
    expect(linked.workspace.index.moduleOf('shop/orders.py', 'shop.prices')).toBe('shop/prices.py');
    expect(linked.workspace.index.moduleOf('shop/orders.py', 'os')).toBeUndefined();
  });

  test('an import inside of a function is followed', () => {
    const texts = {
      'shop/prices.py': PRICES,
      'shop/orders.py': 'def total():\n    from shop.prices import price_of\n    return price_of("Emma")\n',
    };
    expect(link(parser, texts).callee('shop/orders.py', 'price_of')).toBe('shop/prices.py price_of');
  });
});
