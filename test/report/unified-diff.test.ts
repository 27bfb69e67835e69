import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unifiedDiff } from '../../server/src/report/unified-diff.ts';

test('equal texts have no difference', () => {
  expect(unifiedDiff('stock.py', 'shelf\n', 'shelf\n')).toBe('');
});

test('a change is shown with three lines around it', () => {
  const before = 'a\nb\nc\nd\ne\nf\ng\nh\ni\n';

  expect(unifiedDiff('shop/stock.py', before, before.replace('e', 'E'))).toBe(
    '--- a/shop/stock.py\n+++ b/shop/stock.py\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n',
  );
});

test('changes that are far apart stand in hunks of their own', () => {
  const before = Array.from({ length: 30 }, (_, index) => `${index}\n`).join('');
  const diff = unifiedDiff('stock.py', before, before.replace('3\n', 'x\n').replace('25\n', 'y\n'));

  expect(diff.match(/^@@ .*$/gm)).toEqual(['@@ -1,7 +1,7 @@', '@@ -23,7 +23,7 @@']);
});

test('a missing newline at the end is marked', () => {
  expect(unifiedDiff('stock.py', 'shelf', 'shelf\n')).toBe(
    '--- a/stock.py\n+++ b/stock.py\n@@ -1,1 +1,1 @@\n-shelf\n\\ No newline at end of file\n+shelf\n',
  );
});

test('applying the diff gives the second text, and taking it back the first', () => {
  // Few different lines, so that many are equal.
  const text = fc
    .tuple(fc.array(fc.constantFrom('shelf', 'till', '', 'crate\r'), { maxLength: 25 }), fc.boolean())
    .map(([lines, ends]) => lines.join('\n') + (ends && lines.length > 0 ? '\n' : ''));

  fc.assert(
    fc.property(text, text, (before, after) => {
      const diff = unifiedDiff('stock.py', before, after);
      expect(applyDiff(before, diff, '-', '+')).toBe(after);
      expect(applyDiff(after, diff, '+', '-')).toBe(before);
    }),
    { numRuns: 500 },
  );
});

/** Applies a diff as its format is defined: by the line numbers of its hunks, with every kept line compared. */
function applyDiff(text: string, diff: string, removes: '-' | '+', adds: '-' | '+'): string {
  if (diff === '') return text;
  const source = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const result: string[] = [];
  let next = 0;
  for (const hunk of diff.split(/^(?=@@ )/m).slice(1)) {
    const [header = '', ...lines] = hunk.split(/(?<=\n)/);
    const numbers = /^@@ -(\d+),(\d+) \+(\d+),(\d+) @@/.exec(header)?.slice(1).map(Number) ?? [];
    const [start = 0, count = 0] = removes === '-' ? numbers : numbers.slice(2);
    const first = count === 0 ? start : start - 1;
    result.push(...source.slice(next, first));
    next = first;
    for (const [index, line] of lines.entries()) {
      if (line.startsWith('\\')) continue;
      const content = lines[index + 1]?.startsWith('\\') === true ? line.slice(1, -1) : line.slice(1);
      if (line[0] !== adds) expect(source[next++]).toBe(content);
      if (line[0] !== removes) result.push(content);
    }
    expect(next - first).toBe(count);
  }
  return [...result, ...source.slice(next)].join('');
}
