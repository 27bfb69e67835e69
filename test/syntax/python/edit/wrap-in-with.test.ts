import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { applyEdits } from '../../../../server/src/core/text.ts';
import type { ResourceFact } from '../../../../server/src/core/facts/resource.ts';
import { openPythonFile } from '../../../../server/src/facts/python/extract.ts';
import { findResources } from '../../../../server/src/facts/resources/python.ts';
import { wrapInPlace, wrapInWith } from '../../../../server/src/syntax/python/edit/wrap-in-with.ts';
import type { PythonParser } from '../../../../server/src/syntax/python/parser.ts';
import { createTestExtractor } from '../../../support/example-workspace.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

function resourcesOf(text: string): readonly ResourceFact[] {
  return findResources(openPythonFile(parser.parse('shop.py', text)));
}

/** Mends the first open resource of a text; undefined where none of them can be mended. */
function mended(text: string): string | undefined {
  const resource = resourcesOf(text).find(({ wrap }) => wrap !== undefined);
  if (!resource?.wrap) return undefined;
  const wrap = resource.variable === undefined ? wrapInPlace : wrapInWith;
  return applyEdits(text, wrap(parser.parse('shop.py', text), resource.range, resource.wrap) ?? []);
}

describe('putting code into a `with` statement', () => {
  test.each([
    ['statements share a line', 'def f(p):\n    s = open(p); s.read()\n    return 1\n'],
    [
      'the close stands in a branch',
      'def f(p):\n    s = open(p)\n    s.read()\n    if s:\n        s.close()\n    return 1\n',
    ],
    [
      'the file is used after its close',
      'def f(p):\n    s = open(p)\n    s.read()\n    s.close()\n    print(s.name)\n',
    ],
    [
      'the uses leave the block',
      'def f(p):\n    try:\n        s = open(p)\n    except OSError:\n        return\n    s.read()\n',
    ],
    ['the close has a comment', 'def f(p):\n    s = open(p)\n    s.read()\n    s.close()  # at last\n'],
    ['the call may not be reached', 'def f(p):\n    return p and open(p).read()\n'],
    ['the call runs more than once', 'def f(ps):\n    return [open(p).read() for p in ps]\n'],
    ['the condition of a loop reads it', 'def f(p):\n    while open(p).read():\n        pass\n'],
    ['the file has a syntax error', 'def f(p):\n    return open(p).read()\n\ndef g(:\n'],
  ])('is refused where %s', (_, text) => {
    const open = resourcesOf(text).filter(({ fate }) => fate === 'leaked' || fate === 'closedWithoutError');
    expect(open).toHaveLength(1);
    expect(mended(text)).toBeUndefined();
  });

  test.each([
    ['a type of the variable goes', 'def f(p):\n    s: IO[str] = open(p)\n    s.read()\n', 'with open(p) as s:'],
    [
      'the source of a comprehension moves',
      'def f(p):\n    return [line for line in open(p)]\n',
      'with open(p) as file:',
    ],
    [
      'the await of the opener goes',
      'import aiofiles\nasync def f(p):\n    s = await aiofiles.open(p)\n    await s.read()\n',
      'async with aiofiles.open(p) as s:',
    ],
  ])('is written where %s', (_, text, head) => {
    expect(mended(text)).toContain(`    ${head}\n        `);
  });

  test.each([
    'def f(ps, q):\n    return [line for p in ps for line in open(q)]\n',
    'def f(ps, q):\n    return [p for p in ps if p in open(q).read()]\n',
    'def f(ps, q):\n    return {p: list(open(q)) for p in ps}\n',
  ])('is refused where a comprehension opens it more than once: %j', text => {
    expect(resourcesOf(text)).toHaveLength(1);
    expect(mended(text)).toBeUndefined();
  });

  test('starts with code below its head', () => {
    const text = 'def f(p):\n    s = open(p)\n\n    # all of it\n    s.read()\n\n    return s.read()\n';
    expect(mended(text)).toBe(
      'def f(p):\n    with open(p) as s:\n        # all of it\n        s.read()\n\n        return s.read()\n',
    );
  });

  test('keeps arguments below their bracket', () => {
    const text = "def f(p):\n    s = open(p,\n             'rb')\n    s.read()\n";
    expect(mended(text)).toBe("def f(p):\n    with open(p,\n              'rb') as s:\n        s.read()\n");
  });

  const unit = fc.constantFrom('    ', '  ', '\t');
  const newline = fc.constantFrom('\n', '\r\n');
  const line = fc.constantFrom(
    'total = 1',
    'stock.write("sold")',
    'if total:\n>stock.write("x")\nelse:\n>pass',
    'for line in stock:\n>print(line)  # shown',
    '# A comment.',
    '',
    'rows = csv.reader(stock)',
    'print(\n>"a",\n>stock.name,\n)',
    'text = stock.read() + \\\n>"b"',
  );
  const program = fc
    .tuple(fc.array(line, { maxLength: 6 }), fc.boolean(), fc.array(line, { maxLength: 3 }), unit, newline)
    .map(([before, closes, after, step, ending]) => {
      const rest = closes ? after.filter(one => !one.includes('stock')) : after;
      const body = [
        'stock = open("stock.txt")  # the shop',
        ...before,
        ...(closes ? ['stock.close()'] : []),
        ...rest,
        'return 1',
      ];
      const lines = body.flatMap(one => one.split('\n')).map(one => (one === '' ? '' : step + one.replace(/^>/, step)));
      return ['import csv', 'def count():', ...lines, ''].join(ending);
    });

  test('leaves code that parses, closes the file, and changes nothing but the layout', () => {
    let count = 0;
    fc.assert(
      fc.property(program, text => {
        const result = mended(text);
        if (result === undefined) return;
        count++;
        const source = parser.parse('shop.py', result);
        expect(source.syntaxErrors).toEqual([]);
        expect(resourcesOf(result).map(({ fate }) => fate)).toEqual(['closed']);
        const words = (code: string): string =>
          code
            .replace('stock.close()', '')
            .replace('with open("stock.txt") as stock:', 'stock = open("stock.txt")')
            .replace(/\s+/g, ' ');
        expect(words(result)).toBe(words(text));
        expect(result.includes('\r\n') && /[^\r]\n/.test(result)).toBe(false);
      }),
    );
    expect(count).toBeGreaterThan(0);
  });
});

test('what is opened for nothing gets a body that does nothing', () => {
  expect(mended('def touch(path):\n    open(path, "w")\n')).toBe(
    'def touch(path):\n    with open(path, "w"):\n        pass\n',
  );
});

test('comments above the close stay at the end of the block, where it closes now', () => {
  const text =
    'def count(path):\n    books = open(path)\n    n = len(books.read())\n\n    # the till waits for this\n    books.close()\n    return n\n';
  expect(mended(text)).toBe(
    'def count(path):\n    with open(path) as books:\n        n = len(books.read())\n\n        # the till waits for this\n    return n\n',
  );
});

test('a file that ends with the close still ends without a line ending', () => {
  expect(mended('def f(p):\r\n\tbooks = open(p)\r\n\tbooks.read()\r\n\tbooks.close()')).toBe(
    'def f(p):\r\n\twith open(p) as books:\r\n\t\tbooks.read()',
  );
});
