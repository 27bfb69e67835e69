import { beforeAll, describe, expect, test } from 'vitest';
import type { PythonParser } from '../../../server/src/syntax/python/parser.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';
import { guarding, tell } from './narrowed.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

describe('everything is understood', () => {
  test.each([
    ["price = float(rows['price'])", '(KeyError, OverflowError, TypeError, ValueError)'],
    ["return rows['price'] / rows['pieces']", '(KeyError, TypeError, ZeroDivisionError)'],
    ['title, price = rows[0]', '(IndexError, KeyError, TypeError, ValueError)'],
    ["del rows['title']", '(KeyError, TypeError)'],
    ["return {'a': 1}['b']", 'KeyError'],
    ['return [1, 2][5]', 'IndexError'],
    ['assert rows', 'AssertionError'],
    ["raise ValueError('sold out')", 'ValueError'],
    ["first = next(iter(['a']))", 'StopIteration'],
    ["x = [int(row) for row in ['1']]", '(TypeError, ValueError)'],
    ['return path % rows', '(KeyError, TypeError, ValueError, ZeroDivisionError)'],
    ["f'{path:>{10}}'", '(TypeError, ValueError)'],
    ['open(path).read()', '(OSError, UnicodeDecodeError)'],
    ['with open(path) as file:\n    return file.read()', '(OSError, UnicodeDecodeError)'],
    ['import toml', 'ImportError'],
    ['import tomllib, os', 'ImportError'],
    ['from datetime import UTC', 'ImportError'],
    ['import os.path, json\nreturn json.dumps(rows)', '(TypeError, ValueError)'],
  ])('%s', (body, types) => {
    expect(tell(parser, guarding(body))).toMatchObject({ written: types, unknown: [], guessed: false });
  });

  test.each([
    ['os', "os.remove(path)\nos.rename(path, 'sold')", 'OSError'],
    ['os', "return os.environ['SHOP']", 'KeyError'],
    ['re', "re.match('a', path).group(1)", '(AttributeError, IndexError, TypeError)'],
    ['uuid', 'uuid.UUID(path)', '(AttributeError, TypeError, ValueError)'],
    ['json', "json.loads(path)['title']", '(KeyError, TypeError, UnicodeDecodeError, json.JSONDecodeError)'],
    ['requests', 'requests.get(path, timeout=3).raise_for_status()', 'requests.RequestException'],
    ['asyncio', 'async with asyncio.timeout(3):\n    await asyncio.sleep(1)', 'TimeoutError'],
    ['subprocess', "subprocess.run(['a'], check=True, timeout=3)", '(OSError, ValueError, subprocess.SubprocessError)'],
  ])('with %s: %s', (module, body, types) => {
    expect(tell(parser, guarding(body, `import ${module}`))).toMatchObject({ written: types, unknown: [] });
  });
});

describe('nothing is offered', () => {
  test.each([
    ['for nothing that can fail', 'share = 10 / 4'],
    ['for a pair that is written out', "title, price = ('A', 3)"],
    ['for iterating over anything', 'for row in rows:\n    print(row)'],
    ['for an error that a variable holds', 'raise request'],
    ['for a call of anything', 'request()'],
    ['for awaiting anything', 'await rows'],
    ['for Exception itself', "raise Exception('sold out')"],
  ])('%s', (_, body) => {
    expect(tell(parser, guarding(body)).written).toBeUndefined();
  });

  test('where the handler reads an attribute that not every type has', () => {
    const reads = '        return error.response';
    const call = 'requests.get(path, timeout=3)';
    expect(tell(parser, guarding(call, 'import requests', reads)).written).toBe('requests.RequestException');
    expect(tell(parser, guarding(`${call}\nint(path)`, 'import requests', reads)).written).toBeUndefined();
  });

  test('where the handler takes the error apart', () => {
    expect(tell(parser, guarding('int(path)', '', '        code, text = error.args')).written).toBeDefined();
    expect(tell(parser, guarding('int(path)', '', '        return error[0]')).written).toBeUndefined();
  });

  test('where a built-in name means something else', () => {
    expect(tell(parser, guarding("return {}['a']", 'KeyError = LookupError')).written).toBeUndefined();
  });
});

describe('a part is unknown', () => {
  test.each([
    ['request.send()\nint(path)', '(TypeError, ValueError)', ['request.send()']],
    ['for row in rows:\n    int(row)', '(TypeError, ValueError)', ['iterating over rows']],
    ['next(rows)', 'StopIteration', ['iterating over rows']],
    ['[int(row) for row in map(float, rows)]', '(OverflowError, TypeError, ValueError)', ['iterating over rows']],
    ['with request:\n    int(path)', '(TypeError, ValueError)', ['with request']],
  ])('%s', (body, types, unknown) => {
    expect(tell(parser, guarding(body))).toMatchObject({ written: types, unknown });
  });
});

test.each(["request(rows['price'])", 'request.send(rows[0])', "request(rows[0]['price'].title)"])(
  'nothing is offered where only reading is understood: %s',
  body => {
    expect(tell(parser, guarding(body)).written).toBeUndefined();
  },
);

test('calls that nobody can see through are named without their arguments where these are long', () => {
  const body = (title: string): string => `request.find(title=${title}, pages=len(rows)).send(path)\nint(path)`;
  expect(tell(parser, guarding(body('1'))).unknown).toEqual([
    'request.find()',
    'request.find(title=1, pages=len(rows)).send()',
  ]);
  expect(tell(parser, guarding(body('rows[0].title.strip().removesuffix("II")'))).unknown).toEqual([
    'request.find()',
    'request.find(…).send()',
  ]);
});

test.each([
  "__import__(path)\nrows['title']",
  'importlib.import_module(path)',
  "importlib.import_module('shop.plugins')",
  'import sitecustomize',
  'value = getattr(request, path)\nint(value)',
  'books = zipfile.ZipFile(path)\nbooks[:]',
])('code of others may fail in any way: %s', body => {
  expect(tell(parser, guarding(body, 'import importlib\nimport zipfile')).unknown).toHaveLength(1);
});

test.each([
  ["importlib.import_module('tomllib')", 'ImportError'],
  ["getattr(request, 'title')", 'AttributeError'],
  ["os.sysconf('SC_OPEN_MAX')", '(AttributeError, OSError, ValueError)'],
  ['os.getuid()', 'AttributeError'],
  ['pages = mmap.mmap(3, 0)\npages[:]', '(IndexError, OSError, ValueError)'],
  ['price = float(path)\nreturn int(price)', '(OverflowError, TypeError, ValueError)'],
  ['shelf = None\nshelf = open(path)\nshelf.read()', '(OSError, UnicodeDecodeError)'],
  ["with open(path, 'rb') as file:\n    file.read(4)", 'OSError'],
  ["with open(path, mode='ab+') as file:\n    file.write(rows)", 'OSError'],
  ["with open(path, 'rb') as file:\n    for line in file:\n        pass", 'OSError'],
  ["with open('b', 'r') as file:\n    file.read(4)", '(OSError, UnicodeDecodeError)'],
])('what %s raises is known', (body, types) => {
  expect(tell(parser, guarding(body, 'import importlib\nimport mmap\nimport os'))).toMatchObject({
    written: types,
    unknown: [],
  });
});

test('a name that may be `None` when control comes around again counts as that', () => {
  const body = 'shelf = open(path)\nwhile rows:\n    shelf.read()\n    shelf = None';
  expect(tell(parser, guarding(body)).written).toBe('(AttributeError, OSError, UnicodeDecodeError)');
});

describe('a comment that says that anything may come is believed', () => {
  const narrowed = (text: string): string | undefined => tell(parser, text).written;
  const handler = (comment: string): string => guarding('int(path)', '', `        # ${comment}\n        return None`);

  test.each([
    'Books may raise anything.',
    'Whatever goes wrong, the shop stays open.',
    'Catch all errors: titles are\n        # of no use to the till.',
    'The till\n        # must never fail.',
  ])('%s', comment => {
    expect(narrowed(handler(comment))).toBeUndefined();
  });

  test('above the clause and beside it', () => {
    const text = guarding('int(path)');
    expect(narrowed(text.replace('    except', '    # Any error will do.\n    except'))).toBeUndefined();
    expect(narrowed(text.replace('as error:', 'as error:  # any error will do'))).toBeUndefined();
  });

  test('and no other comment is', () => {
    expect(narrowed(handler('No number.'))).toBe('(TypeError, ValueError)');
    expect(narrowed(guarding('# Anything goes.\nint(path)', '# Any error.'))).toBe('(TypeError, ValueError)');
    expect(narrowed(guarding('int(path)', '', '        print(1)\n        # Any error.\n        return None'))).toBe(
      '(TypeError, ValueError)',
    );
  });
});

test('what an inner handler catches, and what an earlier clause catches, is left out', () => {
  const inner = "try:\n    price = rows['price']\nexcept KeyError:\n    price = 0\nint(path)";
  expect(tell(parser, guarding(inner)).written).toBe('(TypeError, ValueError)');
  const text = guarding('int(path)').replace(
    '    except Exception',
    '    except ValueError:\n        pass\n    except Exception',
  );
  expect(tell(parser, text).written).toBe('TypeError');
});

test('the name after `as`, comments and the rest of the file stay', () => {
  const text = guarding('int(path)  # its price', '# Orders.', '        print(error)  # seen');
  expect(tell(parser, text).text).toBe(text.replace('except Exception as', 'except (TypeError, ValueError) as'));
});

test('an import is added in the style of the file, once', () => {
  const told = tell(parser, guarding('requests.get(path, timeout=3)', 'from requests import get\nimport requests'));
  expect(told.text.split('import').length).toBe(3);
  expect(told.written).toBe('requests.RequestException');
});
