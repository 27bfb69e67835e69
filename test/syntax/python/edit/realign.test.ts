import { beforeAll, expect, test } from 'vitest';
import { applyEdits } from '../../../../server/src/core/text.ts';
import type { PythonParser } from '../../../../server/src/syntax/python/parser.ts';
import { moveToThread } from '../../../../server/src/syntax/python/edit/await-call.ts';
import { realignArguments } from '../../../../server/src/syntax/python/edit/realign.ts';
import { createTestExtractor } from '../../../support/example-workspace.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

function realigned(text: string, columns: number): string {
  const source = parser.parse('shop.py', text);
  return applyEdits(text, realignArguments(source, { start: 0, end: text.trimEnd().length }, columns));
}

test('arguments that stand below the bracket move along', () => {
  const text = 'sell(book,\n     # cheap\n\n     price=(1\n            + 2))\n';
  expect(realigned(text, 2)).toBe('sell(book,\n       # cheap\n\n       price=(1\n              + 2))\n');
  expect(realigned(text, -2)).toBe('sell(book,\n   # cheap\n\n   price=(1\n          + 2))\n');
});

test.each([
  ['a hanging indentation', 'sell(\n    book,\n)\n'],
  ['less than the bracket', 'sell(book,\n  price)\n'],
  ['tabs', 'sell(book,\n\t\t\t\t\t\tprice)\n'],
  ['a string over several lines', 'sell("""book\n          """,\n     price)\n'],
  ['one line', 'sell(book, price)\n'],
])('any other layout stays: %s', (_, text) => {
  expect(realigned(text, 4)).toBe(text);
});

test('a call that is moved to a thread keeps its arguments below the bracket', () => {
  const text = 'import asyncio\nasync def f():\n    copy(a,\n         b)\n';
  const call = { start: text.indexOf('copy'), end: text.trimEnd().length };
  expect(applyEdits(text, moveToThread(parser.parse('shop.py', text), call, 'asyncio') ?? [])).toBe(
    `import asyncio\nasync def f():\n    await asyncio.to_thread(copy, a,\n${' '.repeat(28)}b)\n`,
  );
});
