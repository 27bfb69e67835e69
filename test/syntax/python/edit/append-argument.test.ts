import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { applyEdits, type TextRange } from '../../../../server/src/core/text.ts';
import { appendArgument, replaceArgument } from '../../../../server/src/syntax/python/edit/append-argument.ts';
import { Kind } from '../../../../server/src/syntax/python/kinds.ts';
import type { PythonParser } from '../../../../server/src/syntax/python/parser.ts';
import { rangeOf } from '../../../../server/src/syntax/python/tree.ts';
import { createTestExtractor } from '../../../support/example-workspace.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

/** The first call of a text: the outermost one where calls are nested. */
function firstCall(text: string): TextRange {
  const { tree } = parser.parse('shop.py', text);
  return rangeOf(tree, tree.kinds.indexOf(Kind.call));
}

function appended(text: string): string | undefined {
  const edits = appendArgument(parser.parse('shop.py', text), firstCall(text), 'timeout', '30');
  return edits && applyEdits(text, edits);
}

describe('appendArgument', () => {
  test.each([
    ['an empty list', 'order()', 'order(timeout=30)'],
    ['one line', 'order(book, count=1)', 'order(book, count=1, timeout=30)'],
    ['a trailing comma', 'order(book,)', 'order(book, timeout=30,)'],
    ['one argument on each line', 'order(\n    book,\n    2,\n)', 'order(\n    book,\n    2,\n    timeout=30,\n)'],
    ['one argument between its brackets', 'order(\n    book\n)', 'order(\n    book,\n    timeout=30,\n)'],
    ['brackets without a last comma', 'order(\n    book,\n    2\n)', 'order(\n    book,\n    2,\n    timeout=30\n)'],
    ['a comment behind the last one', 'order(\n\tbook  # new\n)', 'order(\n\tbook,  # new\n\ttimeout=30\n)'],
    ['a comment alone', 'order(\n    # nothing yet\n)', 'order(\n    # nothing yet\n    timeout=30\n)'],
    ['options at the end', 'order(book, **options)', 'order(book, timeout=30, **options)'],
    ['options on a line', 'order(\n  book,\n  **options,\n)', 'order(\n  book,\n  timeout=30,\n  **options,\n)'],
    ['a last argument over several lines', 'order({\n  "book": 1,\n})', 'order({\n  "book": 1,\n}, timeout=30)'],
    ['line ends of Windows', 'order(\r\n    book,\r\n)', 'order(\r\n    book,\r\n    timeout=30,\r\n)'],
  ])('follows the layout of %s', (_, before, after) => {
    expect(appended(before)).toBe(after);
  });

  const url = '"https://shop.example/orders"';
  const payload = '{"book": book, "count": count}';
  const many = `first_customer_of_the_day, second_customer_of_the_day, third_customer_of_the_day`;

  test.each([
    [
      'on a line of their own',
      `def order():\n    return post(${url}, ${payload})["id"]\n`,
      `def order():\n    return post(\n        ${url}, ${payload}, timeout=30\n    )["id"]\n`,
    ],
    [
      'one by one',
      `if new:\n  order(${many},)  \n`,
      `if new:\n  order(\n    ${many.replaceAll(', ', ',\n    ')},\n    timeout=30,\n  )  \n`,
    ],
    [
      'before options',
      `order(first_customer_of_the_day_in_the_shop, second_customer_of_the_day_in_the, **options)`,
      `order(\n    first_customer_of_the_day_in_the_shop,\n    second_customer_of_the_day_in_the,\n    timeout=30,\n    **options,\n)`,
    ],
    [
      'before options alone, with line ends of Windows',
      `if new:\r\n\torder(**first_customer_of_the_day_in_the_shop_and_every_customer_of_the_day)\r\n`,
      `if new:\r\n\torder(\r\n\t\ttimeout=30, **first_customer_of_the_day_in_the_shop_and_every_customer_of_the_day\r\n\t)\r\n`,
    ],
    [
      'one by one where they had a line together',
      `if new:\n    order(\n        ${many}\n    )\n`,
      `if new:\n    order(\n        ${many.replaceAll(', ', ',\n        ')},\n        timeout=30,\n    )\n`,
    ],
  ])('spreads arguments that get too long for a line: %s', (_, before, after) => {
    expect(appended(before)).toBe(after);
  });

  test.each([
    ['the file has lines as long', `order(${many})\n# ${'-'.repeat(110)}\n`],
    [
      'the line is too long already',
      `order(${many}, fourth_customer_of_the_day_in_the_shop, fifth_customer_of_the_day)\n`,
    ],
    ['a comment speaks of the line', `order(${many})  # noqa\n`],
    ['it stands in a text', `f"{order(${many})}"\n`],
  ])('stays on one line where %s', (_, before) => {
    expect(appended(before)).toBe(before.replace(')', ', timeout=30)'));
  });

  test.each([
    ['a bare generator', 'order(book for book in books)'],
    ['an argument of that name', 'order(book, timeout=None)'],
    ['a bracket that is missing', 'order(book'],
  ])('refuses %s', (_, text) => {
    expect(appended(text)).toBeUndefined();
  });

  const space = fc.constantFrom('', ' ', '\n    ', '  # a comment, with a comma\n    ', '\n\n  ');
  const argument = fc.constantFrom('book', '*books', 'count=1', '"a, b"', 'f(x, y)', '[1,\n 2]', 'lambda a, b: a');
  const call = fc
    .tuple(fc.array(fc.tuple(space, argument, space), { maxLength: 4 }), fc.boolean(), space, fc.boolean())
    .map(([items, hasComma, end, hasOptions]) => {
      const ordered = [...items].sort((a, b) => Number(a[1].includes('=')) - Number(b[1].includes('=')));
      const written = ordered.map(([before, value, after]) => before + value + after);
      if (hasOptions) written.push(' **options');
      const last = hasComma && written.length > 0 ? ',' : '';
      return `order(${written.join(',')}${last}${end})\n`;
    })
    .filter(text => parser.parse('shop.py', text).syntaxErrors.length === 0);

  test('adds one keyword to any call, leaves it parseable, and refuses to do it twice', () => {
    fc.assert(
      fc.property(call, text => {
        const result = appended(text);
        expect(result).toBeDefined();
        const again = parser.parse('shop.py', result ?? '');
        expect(again.syntaxErrors).toEqual([]);
        const { tree } = again;
        const list = tree.kinds.indexOf(Kind.argument_list);
        const keywords = [...tree.kinds.keys()].filter(
          node => tree.kinds[node] === Kind.keyword_argument && tree.parents[node] === list,
        );
        const added = keywords.filter(node => again.text.slice(tree.starts[node], tree.ends[node]) === 'timeout=30');
        expect(added).toHaveLength(1);
        expect((result ?? '').replace(/,?\s*timeout=30,?/, '').replace(/[\s,]/g, '')).toBe(text.replace(/[\s,]/g, ''));
        expect(appended(result ?? '')).toBeUndefined();
      }),
    );
  });
});

describe('replaceArgument', () => {
  test('changes the value and nothing else', () => {
    const text = 'order(book, timeout=None,  # for now\n)';
    const edits = replaceArgument(parser.parse('shop.py', text), firstCall(text), 'timeout', '30');
    expect(applyEdits(text, edits ?? [])).toBe('order(book, timeout=30,  # for now\n)');
  });

  test('has nothing to do when the value is there or the argument is not', () => {
    const present = 'order(timeout=30)';
    const absent = 'order(book)';
    expect(replaceArgument(parser.parse('shop.py', present), firstCall(present), 'timeout', '30')).toBeUndefined();
    expect(replaceArgument(parser.parse('shop.py', absent), firstCall(absent), 'timeout', '30')).toBeUndefined();
  });
});
