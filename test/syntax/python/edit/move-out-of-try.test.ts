import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { applyEdits } from '../../../../server/src/core/text.ts';
import { moveOutOfTry } from '../../../../server/src/syntax/python/edit/move-out-of-try.ts';
import { Kind } from '../../../../server/src/syntax/python/kinds.ts';
import type { PythonParser } from '../../../../server/src/syntax/python/parser.ts';
import { kindOf, rangeOf } from '../../../../server/src/syntax/python/tree.ts';
import { createTestExtractor } from '../../../support/example-workspace.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

/** The text after the action on its last `except`; undefined where there is none. */
function move(text: string): string | undefined {
  const source = parser.parse('shop/orders.py', text);
  const clauses = Array.from({ length: source.tree.size }, (_, node) => node).filter(
    node => kindOf(source.tree, node) === Kind.except_clause,
  );
  const edits = moveOutOfTry(source, rangeOf(source.tree, clauses.at(-1) ?? 0));
  return edits && applyEdits(text, edits);
}

/** A function whose `try` has the given body. */
function guarded(body: readonly string[], tail: readonly string[] = []): string {
  const lines = ['def price(path, rows):', '    try:', ...body.map(line => (line === '' ? '' : `        ${line}`))];
  return [...lines, '    except Exception:', '        return None', ...tail, ''].join('\n');
}

test('what comes first stands before the `try`, what comes last in its `else`, with their comments', () => {
  const before = guarded(['# pieces', 'total = 0  # none yet', '', 'price = int(path)', '', '# done', 'return price']);
  const after = [
    'def price(path, rows):',
    '    # pieces',
    '    total = 0  # none yet',
    '    try:',
    '        price = int(path)',
    '    except Exception:',
    '        return None',
    '    else:',
    '        # done',
    '        return price',
    '',
  ];
  expect(move(before)).toBe(after.join('\n'));
});

test('an `else` that is there takes the statements first', () => {
  const text = guarded(['price = int(path)', 'total = price'], ['    else:', '        print(total)']);
  expect(move(text)).toBe(
    guarded(['price = int(path)'], ['    else:', '        total = price', '        print(total)']),
  );
});

test('`finally` stays last, and tabs and line endings stay as they are', () => {
  const text =
    'try:\r\n\timport orjson\r\n\tFAST = True\r\nexcept ImportError:\r\n\tFAST = False\r\nfinally:\r\n\tprint(1)';
  expect(move(text)).toBe(
    'try:\r\n\timport orjson\r\nexcept ImportError:\r\n\tFAST = False\r\nelse:\r\n\tFAST = True\r\nfinally:\r\n\tprint(1)',
  );
});

test('a file without a last line ending gets none', () => {
  const text = 'try:\n    import orjson\n    FAST = True\nexcept ImportError: FAST = False';
  expect(move(text)).toBe('try:\n    import orjson\nexcept ImportError: FAST = False\nelse:\n    FAST = True');
});

test.each([
  ['nothing is harmless', ['price = int(path)']],
  ['everything is', ['price = 0', 'return price']],
  ['a name may have no value', ['for row in rows:', '    last = row', 'result = last']],
  ['a name loses its value', ['price = int(path)', 'del price', 'total = path']],
  ['a text is filled in', ['price = int(path)', "title = f'{path}'"]],
  ['a call is made', ['price = int(path)', 'print(price)']],
  ['a member is read', ['price = int(path)', 'total = rows.total']],
  ['two statements share a line', ['price = int(path); total = price']],
  ['a text goes over several lines', ['price = int(path)', "title = '''a", "b'''"]],
  ['the handler ends alike', ['if rows:', '    return int(path)', 'return None']],
  ['a comment stands below', ['price = int(path)', 'total = price', '# end']],
])('nothing is offered where %s', (_, body) => {
  expect(move(guarded(body))).toBeUndefined();
});

test('nothing is hidden behind a `return`', () => {
  const text = guarded(['price = int(path)', 'return price'], ['    else:', '        print(path)']);
  expect(move(text)).toBeUndefined();
});

const STATEMENTS = [
  ['total = 0'],
  ['title = path  # as given'],
  ['# counted', "names = ['a', (path, 1.5)]"],
  ['price = int(path)'],
  ['', 'rows.sort()'],
  ['for row in rows:', '    last = row'],
  ['with path:', '    # inside', '    price = 1'],
  ['if path:', '    return 1'],
];

test('whatever the body, the file parses, keeps all that is not blank, and has no more to move', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...STATEMENTS), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(
        [],
        ['    else:', '        print(1)'],
        ['    finally:', '        print(1)'],
        ['    # below', '    total = 1'],
      ),
      fc.constantFrom('\n', '\r\n', '\r'),
      (body, tail, newline) => {
        const text = guarded(body.flat(), tail).replaceAll('\n', newline);
        const moved = move(text);
        fc.pre(moved !== undefined);
        expect(parser.parse('shop/orders.py', moved).syntaxErrors).toEqual([]);
        expect(solidLines(moved).filter(line => line !== 'else:')).toEqual(
          solidLines(text).filter(line => line !== 'else:'),
        );
        expect(move(moved)).toBeUndefined();
      },
    ),
    { numRuns: 150 },
  );
});

/** Lines in an order of their own: moving changes theirs. */
function solidLines(text: string): readonly string[] {
  return text
    .split(/\r\n|\n|\r/)
    .map(line => line.trim())
    .filter(line => line !== '')
    .sort();
}
