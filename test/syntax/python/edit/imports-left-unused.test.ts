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
