import fc from 'fast-check';
import { applyEdits, type TextEdit } from '../../server/src/core/text.ts';

/** A module that uses nearly all of Python's grammar at least once; it parses without errors. */
export const BOOKSHOP = `\
#!/usr/bin/env python
# -*- coding: utf-8 -*-
"""The bookshop 📚: orders, shelves and deliveries."""
from __future__ import annotations

import asyncio, logging as log
import os.path
import http.client as wire
from . import shelves
from ..stock.counting import (
    count_books,  # one title
    count_all as total,
)
from typing import Optional, TYPE_CHECKING
import functools
import requests
import time

try:
    import orjson as json
except ImportError:
    import json

if TYPE_CHECKING:
    from .orders import Order

__all__ = ["Shop", "load", 'deliver']
logger = log.getLogger(__name__)
LIMIT: int = 0x_ff
PRICES = {"📗": 1.5, **{"📘": 2e3}, 'rare': None}
a = b = c = (1, 2, *[3, 4])
first, *others = a
type Shelf[T] = list[T]


@functools.lru_cache(maxsize=None)
def load(path: str, /, mode="r", *args: int, strict: bool = False, **options) -> Optional["Order"]:
    """Reads an order."""
    global LIMIT
    LIMIT += 1
    with open(path, mode) as file, open(os.path.join(path, "📕.txt")) as other:
        text = file.read() + other.read()
    if not text or mode == "w" and strict:
        return None
    elif (size := len(text)) > LIMIT:
        raise ValueError(f"{path!r} is {size:>{LIMIT}} long, {text[:10]!s}") from None
    else:
        del options["strict"]
    try:
        response = requests.post("https://shop.example/orders", data=text, timeout=5)
    except (OSError, requests.RequestException) as error:
        logger.exception("failed: %s", error)
        raise
    except Exception:
        pass
    else:
        return response.json()
    finally:
        time.sleep(0.1)


class Shop(Base, metaclass=Meta):
    """Sells books."""

    name: "str | None" = None
    client = requests.Session()

    def __init__(self, address, *, open_at=9) -> None:
        self.address, self.open_at = address, open_at
        self.wire: wire.HTTPConnection = wire.HTTPConnection(address)
        self.later = lambda book, *rest, price=1: (book, price)

    @property
    def books(self) -> list[str]:
        return [title.strip() for shelf in self.shelves if shelf for title in shelf.titles]

    @classmethod
    async def open(cls, *addresses):
        async with asyncio.timeout(5) as limit:
            async for address in stream(addresses):
                yield await cls(address).visit()
        await asyncio.gather(*(fetch(each) async for each in addresses), return_exceptions=True)

    @staticmethod
    def close():
        while True:
            if not shelves:
                break
            continue
        else:
            assert shelves, "no shelf"
        for i, (key, value) in enumerate(PRICES.items()):
            print(i, key, value, sep="", end="\\n")
        def count():
            nonlocal_total = 0
            def add():
                nonlocal nonlocal_total
                nonlocal_total = nonlocal_total + 1 if key else -1
            return add
        return count


def deliver(order):
    match order:
        case {"title": str(title), **rest} if title:
            return title
        case [first, *_] | (first, _):
            return first
        case Order(id=number) as whole:
            return whole @ number
        case shelves.EMPTY | 0 | "none" | None:
            pass
        case _:
            return not order[1:2, ::3], ~1 ** -2, 1 if order else 2, 0 < 1 <= 2 is not in_stock
    squares = {n: n ** 2 for n in range(3)}; unique = {n for n in squares}
    text = 'one' "two" b'three' \\
        r"four"
    print >>log, ...
    return await_all(order)(1)[0].title


if __name__ == "__main__":
    asyncio.run(Shop.open("localhost"))
`;

/** Pieces that, strung together, look like Python from afar: what a parser meets while somebody types. */
const TOKENS = [
  '\n',
  '\n',
  '\n    ',
  '\n        ',
  ' ',
  '\r\n',
  '\t',
  'order',
  'self',
  'shelf.title',
  'requests.get(',
  'open(path)',
  'time.sleep(1)',
  'logger.error("x")',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  '.',
  '=',
  ':=',
  '->',
  '*',
  '**',
  '@',
  '\\',
  ';',
  '#',
  '# note',
  '"',
  "'",
  '"""',
  'f"{order',
  '📚',
  '\u{feff}',
  '\0',
  '1',
  '0x',
  'def load(path):',
  'async def',
  'class Shop:',
  'lambda',
  'return',
  'yield',
  'await',
  'with',
  'as',
  'for',
  'in',
  'while True:',
  'if',
  'else:',
  'try:',
  'except',
  'except Exception as error:',
  'finally:',
  'raise',
  'pass',
  'import',
  'from . import',
  'global',
  'nonlocal',
  'del',
  'match order:',
  'case',
  'type',
  'None',
  'not',
];

/** Texts from random tokens. */
export const tokenSoup = fc
  .array(fc.constantFrom(...TOKENS), { maxLength: 60 })
  .chain(tokens => fc.constantFrom('', ' ').map(separator => tokens.join(separator)));

/** A random edit as shares of the text's length, so that it fits a text of any length. */
const looseEdit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof(fc.constant(0), fc.nat(6), fc.nat(400)),
  newText: fc.oneof(fc.constant(''), fc.constantFrom(...TOKENS), tokenSoup),
});

/** Edits to make one after the other, as an editor reports them. */
export const looseEdits = fc.array(looseEdit, { minLength: 1, maxLength: 4 });

/** Turns loose edits into edits of a text, each on what the one before it left, and the text that they lead to. */
export function placeEdits(
  text: string,
  loose: readonly { readonly at: number; readonly removed: number; readonly newText: string }[],
): { readonly text: string; readonly edits: readonly TextEdit[] } {
  let current = text;
  const edits = loose.map(({ at, removed, newText }) => {
    const start = Math.floor(at * current.length);
    const edit = { range: { start, end: Math.min(current.length, start + removed) }, newText };
    current = applyEdits(current, [edit]);
    return edit;
  });
  return { text: current, edits };
}

/** The bookshop with another way to end lines, or cut off somewhere, or as it is. */
export const bookshopVariant = fc.oneof(
  fc.constant(BOOKSHOP),
  fc.constantFrom('\r\n', '\r').map(lineEnd => BOOKSHOP.replaceAll('\n', lineEnd)),
  fc.constant(`\u{feff}${BOOKSHOP}`),
  fc.nat(BOOKSHOP.length).map(length => BOOKSHOP.slice(0, length)),
  fc.nat(BOOKSHOP.length).map(start => BOOKSHOP.slice(start)),
);
