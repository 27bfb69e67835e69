import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Judges } from '../../scripts/fix-safety/compare-texts.ts';
import { createTestExtractor } from '../support/example-workspace.ts';
import { judgeFixes } from './judge-fixes.ts';

let judges: Judges;
beforeAll(async () => {
  judges = { extractor: await createTestExtractor(), python: undefined };
});

/** Statements that rules find fault with; `>` is one more step of indentation. */
const STATEMENTS: readonly (readonly string[])[] = [
  ['await fetch(url);'],
  ['const page = await fetch(url, { method: "POST" });'],
  ['const shelf = await fetch(url, {', '>method: "POST", // no cache', '>headers: { accept: "text/html" },', '});'],
  ['await axios.get(url);'],
  ['await axios.get(', '>url,', '>{ params: { book: 1 } },', ');'],
  ['try {', '>await sell();', '} catch {', '}'],
  ['try {', '>await sell();', '} catch (error) {', '>// nobody cares', '}'],
  ['try { await sell(); } catch (error) { return null; }'],
  ['sell().catch(() => {});'],
  ['sell().catch(error => undefined);'],
  ['const total = `${1} /* no comment */`;'],
  ['/* till */ await sell(); // sold'],
];

const files = fc
  .record({
    imports: fc.subarray(['import axios from "axios";', 'import { logger } from "./log.js";', '// The shop.']),
    bodies: fc.array(fc.array(fc.constantFrom(...STATEMENTS), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 2,
    }),
    indent: fc.constantFrom('  ', '    ', '\t'),
    newline: fc.constantFrom('\n', '\r\n'),
    quote: fc.constantFrom('"', "'"),
    blank: fc.boolean(),
  })
  .map(({ imports, bodies, indent, newline, quote, blank }) => {
    const functions = bodies.flatMap((body, index) => [
      ...(blank ? [''] : []),
      `export async function restock${index}(url: string) {`,
      // Each statement in a block of its own, so that names don't clash.
      ...body.flatMap(lines => ['>{', ...lines.map(line => `>>${line}`), '>}']),
      '}',
    ]);
    const lines = [...imports, 'declare function sell(): Promise<void>;', ...functions];
    const written = lines.map(line => {
      const steps = /^>*/.exec(line)?.[0].length ?? 0;
      return indent.repeat(steps) + line.slice(steps).replaceAll('"', quote);
    });
    return written.join(newline) + newline;
  });

test('every fix in any layout mends its finding, brings no other one, and leaves the rest as it was', async () => {
  const tried = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(files, async text => {
      const judgement = await judgeFixes('shop/restock.ts', text, judges);
      for (const [rule, count] of judgement.tried) tried.set(rule, (tried.get(rule) ?? 0) + count);
      expect(judgement.complaints).toEqual([]);
    }),
    { numRuns: Number(process.env['FIX_SAFETY_RUNS'] ?? 25) },
  );
  expect([...tried.keys()].sort()).toEqual(['http-timeout', 'swallowed-exception']);
}, 600_000);
