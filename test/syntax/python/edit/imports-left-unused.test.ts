import { beforeAll, expect, test } from 'vitest';
import { applyEdits } from '../../../../server/src/core/text.ts';
import type { PythonParser } from '../../../../server/src/syntax/python/parser.ts';
import { removeImportsLeftUnused } from '../../../../server/src/syntax/python/edit/imports-left-unused.ts';
import { createTestExtractor } from '../../../support/example-workspace.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

function cleaned(before: string, after: string): string {
  const [former, now] = [before, after].map(text => parser.parse('shop/orders.py', text));
  if (!former || !now) throw new Error('Two texts give two sources.');
  return applyEdits(after, removeImportsLeftUnused(former, now));
}

test('an import whose last uses went is removed', () => {
  const before =
    'import asyncio\nimport time\n\n\nasync def rest():\n    time.sleep(1)\n    time.sleep(2)\n    await asyncio.sleep(0)\n';
  const after = before.replaceAll('time.sleep', 'await asyncio.sleep');
  expect(cleaned(before, after)).toBe(after.replace('import time\n', ''));
});

test('an import that nothing used before stays', () => {
  const text = 'import plugins\nimport time\n\ntime.sleep(1)\n';
  expect(cleaned(text, text)).toBe(text);
  expect(cleaned(text, text.replace('time.sleep(1)', 'pass'))).toBe('import plugins\n\npass\n');
});

test('a name among others goes alone', () => {
  const before = 'from time import monotonic, sleep\n\nprint(monotonic())\nsleep(1)\n';
  expect(cleaned(before, before.replace('sleep(1)\n', ''))).toBe('from time import monotonic\n\nprint(monotonic())\n');
});

test('names that lose their last uses together go together, and leave no comma behind', () => {
  const before = 'from time import monotonic, sleep, time_ns\n\nsleep(1)\nprint(time_ns())\nprint(monotonic())\n';
  expect(cleaned(before, before.replace('sleep(1)\nprint(time_ns())\n', ''))).toBe(
    'from time import monotonic\n\nprint(monotonic())\n',
  );
  expect(cleaned(before, before.replace('print(monotonic())\n', '').replace('sleep(1)\n', ''))).toBe(
    'from time import time_ns\n\nprint(time_ns())\n',
  );
  const without = 'print("closed")\n';
  expect(
    cleaned(
      `from time import monotonic, sleep\n\nsleep(monotonic())\n`,
      `from time import monotonic, sleep\n\n${without}`,
    ),
  ).toBe(without);
});

test('thousands of imports lose the unused ones and keep the others', () => {
  const names = Array.from({ length: 3_000 }, (_, index) => `book_${index}`);
  const imports = names.map(name => `from shop.${name} import ${name}\n`).join('');
  const uses = names.map(name => `${name}()\n`).join('');
  const rest = uses.replace('book_7()\n', '').replace('book_2999()\n', '');
  const left = imports
    .replace('from shop.book_7 import book_7\n', '')
    .replace('from shop.book_2999 import book_2999\n', '');
  expect(cleaned(`${imports}\n${uses}`, `${imports}\n${rest}`)).toBe(`${left}\n${rest}`);
});
