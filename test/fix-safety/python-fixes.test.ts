import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Judges } from '../../scripts/fix-safety/compare-texts.ts';
import { startPythonInspector } from '../../scripts/fix-safety/python-inspector.ts';
import { createTestExtractor } from '../support/example-workspace.ts';
import { judgeFixes } from './judge-fixes.ts';
import { pythonFiles } from './python-grammar.ts';

const PATH = 'shop/restock.py';
const RUNS = Number(process.env['FIX_SAFETY_RUNS'] ?? 40);

let judges: Judges;
beforeAll(async () => {
  judges = { extractor: await createTestExtractor(), python: await startPythonInspector() };
});
afterAll(() => {
  judges.python?.close();
});

test('every generated file is valid Python', async () => {
  await fc.assert(
    fc.asyncProperty(pythonFiles, async text => {
      expect(judges.extractor.parser.parse(PATH, text).syntaxErrors).toEqual([]);
      expect((await judges.python?.inspect(text))?.error).toBeUndefined();
    }),
    { numRuns: RUNS * 2 },
  );
});

const IMPORT_AT_THE_END = 'async def restock():\n    nap(0.5)\n\n\nfrom time import sleep as nap';

test('every fix in any layout mends its finding, brings no other one, and leaves the rest as it was', async () => {
  const tried = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(pythonFiles, async text => {
      const judgement = await judgeFixes(PATH, text, judges);
      for (const [rule, count] of judgement.tried) tried.set(rule, (tried.get(rule) ?? 0) + count);
      expect(judgement.complaints).toEqual([]);
    }),
    { numRuns: RUNS, examples: [[IMPORT_AT_THE_END]] },
  );
  // A grammar that no rule finds fault with would prove nothing.
  expect([...tried.keys()]).toEqual(
    expect.arrayContaining(['async-blocking-call', 'bare-except', 'http-timeout', 'resource-not-closed']),
  );
}, 600_000);
