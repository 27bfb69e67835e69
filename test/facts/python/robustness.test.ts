import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FileFacts } from '../../../server/src/core/file-facts.ts';
import type { Extractor } from '../../../server/src/engine/extract.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';
import { BOOKSHOP, bookshopVariant, looseEdits, placeEdits, tokenSoup } from '../../support/python-texts.ts';

let extractor: Extractor;
beforeAll(async () => {
  extractor = await createTestExtractor();
});

/** All facts of a text, as the cache would keep them: reading them leaves nothing to be worked out later. */
function factsOf(text: string): FileFacts {
  // What was serialised by `JSON.stringify` has the shape that it was given.
  return JSON.parse(JSON.stringify(extractor.fromPython(extractor.parser.parse('shop/orders.py', text)))) as FileFacts;
}

describe('facts of any text', () => {
  test('are found without an error, and lie within the text', () => {
    fc.assert(
      fc.property(fc.oneof(bookshopVariant, tokenSoup), text => {
        const { python, comments, symbols } = factsOf(text);
        const ranges = [...(python?.calls ?? []), ...(python?.functions ?? []), ...comments, ...symbols];
        for (const { range } of ranges) {
          expect(0 <= range.start && range.start <= range.end && range.end <= text.length).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('are the same after edits as of the text by itself', () => {
    fc.assert(
      fc.property(fc.oneof(bookshopVariant, tokenSoup), looseEdits, (text, loose) => {
        const next = placeEdits(text, loose);
        const parse = extractor.parser.parseIncrementally('shop/orders.py', text).next(next.text, next.edits);
        const edited: unknown = JSON.parse(JSON.stringify(extractor.fromPython(parse.source)));
        parse.dispose();
        expect(isDeepStrictEqual(edited, factsOf(next.text))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('do not depend on line ends, but for their places', () => {
    const callees = (text: string): unknown =>
      factsOf(text).python?.calls.map(({ callee, calleeText }) => [callee?.symbol, calleeText]);
    expect(callees(BOOKSHOP.replaceAll('\n', '\r\n'))).toEqual(callees(BOOKSHOP));
    expect(callees(`\u{feff}${BOOKSHOP}`)).toEqual(callees(BOOKSHOP));
  });
});

describe('a text that goes to extremes', () => {
  const many = (count: number, piece: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => piece(index)).join('');
  const indented = (depth: number): string => '    '.repeat(depth);

  test.each([
    ['parentheses', `order = ${'('.repeat(2000)}1${')'.repeat(2000)}\n`],
    ['open brackets', '['.repeat(5000)],
    ['calls of calls', `order${'()'.repeat(2000)}\n`],
    ['attributes of attributes', `order${'.part'.repeat(5000)}()\n`],
    ['terms', `total = ${'1 + '.repeat(5000)}1\n`],
    ['nested functions', many(90, depth => `${indented(depth)}def load():\n`) + `${indented(90)}pass\n`],
    ['nested conditions', many(90, depth => `${indented(depth)}if order:\n`) + `${indented(90)}pass\n`],
    [
      'names that lead to each other',
      many(3000, index => `order_${index + 1} = order_${index}\n`) + 'order_3000.get()\n',
    ],
    ['bindings of one name', many(3000, index => `order = load(${index})\n`) + 'order.get()\n'],
    ['elements in one line', `orders = [${'load(1), '.repeat(20_000)}]\n`],
    ['branches', `if order:\n    pass\n${many(1000, index => `elif order == ${index}:\n    pass\n`)}`],
    ['string parts', `text = ${'"a" '.repeat(5000)}\n`],
    ['decorators', `${'@pooled\n'.repeat(2000)}def load(): pass\n`],
  ])('is read when it has many %s', (_, text) => {
    expect(factsOf(text).path).toBe('shop/orders.py');
  });
});
