import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { Parser, Tree } from 'web-tree-sitter';
import type { PythonSource } from '../../../server/src/core/source-file.ts';
import { Kind } from '../../../server/src/syntax/python/kinds.ts';
import type { IncrementalParse, PythonParser } from '../../../server/src/syntax/python/parser.ts';
import { kindOf, textOf } from '../../../server/src/syntax/python/tree.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';
import { BOOKSHOP, bookshopVariant, looseEdits, placeEdits, tokenSoup } from '../../support/python-texts.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

function parse(text: string): PythonSource {
  return parser.parse('shop/orders.py', text);
}

function textsOf(source: PythonSource, kind: number): string[] {
  return [...source.tree.kinds.keys()]
    .filter(node => kindOf(source.tree, node) === kind)
    .map(node => textOf(source.tree, source.text, node));
}

describe('a parsed text', () => {
  test('is free of syntax errors when it is Python', () => {
    expect(parse(BOOKSHOP).syntaxErrors).toEqual([]);
  });

  test('counts its offsets in UTF-16 units', () => {
    expect(textsOf(parse('📚 = "📗📘"; shelf = 1\n'), Kind.identifier)).toContain('shelf');
    expect(textsOf(parse('title = "📗📘"; shelf = 1\n'), Kind.identifier)).toEqual(['title', 'shelf']);
  });

  test('may begin with a byte order mark, which takes one unit', () => {
    const source = parse('\u{feff}title = "📗"\nshelf = 1\n');
    expect(textsOf(source, Kind.identifier)).toEqual(['title', 'shelf']);
    expect(source.syntaxErrors).toEqual([]);
  });

  test('has the same nodes whatever its lines end with', () => {
    const names = textsOf(parse(BOOKSHOP), Kind.identifier);
    expect(textsOf(parse(BOOKSHOP.replaceAll('\n', '\r\n')), Kind.identifier)).toEqual(names);
  });

  test('keeps the carriage return out of comments', () => {
    expect(textsOf(parse('# one\r\nx = 1  # two\r\n'), Kind.comment)).toEqual(['# one', '# two']);
  });

  test('has a syntax error where a string is not closed', () => {
    const text = 'title = 1\ndef load():\n    """Reads.\n    return 1\n';
    const { syntaxErrors } = parse(text);
    expect(syntaxErrors.length).toBeGreaterThan(0);
    expect(syntaxErrors.every(({ end }) => end > text.indexOf('def'))).toBe(true);
  });

  test('has a syntax error where a parenthesis is not closed', () => {
    expect(parse('load(path\n').syntaxErrors.length).toBeGreaterThan(0);
  });

  test('is empty when the text is', () => {
    const { tree, syntaxErrors } = parse('');
    expect([...tree.kinds]).toEqual([Kind.module]);
    expect(syntaxErrors).toEqual([]);
  });
});

/**
 * The library itself reads one of some ten thousand edited texts in another way than the same text alone: it takes over
 * nodes that fit as well, or mends an error elsewhere. Of those there is nothing of ours to compare.
 */
const READ_OTHERWISE: [string, { at: number; removed: number; newText: string }[][]][] = [
  ['time.sleep(1)', [[{ at: 0, removed: 0, newText: '*' }]]],
  [
    '#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n"""The bookshop 📚: orders."""\nfrom __future__ import annotations\n\ni',
    [[{ at: 0, removed: 49, newText: 'importforif*passf"{ordernot' }]],
  ],
];

function lastOf(results: readonly { readonly value: unknown }[]): Tree {
  const value = results.at(-1)?.value;
  if (value instanceof Tree) return value;
  throw new Error('Nothing was parsed.');
}

describe('a text that is edited', () => {
  test('gives at each version what parsing it anew gives', () => {
    const read = vi.spyOn(Parser.prototype, 'parse');
    let readOtherwise = 0;
    fc.assert(
      fc.property(fc.oneof(bookshopVariant, tokenSoup), fc.array(looseEdits, { maxLength: 4 }), (text, versions) => {
        let current = parser.parseIncrementally('shop/orders.py', text);
        for (const version of versions) {
          const next = placeEdits(current.source.text, version);
          current = current.next(next.text, next.edits);
          const tree = lastOf(read.mock.results);
          if (isLikeParsedAnew(current.source)) continue;
          const anew = parser.parseIncrementally('shop/orders.py', current.source.text);
          expect(lastOf(read.mock.results).rootNode.toString()).not.toBe(tree.rootNode.toString());
          anew.dispose();
          readOtherwise++;
        }
        current.dispose();
      }),
      { numRuns: 150, examples: READ_OTHERWISE },
    );
    read.mockRestore();
    expect(readOtherwise).toBeLessThan(READ_OTHERWISE.length + 3);
  });

  test('gives at each key what parsing it anew gives', () => {
    const typed = '\n    with open("📕") as file:\n        total: int = await file.read(1, size=2)  # all\n';
    const at = BOOKSHOP.indexOf('\n    if not text');
    let current: IncrementalParse = parser.parseIncrementally('shop/orders.py', BOOKSHOP);
    Array.from(typed).reduce((offset, key) => {
      const { text: before } = current.source;
      const text = before.slice(0, offset) + key + before.slice(offset);
      current = current.next(text, [{ range: { start: offset, end: offset }, newText: key }]);
      expect(isLikeParsedAnew(current.source)).toBe(true);
      return offset + key.length;
    }, at);
    current.dispose();
  });

  test('stays the same when its whole content is replaced by itself', () => {
    const first = parser.parseIncrementally('shop/orders.py', BOOKSHOP);
    const edit = { range: { start: 0, end: BOOKSHOP.length }, newText: BOOKSHOP };
    const second = first.next(BOOKSHOP, [edit]);
    expect(isLikeParsedAnew(second.source)).toBe(true);
    second.dispose();
  });
});

test('trees are deleted when nobody needs them any more', () => {
  const deleted = vi.spyOn(Tree.prototype, 'delete');
  parse(BOOKSHOP);
  expect(deleted).toHaveBeenCalledTimes(1);

  const first = parser.parseIncrementally('shop/orders.py', 'title = 1\n');
  expect(deleted).toHaveBeenCalledTimes(1);
  const second = first.next('title = 2\n', [{ range: { start: 8, end: 9 }, newText: '2' }]);
  expect(deleted).toHaveBeenCalledTimes(2);
  second.dispose();
  expect(deleted).toHaveBeenCalledTimes(3);
  deleted.mockRestore();
});

/** Whether a source is what parsing its text anew gives; vitest's own comparison is slow for long arrays. */
function isLikeParsedAnew(source: PythonSource): boolean {
  return isDeepStrictEqual(source, parse(source.text));
}
