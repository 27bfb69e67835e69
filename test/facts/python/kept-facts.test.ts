import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PythonFacts } from '../../../server/src/core/python-facts.ts';
import type { PythonSource } from '../../../server/src/core/source-file.ts';
import type { TextEdit } from '../../../server/src/core/text.ts';
import { readPythonFile } from '../../../server/src/facts/python/extract.ts';
import type { PythonFile } from '../../../server/src/facts/python/python-file.ts';
import type { PythonParser } from '../../../server/src/syntax/python/parser.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';
import { BOOKSHOP, bookshopVariant, looseEdits, placeEdits, tokenSoup } from '../../support/python-texts.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

const parse = (text: string): PythonSource => parser.parse('shop/orders.py', text);
const plain = (facts: PythonFacts): unknown => JSON.parse(JSON.stringify(facts));

/** Whether a file that was read in the light of a version before has the facts of the file by itself. */
function isLikeReadAlone(file: PythonFile): boolean {
  return isDeepStrictEqual(plain(file.facts), plain(readPythonFile(file.source).facts));
}

/** Functions that see each other's insides: by what they return, by attributes, and by names of the module. */
const SHOP = `import httpx
import requests
from functools import partial

limit = 10
stock = requests.Session()

def connect(address):
    pool = requests.Session()
    return pool

def shared():
    return stock

class Shop:
    tax = httpx.Client()

    def __init__(self, books):
        self.books = books
        self.session = connect("shop.example")
        self.wire = httpx.Client()

    def order(self, title):
        self.session.get(title)
        return self.wire.post(title, json=self.books.find(title))

    @property
    def orders(self):
        return httpx.AsyncClient()

    async def cancel(self, title):
        for book in self.books:
            try:
                await self.orders.delete(book)
            except OSError:
                shared().get(title)
        sell = partial(self.order, title)
        sell()

def main(shop: Shop):
    client = connect("market.example")
    client.get("/", timeout=limit)
    shop.order("Emma")

main(Shop([]))
`;

/** Where broken code and decorators reach far. */
const STOCK = `${SHOP}
@register(connect("stock"))
class Stock:
    @cached(limit)
    @route("/books")
    def books(self):
        return shared().get("/books")

    shelf = connect("shelf")
if limit:
    (connect("a")
    connect("b")
    def late(): return connect(
    late()
`;

/** One name for several functions, each of which calls others of its own by names that the others have as well. */
const BRANCHES = `${SHOP}
if limit:
    def pack(box):
        def seal():
            return httpx.Client()
        tape = seal()
        tape.get("/seal")
        return tape
else:
    def pack(box):
        tape = connect(box)
        tape.get("/tape")
        return tape

class Box:
    if limit:
        def close(self):
            self.lid = connect("lid")
    else:
        def close(self):
            self.lid = shared()
            return self.lid

pack(Box().close()).get("/box")
`;

/** What people type, some of which others see. */
const TYPED = [
  'return stock',
  'return httpx.Client(timeout=limit)',
  'self.wire = requests.Session()',
  'self.session = self.wire or connect("x")',
  'self.books = self.books.sorted()',
  'pool = connect(address)',
  'global stock; stock = httpx.Client()',
  'total = sum(book.price() for book in self.books)',
  'def inner(): return connect("inner")',
  'client = main(shop)',
  'yield self.order("Persuasion")',
  'from stock import *',
  '"""A note."""',
  '# a note',
  'if (size := len(title)) > limit: return stock',
];

/** A line of its own behind another one, indented like that, key by key. */
function typeAt(text: string, line: number, statement: string): readonly TextEdit[] {
  const lines = text.split('\n');
  const at = line % lines.length;
  const offset = lines.slice(0, at + 1).join('\n').length;
  const indent = /^ */.exec(lines[at] ?? '')?.[0] ?? '';
  const first = { range: { start: offset, end: offset }, newText: `\n${indent}` };
  const keys = Array.from(statement).map((key, index) => {
    const start = offset + 1 + indent.length + index;
    return { range: { start, end: start }, newText: key };
  });
  return [first, ...keys];
}

describe('a file that is read again while somebody types', () => {
  test('has at each key the facts of its text alone', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.constantFrom(...TYPED),
        fc.constantFrom(SHOP, STOCK, BRANCHES, BOOKSHOP),
        (line, statement, text) => {
          let current = readPythonFile(parse(text));
          for (const { range, newText } of typeAt(text, line, statement)) {
            const { text: old } = current.source;
            const next = old.slice(0, range.start) + newText + old.slice(range.end);
            current = readPythonFile(parse(next), undefined, current);
            expect(isLikeReadAlone(current)).toBe(true);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test('has after any edits the facts of its text alone', () => {
    const texts = fc.oneof(fc.constantFrom(SHOP, STOCK, BRANCHES), bookshopVariant, tokenSoup);
    fc.assert(
      fc.property(texts, fc.array(looseEdits, { maxLength: 4 }), (text, versions) => {
        let current = readPythonFile(parse(text));
        for (const version of versions) {
          const next = placeEdits(current.source.text, version);
          current = readPythonFile(parse(next.text), undefined, current);
          expect(isLikeReadAlone(current)).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['another return', '    return pool', '    return httpx.Client()'],
    ['a return that is gone', '    return pool', '    pass'],
    ['another attribute', '        self.wire = httpx.Client()', '        self.wire = requests.Session()'],
    ['a second value of an attribute', '        self.session.get(title)', '        self.session = title'],
    ['a name of the module', '    pool = requests.Session()', '    global limit; limit = 5'],
    ['a generator', '    return pool', '    yield pool'],
    ['a call before the one that is returned', '    pool = requests.Session()', '    log(); pool = requests.Session()'],
    ['another statement of the module', 'limit = 10', 'limit = stock'],
    ['a base class', 'class Shop:', 'class Shop(Base):'],
    ['a name of the class', '    tax = httpx.Client()', '    wire = httpx.Client()'],
    ['another default', 'def connect(address):', 'def connect(address=stock):'],
  ])('sees %s', (_, old, replacement) => {
    const before = readPythonFile(parse(SHOP));
    expect(SHOP).toContain(old);
    expect(isLikeReadAlone(readPythonFile(parse(SHOP.replace(old, replacement)), undefined, before))).toBe(true);
  });

  test('takes over what stands outside of the function that changes', () => {
    const before = readPythonFile(parse(SHOP));
    const text = SHOP.replace('shared().get(title)', 'shared().get(title, timeout=5)');
    const after = readPythonFile(parse(text), undefined, before);
    expect(after.facts.calls[0]).toBe(before.facts.calls[0]);
    expect(isLikeReadAlone(after)).toBe(true);
  });

  test.each([
    ['the first', 'self.lid = connect("lid")', 'self.lid = connect("lid", limit)'],
    ['the last', 'self.lid = shared()', 'self.lid = shared(); shared()'],
  ])('takes over what stands outside of %s of two functions of one name', (_, old, replacement) => {
    const before = readPythonFile(parse(BRANCHES));
    expect(BRANCHES).toContain(old);
    const after = readPythonFile(parse(BRANCHES.replace(old, replacement)), undefined, before);
    expect(after.facts.calls[0]).toBe(before.facts.calls[0]);
    expect(isLikeReadAlone(after)).toBe(true);
  });

  test('is read as a whole where functions lead to each other', () => {
    const ring = `${SHOP}\ndef first():\n    return second()\n\ndef second():\n    log()\n    return first()\n`;
    const before = readPythonFile(parse(ring));
    expect(before.resolver.isOrderSensitive()).toBe(true);
    const after = readPythonFile(parse(ring.replace('log()', 'log(1)')), undefined, before);
    expect(after.facts.calls[0]).not.toBe(before.facts.calls[0]);
    expect(isLikeReadAlone(after)).toBe(true);
  });
});
