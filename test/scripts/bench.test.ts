import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isReached, percentile, type Figure } from '../../scripts/bench/figure.ts';
import { generateModules } from '../../scripts/bench/generate-code.ts';
import { printTable } from '../../scripts/bench/print-table.ts';
import type { BenchReport } from '../../scripts/bench/run-bench.ts';
import { typeStatements } from '../../scripts/bench/typist.ts';
import { ROOT } from '../../scripts/support/paths.ts';
import { folderWith } from '../workspace/temp-folder.ts';

const ORDERS = 'import requests\n\n\ndef orders(url: str):\n    return requests.get(url)\n';

test('a quick run measures everything on a small folder and writes what it found', { timeout: 200_000 }, async () => {
  const shop = folderWith({ 'orders.py': ORDERS, 'shelf/books.py': 'BOOKS = ["Dune"]\n' });
  const json = join(folderWith({}), 'bench.json');

  const args = ['--import', 'tsx', 'scripts/bench.ts', '--quick', '--folder', shop, '--json', json];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT });

  // The file was written by `runBench`.
  const report = JSON.parse(readFileSync(json, 'utf8')) as BenchReport;
  expect(report.files).toMatchObject({ source: shop, count: 2, lines: 6 });
  const names = report.figures.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['keystroke p50', 'start wall', 'open p50', 'scan cold', 'edit p50']));
  for (const name of names) expect(stdout).toContain(name);
});

describe('figures', () => {
  const figure = { name: 'keystroke p50', unit: 'ms' } as const;

  test('are reached on the right side of their target', () => {
    expect(isReached({ ...figure, value: 6, target: { atMost: 6 } })).toBe(true);
    expect(isReached({ ...figure, value: 6.1, target: { atMost: 6 } })).toBe(false);
    expect(isReached({ ...figure, value: 6, target: { atLeast: 6 } })).toBe(true);
    expect(isReached({ ...figure, value: 5.9, target: { atLeast: 6 } })).toBe(false);
    expect(isReached({ ...figure, value: undefined, target: { atLeast: 6 } })).toBeUndefined();
  });

  test('are printed beside their targets and what other programs need', () => {
    const figures: readonly Figure[] = [
      { ...figure, value: 4.257, target: { atMost: 6 }, peers: [{ name: 'other', value: 12.34 }], note: 'orders.py' },
      {
        name: 'scan cold',
        unit: 'MB/s',
        value: 3,
        target: { atLeast: 6 },
        peers: [{ name: 'lint', value: undefined }],
      },
      { name: 'idle', unit: '%', value: undefined },
    ];

    expect(printTable(figures)).toBe(
      [
        'Figure         Here          Target             Peers',
        'keystroke p50  4.26 ms       ≤ 6 ms    reached  other 12.3 ms',
        'scan cold      3.00 MB/s     ≥ 6 MB/s  MISSED   lint not installed',
        'idle           not measured',
        '',
        'keystroke p50: orders.py',
      ].join('\n'),
    );
  });

  test('percentiles are samples, and in order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1 }), samples => {
        const [low, high] = [percentile(samples, 0.5), percentile(samples, 0.95)];
        expect(samples).toEqual(expect.arrayContaining([low, high]));
        expect(low).toBeLessThanOrEqual(high);
      }),
    );
    expect(percentile([30, 10, 20], 0.5)).toBe(20);
  });
});

test('each keystroke is one character away from the text before, or one line break', () => {
  let before = ORDERS;
  let count = 0;
  for (const { text, edit } of typeStatements(ORDERS, 7)) {
    const { start, end } = edit.range;
    expect(before.slice(0, start) + edit.newText + before.slice(end)).toBe(text);
    expect(edit.newText.trim().length + end - start).toBeLessThanOrEqual(1);
    before = text;
    if (++count === 200) break;
  }
  expect(before.length).toBeGreaterThan(ORDERS.length);
});

test('the same seed generates the same workspace, and modules import only what is there', () => {
  const modules = new Map(generateModules(250, 3));

  expect(new Map(generateModules(250, 3))).toEqual(modules);
  expect(modules.size).toBe(250);
  for (const text of modules.values()) {
    for (const [, module = ''] of text.matchAll(/^from ([\w.]+) import/gm)) {
      expect(modules.has(`${module.replaceAll('.', '/')}.py`)).toBe(true);
    }
  }
});
