import { expect, test } from 'vitest';
import type { FileFacts } from '../../server/src/core/file-facts.ts';
import type { Finding } from '../../server/src/core/finding.ts';
import type { FileJudgement } from '../../server/src/engine/judge-file.ts';
import { keepLastGood, moveFindings, nextLastGood } from '../../server/src/engine/keep-last-good.ts';
import { createTestExtractor } from '../support/example-workspace.ts';

const extractor = await createTestExtractor();

async function factsOf(text: string): Promise<FileFacts> {
  const facts = await extractor.fromText('shop/till.py', text);
  if ('reason' in facts) throw new Error(facts.reason);
  return facts;
}

function findingAt(start: number, ruleId = 'http-timeout'): Finding {
  return {
    ruleId,
    path: 'shop/till.py',
    range: { start, end: start + 4 },
    message: 'A sentence.',
    priority: 'high',
    confidence: 'high',
    related: [],
    fix: 'suggested',
    data: { argument: 1 },
    fingerprint: `${ruleId} ${start}`,
  };
}

function judgementOf(...findings: Finding[]): FileJudgement {
  return { path: 'shop/till.py', findings, failures: [], examined: {}, comments: [], judgedBy: [] };
}

const WHOLE = 'def scan():\n    pass\n\n\ndef pay():\n    """Pays."""\n    pass\n';
/** The string that was opened ends where the next one should begin. */
const TORN = WHOLE.replace('    pass\n', '    """pass\n');

test('findings below an unclosed string stay while it is open', async () => {
  const good = nextLastGood(judgementOf(findingAt(40)), await factsOf(WHOLE), undefined);
  const shown = keepLastGood(judgementOf(), await factsOf(TORN), good);
  expect(shown.findings.map(({ range }) => range.start)).toEqual([40]);
});

test('findings above the error are those of the broken version', async () => {
  const good = nextLastGood(judgementOf(findingAt(0)), await factsOf(WHOLE), undefined);
  expect(keepLastGood(judgementOf(), await factsOf(TORN), good).findings).toEqual([]);
});

test('a finding that the broken version still has is not doubled', async () => {
  const good = nextLastGood(judgementOf(findingAt(40)), await factsOf(WHOLE), undefined);
  const shown = keepLastGood(judgementOf(findingAt(40)), await factsOf(TORN), good);
  expect(shown.findings).toHaveLength(1);
});

test('a version without errors shows its own findings alone', async () => {
  const good = nextLastGood(judgementOf(findingAt(40)), await factsOf(WHOLE), undefined);
  const facts = await factsOf('def scan():\n    pass\n');
  expect(keepLastGood(judgementOf(), facts, good).findings).toEqual([]);
});

test('a broken version passes on what it was given', async () => {
  const good = nextLastGood(judgementOf(findingAt(40)), await factsOf(WHOLE), undefined);
  expect(nextLastGood(judgementOf(), await factsOf(TORN), good)).toBe(good);
});

test('an edit moves the findings behind it, drops those that it touches and leaves no data for fixes', () => {
  const findings = [findingAt(0), findingAt(10), findingAt(20)];
  const moved = moveFindings(findings, { range: { start: 8, end: 12 }, newText: 'tally()' });
  expect(moved.map(({ range, fix, data }) => [range.start, fix, data])).toEqual([
    [0, 'suggested', { argument: 1 }],
    [23, undefined, undefined],
  ]);
});
