import { beforeAll, describe, expect, test } from 'vitest';
import type { PythonParser } from '../../../server/src/syntax/python/parser.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';
import { guarding, tell } from './narrowed.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

const IMPORTS =
  'import datetime, decimal, enum, json, math, os, re, requests, socket, sqlite3, struct, tarfile, threading, types';

/** What a body is told, where all of it is understood. */
function typesOf(body: string, before = IMPORTS): string | undefined {
  const { written, unknown } = tell(parser, guarding(body, before));
  expect(unknown).toEqual([]);
  return written;
}

describe('numbers', () => {
  test.each([
    // JSON has infinity, and whole numbers without end.
    ["int(json.loads(path)['pieces'])", '(KeyError, OverflowError, TypeError, ValueError)'],
    ['int(decimal.Decimal(path))', '(OverflowError, TypeError, ValueError, decimal.InvalidOperation)'],
    ['round(path)', '(OverflowError, TypeError, ValueError)'],
    ['round(path, 2)', 'TypeError'],
    ['round(float(path))', '(OverflowError, TypeError, ValueError)'],
    ['return round(4.4)', undefined],
    ['return round(len([3]))', undefined],
    ['return chr(65)', undefined],
    ['return decimal.Decimal(3) / path', '(ValueError, decimal.DecimalException)'],
    ['math.sqrt(path)', '(OverflowError, TypeError, ValueError)'],
    ["struct.pack('<f', path)", '(OverflowError, TypeError, struct.error)'],
  ])('%s', (body, types) => {
    expect(typesOf(body)).toBe(types);
  });
});

describe('points in time', () => {
  const parsed = 'sold = datetime.datetime.fromisoformat(path)\n';

  test.each([
    ['datetime.datetime.now() - datetime.timedelta(days=path)', '(OverflowError, TypeError)'],
    ["datetime.datetime.now() - datetime.timedelta(days=json.loads('{}'))", '(OverflowError, TypeError, ValueError)'],
    ['return datetime.datetime.now() - datetime.timedelta(days=7)', undefined],
    ['return datetime.datetime.now() - datetime.datetime.now()', undefined],
    [`${parsed}sold += datetime.timedelta(days=7)`, '(OverflowError, TypeError, ValueError)'],
    // With a time zone and without one.
    ['return datetime.datetime.now() < datetime.datetime.min', 'TypeError'],
    ['return datetime.datetime.now() == rows', undefined],
    ['return datetime.datetime.now() - rows', 'TypeError'],
    ['return datetime.datetime.now().replace(tzinfo=rows)', undefined],
    ['return datetime.datetime.now().replace(day=31)', 'ValueError'],
    ['return datetime.datetime.now().replace(year=rows)', 'ValueError'],
    ['datetime.date(rows, 1, 1)', '(TypeError, ValueError)'],
    ["datetime.date(json.loads('{}'), 1, 1)", '(OverflowError, TypeError, ValueError)'],
  ])('%s', (body, types) => {
    expect(typesOf(body)).toBe(types);
  });
});

describe('names and addresses', () => {
  test.each([
    ['socket.create_connection((path, rows))', 'OSError'],
    [
      "socket.create_connection((json.loads('{}'), 80))",
      '(OSError, OverflowError, TypeError, UnicodeError, json.JSONDecodeError)',
    ],
    ["socket.create_connection(('stock.example', 80))", 'OSError'],
    ["HOST = 'stock.example'\nsocket.gethostbyname(HOST)", 'OSError'],
    ['socket.gethostbyname(path)', 'OSError'],
    ["socket.gethostbyname(json.loads('{}'))", '(OSError, TypeError, UnicodeError, json.JSONDecodeError)'],
    ['str(path).encode(rows)', '(LookupError, UnicodeEncodeError)'],
    ["str(path).encode('ascii')", 'UnicodeEncodeError'],
    ["open(path, encoding='ascii')", 'OSError'],
    ['open(path, encoding=rows)', '(LookupError, OSError)'],
    ["open(json.loads(path)['file'])", '(KeyError, OSError, TypeError, ValueError)'],
    ['order = request.get_json()\nos.remove(path)', 'OSError'],
    ["requests.get('https://stock.example', timeout=3)", 'requests.RequestException'],
    ['requests.get(path, timeout=3)', 'requests.RequestException'],
    ['requests.get(f"https://{json.loads(path)}", timeout=3)', '(TypeError, ValueError, requests.RequestException)'],
  ])('%s', (body, types) => {
    expect(tell(parser, guarding(body, IMPORTS)).written).toBe(types);
  });

  test('a name that comes from decoded data may have a null character', () => {
    const order = "order = json.loads('{}')\n\n\ndef remove(request):\n    try:\n        os.remove(order['file'])";
    const text = (body: string): string => `${IMPORTS}\n${body}\n    except Exception:\n        return None\n`;
    expect(tell(parser, text(order)).written).toBe('(KeyError, OSError, TypeError, ValueError)');
    expect(tell(parser, text(order.replace("json.loads('{}')", '{}'))).written).toBe('(KeyError, OSError)');
  });
});

describe('databases and archives', () => {
  test.each([
    ["shop = sqlite3.connect('shop')\nshop.execute('select ?', (path,))", '(sqlite3.Error, sqlite3.Warning)'],
    [
      "shop = sqlite3.connect('shop')\nshop.execute('select ?', json.loads('[]'))",
      '(OverflowError, TypeError, UnicodeDecodeError, UnicodeEncodeError, json.JSONDecodeError, sqlite3.Error, sqlite3.Warning)',
    ],
    ["shop = sqlite3.connect('shop')\nshop.execute('select 1')", '(sqlite3.Error, sqlite3.Warning)'],
    ["shop = sqlite3.connect('shop')\nshop.execute('select ?', (1,))", '(sqlite3.Error, sqlite3.Warning)'],
    [
      "shelf = tarfile.open('shelf')\nshelf.extractall('shop')",
      '(EOFError, KeyError, OSError, ValueError, tarfile.TarError, zlib.error)',
    ],
    ['re.search(path, path)', '(TypeError, re.error)'],
    ["(found := re.search('a', path)).end()", '(AttributeError, IndexError, TypeError)'],
  ])('%s', (body, types) => {
    expect(typesOf(body)).toBe(types);
  });

  test('unpickling may raise anything', () => {
    expect(tell(parser, guarding('pickle.loads(path)\nint(path)', 'import pickle')).unknown).toEqual([
      'pickle.loads()',
    ]);
  });
});

describe('attributes that others set', () => {
  test.each([
    ['box = threading.local()\nreturn box.title', 'AttributeError'],
    ['box = types.SimpleNamespace()\nbox.title = 3', undefined],
    ['box = types.SimpleNamespace()\nreturn box.title', 'AttributeError'],
  ])('%s', (body, types) => {
    expect(typesOf(body)).toBe(types);
  });

  test('are looked for on requests', () => {
    const shop =
      'from fastapi import Request\n\n\ndef user_of(request: Request):\n    try:\n        return request.state.user';
    expect(tell(parser, `${shop}\n    except Exception:\n        return None\n`).written).toBe('AttributeError');
  });
});

describe('classes of the program', () => {
  const SHOP = `${IMPORTS}
import pydantic


class Genre(str, enum.Enum):
    NOVEL = 'novel'


class Weight(enum.Enum):
    LIGHT = 1

    def __init__(self, grams):
        self.grams = grams


class Book:
    def __init__(self, title):
        self.title = title


class Order(pydantic.BaseModel):
    title: str`;

  test.each([
    ['Genre(path)', 'ValueError'],
    ['Weight(path)', 'ValueError'],
    ['Genre[path]', 'KeyError'],
    ['Genre[str(path)]', 'KeyError'],
    ['return list[Book]', undefined],
    ['order = dict(rows)\nBook(**order)', '(TypeError, ValueError)'],
    ["order = {'title': 1}\nBook(**order)", 'TypeError'],
    ["order = {'title': 1}\nOrder(**order)", 'ValidationError'],
    ["return Book(**{'title': 1})", undefined],
  ])('%s', (body, types) => {
    expect(
      tell(
        parser,
        guarding(body, SHOP.replace('import pydantic', 'import pydantic\nfrom pydantic import ValidationError')),
      ).written,
    ).toBe(types);
  });
});

describe('operators of the program', () => {
  const SHELF = 'class Shelf:\n    def __len__(self):\n        raise KeyError(self)\n\n\nshelf = Shelf()';

  test.each(['len(shelf)', "f'{shelf}'", "'a' in shelf", 'shelf + 1', 'shelf < 3'])(
    '%s is taken for harmless, which is a guess',
    body => {
      expect(tell(parser, guarding(`${body}\nint('7')`, SHELF))).toMatchObject({
        written: 'ValueError',
        guessed: true,
      });
    },
  );

  test('as is reading what another file makes', () => {
    const others = { 'shop/core.py': 'from shop.shelf import SHELF\n' };
    const told = tell(parser, guarding("SHELF['a']", 'from shop.core import SHELF'), others);
    expect(told).toMatchObject({ unknown: [], guessed: true });
  });
});

test('a validator of a model may raise what the model does not make its own', () => {
  const model =
    "from pydantic import BaseModel, ValidationError, field_validator\n\n\nclass Order(BaseModel):\n    title: str\n\n    @field_validator('title')\n    @classmethod\n    def known(cls, title):\n        int(title)\n        return {}[title]";
  const types = '(KeyError, TypeError, ValidationError)';
  expect(tell(parser, guarding('Order(title=path)', model)).written).toBe(types);
  const told = tell(
    parser,
    guarding('Order(title=path)', 'from pydantic import ValidationError\nfrom shop.models import Order'),
    {
      'shop/models.py': `${model}\n`,
    },
  );
  expect(told).toMatchObject({ written: types, unknown: [] });
});
