import fc from 'fast-check';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { InputError } from '../../server/src/mcp/input-error.ts';
import { isAtOrBelow, pathInRoot } from '../../server/src/mcp/path-in-root.ts';

const ROOT = resolve('/shop/books');
const part = fc.constantFrom('..', '.', '', 'stock', 'books', 'books2', 'ä', '...', '..stock');

test('whatever is asked for lies in the root, or is refused', () => {
  fc.assert(
    fc.property(fc.array(part), fc.boolean(), (parts, isAbsolute) => {
      const given = (isAbsolute ? '/' : '') + parts.join('/');
      const target = resolve(ROOT, given);
      const isInside = target === ROOT || target.startsWith(join(ROOT, '/'));

      if (!isInside) expect(() => pathInRoot(given, ROOT)).toThrow(InputError);
      else expect(resolve(ROOT, pathInRoot(given, ROOT))).toBe(target);
    }),
  );
});

test('a folder holds what lies below it, and not its neighbours', () => {
  expect(['stock', 'stock/a.py', 'stock2/a.py', 'stock.py'].map(path => isAtOrBelow(path, 'stock'))).toEqual([
    ...[true, true, false, false],
  ]);
  expect(isAtOrBelow('stock.py', '')).toBe(true);
});
