import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { applyEdits } from '../../../../server/src/core/text.ts';
import { readFromEnvironment } from '../../../../server/src/syntax/python/edit/read-environment.ts';
import { Kind } from '../../../../server/src/syntax/python/kinds.ts';
import type { PythonParser } from '../../../../server/src/syntax/python/parser.ts';
import { rangeOf } from '../../../../server/src/syntax/python/tree.ts';
import { createTestExtractor } from '../../../support/example-workspace.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

/** The text after the edit of its first literal (or row of literals) that holds `open sesame`. */
function edited(text: string): string | undefined {
  const source = parser.parse('shop.py', text);
  const { tree } = source;
  const literals = [...tree.kinds.keys()].filter(node =>
    [Kind.concatenated_string, Kind.string].some(kind => kind === tree.kinds[node]),
  );
  const literal = literals
    .map(node => rangeOf(tree, node))
    .find(({ start, end }) => text.slice(start, end).includes('open sesame'));
  const edits = literal && readFromEnvironment(source, literal, 'SHOP_KEY');
  return edits && applyEdits(text, edits);
}

test.each([
  ['key = "open sesame"\n', 'import os\n\nkey = os.environ["SHOP_KEY"]\n'],
  ["import os as system\nkey = b'open sesame'\n", "import os as system\nkey = system.environ['SHOP_KEY'].encode()\n"],
  ['from os import environ\nkey = """open sesame"""\n', 'from os import environ\nkey = environ["SHOP_KEY"]\n'],
  ['import os\nkey = ("open"\n  "open sesame")\n', 'import os\nkey = (os.environ["SHOP_KEY"])\n'],
])('writes %j as %j', (before, after) => {
  expect(edited(before)).toBe(after);
});

test('leaves the literal where os is something else', () => {
  expect(edited('def restock(os):\n    return os.order("open sesame")\n')).toBeUndefined();
});

test('every result parses, keeps all comments, and holds the literal no more', () => {
  const before = fc.array(fc.constantFrom('import json', 'import os', 'from os import path', '# stock', 'x = 1', ''), {
    maxLength: 5,
  });
  const literal = fc
    .tuple(fc.constantFrom('', 'r', 'b', 'rb'), fc.constantFrom('"', "'", '"""'))
    .map(([prefix, quote]) => `${prefix}${quote}open sesame${quote}`);
  const holder = fc.constantFrom(
    'key = @',
    'order(@, 1)  # now',
    'self.key = {"a": @}',
    'def f():\n\treturn @',
    'if key == @:\n  pass',
    'key = (  # two\n    @\n)',
  );
  const newline = fc.constantFrom('\n', '\r\n');
  fc.assert(
    fc.property(before, literal, holder, newline, (lines, text, place, end) => {
      const whole = [...lines, place.replace('@', text), ''].join('\n').replaceAll('\n', end);
      const after = edited(whole);
      expect(after).toBeDefined();
      expect(after).not.toContain('open sesame');
      expect(parser.parse('shop.py', after ?? '').syntaxErrors).toEqual([]);
      expect(after?.match(/#/g)?.length).toBe(whole.match(/#/g)?.length);
      expect(after?.includes('\r')).toBe(end === '\r\n');
    }),
  );
});
