import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { PythonOutline } from '../../../server/src/core/python-outline.ts';
import { packOutline, PackedOutline } from '../../../server/src/facts/workspace/outline/pack-outline.ts';
import type { PythonParser } from '../../../server/src/syntax/python/parser.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';
import { bookshopVariant, looseEdits, placeEdits } from '../../support/python-texts.ts';
import { outlineOf } from './linked.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

const same = (text: string): string => text;

/** All parts of a packed outline, as plain data. */
function unpacked(bytes: Uint8Array): PythonOutline {
  const outline = new PackedOutline(bytes, same, one => one.unpackCalls());
  const { names, functions, classes, calls, assigned, handed } = outline;
  const { path, kind, stars, exports } = outline;
  const exporting = exports === undefined ? {} : { exports };
  return { path, kind, names, stars, ...exporting, functions, classes, calls, assigned, handed };
}

/** A module that has everything that an outline may say at least once. */
const CATALOGUE = `\
from typing import Annotated
import contextlib, functools, asyncio, time
import httpx
from fastapi import Depends
from .stock import *
from . import stock

__all__ = ["Catalogue", "titles", "größe"]
__proto__ = {}
client = httpx.Client(base_url="https://shop.example/📚", timeout=5)
session = stock.open_session(1, *ARGUMENTS, key="value", **OPTIONS)
fetch = functools.partial(stock.fetch, session, timeout=(3, 10))
größe = stock.größe
stock.limit = 5
session.headers = {}
stock.configure(session, client)


@contextlib.asynccontextmanager
async def opened(name: str, /, *, http: Annotated[stock.Api, Depends(stock.open_api)], extra=Depends(stock.extra)):
    async with stock.connect(name) as connection:
        await connection.flush()
        yield connection
    try:
        await asyncio.wait_for(stock.close(), 5)
    except OSError:
        time.sleep(1)
        raise


def counted(function):
    @functools.wraps(function)
    def inner(*args, **options):
        return function(*args, **options)
    return inner


def registered(function):
    return function


@counted
def titles(limit: int = 5) -> list[str]:
    yield from (stock.title(row) for row in stock.rows(limit))
    for name in stock.names():
        yield name
    return (stock.title(row) for row in limit)


class Catalogue(stock.Base, metaclass=stock.Meta):
    api: stock.Api
    limit = None

    def __init__(self):
        self.client = client
        self.limit = stock.limit or 6

    def __proto__(self):
        return super().read()

    @property
    def first(self) -> "stock.Title":
        return [stock.title(row) for row in self.rows][0]

    @first.setter
    def first(self, value): ...

    later = lambda self: stock.later(self)
`;

test('an outline is the same after packing', () => {
  const outline = outlineOf(parser, 'shop/catalogue.py', CATALOGUE);
  expect(unpacked(packOutline(outline))).toEqual(outline);
  // The text has all there is; an outline without it would make this test empty.
  const { stars, exports, functions, classes, calls, assigned, handed } = outline;
  expect([stars.length, exports?.length, classes.length, assigned.length]).toEqual([1, 3, 1, 2]);
  expect(functions.some(one => one.callsOuter && !one.returnsFirst)).toBe(true);
  expect(functions.some(one => one.returnsFirst)).toBe(true);
  expect(functions.some(one => one.effects.blocking)).toBe(false);
  expect(functions.flatMap(one => one.parameters).filter(one => one.depends)).toHaveLength(2);
  expect(calls.some(call => call.awaited) && calls.some(call => call.bounded)).toBe(true);
  expect(calls.some(call => call.deferred) && calls.some(call => call.iterated)).toBe(true);
  expect(handed.map(({ symbol }) => symbol)).toContain('httpx.Client()');
});

test('an outline is the same after packing, whatever the file', () => {
  fc.assert(
    fc.property(fc.oneof(bookshopVariant, fc.constant(CATALOGUE)), looseEdits, (start, edits) => {
      const { text } = placeEdits(start, edits);
      const outline = outlineOf(parser, 'shop/catalogue.py', text);
      expect(unpacked(packOutline(outline))).toEqual(outline);
    }),
    { numRuns: 60 },
  );
});

test('a table of calls says of each call where it stands and what it calls', () => {
  const outline = outlineOf(parser, 'shop/catalogue.py', CATALOGUE);
  const packed = new PackedOutline(packOutline(outline), same, one => one.unpackCalls());
  const { callees, calleeOf, ownerOf } = packed.unpackCallTable();
  expect(calleeOf.map(number => callees[number])).toEqual(
    outline.calls.map(({ callee, calleeText }) => ({ callee, calleeText })),
  );
  expect(ownerOf).toEqual(outline.calls.map(call => (call.atDefinition ? -1 : call.function)));
  // Some have the same callee, and some stand where a function is defined: else this test would prove little.
  expect(callees.length).toBeLessThan(outline.calls.length);
  expect(outline.calls.some(call => call.atDefinition && call.function >= 0)).toBe(true);
});

test('numbers and names of any size survive', () => {
  const outline = outlineOf(parser, 'shop/catalogue.py', CATALOGUE);
  fc.assert(
    fc.property(fc.nat(2 ** 31), fc.string({ unit: 'grapheme', maxLength: 300 }), (start, name) => {
      const range = { start, end: start + 7 };
      const [first] = outline.functions;
      if (!first) throw new Error('The catalogue has functions.');
      const changed = { ...outline, functions: [{ ...first, qualifiedName: name, range, codeHash: start * 4 }] };
      expect(unpacked(packOutline(changed))).toEqual(changed);
    }),
  );
});
