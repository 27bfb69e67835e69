import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { RULES } from '../../rules/catalogue.ts';
import type { Finding } from '../../server/src/core/finding.ts';
import { applyEdits, type TextEdit } from '../../server/src/core/text.ts';
import { compareFindings, moveRange } from '../../scripts/fix-safety/compare-findings.ts';
import { compareTexts, type Judges } from '../../scripts/fix-safety/compare-texts.ts';
import { lineEdits } from '../../scripts/fix-safety/line-edits.ts';
import { renderFailures, renderTable } from '../../scripts/fix-safety/print-report.ts';
import { readRequest } from '../../scripts/fix-safety/request.ts';
import { sampleOf } from '../../scripts/fix-safety/sample.ts';
import { tryFile, type FileTrials } from '../../scripts/fix-safety/try-file.ts';
import { createSession } from '../../server/src/engine/workspace-session.ts';
import { createTestExtractor } from '../support/example-workspace.ts';
import { folderWith } from '../workspace/temp-folder.ts';

let judges: Judges;
beforeAll(async () => {
  judges = { extractor: await createTestExtractor(), python: undefined };
});

const BEFORE = 'import time\n\n# the till\ndef sell():\n    time.sleep(1)  # slowly\n';

async function complaints(after: string, before = BEFORE, path = 'shop.py'): Promise<readonly string[]> {
  const found = await compareTexts(path, before, after, judges);
  return [...new Set(found.map(({ check }) => check))];
}

test.each([
  ['nothing changes', BEFORE, []],
  ['a line is added in the style of the file', BEFORE.replace('    time', '    print(1)\n    time'), []],
  ['a bracket is missing', BEFORE.replace('sleep(1)', 'sleep(1'), ['parses']],
  ['a name means nothing', BEFORE.replace('sleep(1)', 'sleep(aeons)'), ['imports']],
  ['an import is made twice', `import time\n${BEFORE}`, ['imports']],
  ['an import has no use any more', BEFORE.replace('time.sleep(1)', 'pass'), ['imports']],
  ['a comment is gone', BEFORE.replace('  # slowly', ''), ['layout']],
  ['comments change places', BEFORE.replace('# the till\n', '').concat('# the till\n'), ['layout']],
  ['a line ends as on another system', BEFORE.replace('time\n', 'time\r\n'), ['layout']],
  ['blanks are left at the end of a line', BEFORE.replace('sell():', 'sell():  '), ['layout']],
  ['the indentation is another one', `${BEFORE}def buy():\n  time.sleep(2)\n`, ['layout']],
  ['the last line loses its end', BEFORE.slice(0, -1), ['layout']],
  ['three blank lines are left', BEFORE.replace('\n\n', '\n\n\n\n'), ['layout']],
])('a change is judged: %s', async (_, after, checks) => {
  expect(await complaints(after)).toEqual(checks);
});

test('other languages are parsed by their own parsers', async () => {
  expect(await complaints('{"a":', '{"a": 1}', 'package.json')).toEqual(['parses']);
  expect(await complaints('a =\n', 'a = 1\n', 'pyproject.toml')).toEqual(['parses']);
  expect(await complaints('f(;\n', 'f();\n', 'shop.ts')).toEqual(['parses']);
  expect(await complaints('logger.error(1);\n', 'console.error(1);\n', 'shop.ts')).toEqual(['imports']);
  expect(await complaints('f();\n', 'f(); // why\n', 'shop.ts')).toEqual(['layout']);
});

function finding(ruleId: string, start: number, message = 'Mend it.'): Finding {
  const range = { start, end: start + 4 };
  const fingerprint = `${ruleId} ${start}`;
  return {
    ruleId,
    path: 'shop.py',
    range,
    message,
    priority: 'high',
    confidence: 'high',
    related: [],
    fix: 'safe',
    data: undefined,
    fingerprint,
  };
}

function insertion(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}

test('a finding has to go, and none may come', () => {
  const [mended, other] = [finding('http-timeout', 10), finding('http-timeout', 30, 'Another.')];
  const change = {
    mended: ['http-timeout'],
    finding: mended,
    before: [mended, other],
    edits: [insertion(14, 'timeout')],
  };
  const moved = { ...finding('http-timeout', 37, 'Another.') };
  const fresh = finding('broad-except', 50);

  expect(compareFindings({ ...change, after: [moved] })).toEqual([]);
  expect(compareFindings({ ...change, after: [mended, moved] }).map(({ check }) => check)).toContain('gone');
  expect(compareFindings({ ...change, after: [moved, fresh] }).map(({ check }) => check)).toEqual(['new']);
});

test('only a takeover that is written down may appear', () => {
  const bare = finding('bare-except', 10);
  const change = { finding: bare, before: [bare], edits: [insertion(14, ' Exception')] };
  const broad = finding('broad-except', 10);

  expect(compareFindings({ ...change, mended: ['bare-except'], after: [broad] })).toEqual([]);
  expect(compareFindings({ ...change, mended: ['http-timeout'], after: [broad] })).toHaveLength(1);
});

test('ranges move with the edits before them', () => {
  expect(moveRange({ start: 4, end: 8 }, [insertion(4, 'ab'), insertion(8, 'cd')])).toEqual({ start: 6, end: 10 });
  expect(moveRange({ start: 4, end: 8 }, [{ range: { start: 0, end: 2 }, newText: '' }])).toEqual({ start: 2, end: 6 });
});

test('the edits of a diff make the text that it was made for', () => {
  const before = 'a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm';
  for (const after of [
    '',
    'x',
    'a\nx\nc\n',
    before.replace('b', 'x\ny').replace('k\n', ''),
    `${before}\n`,
    `z\n${before}`,
  ]) {
    expect(applyEdits(before, lineEdits(before, after))).toBe(after);
  }
});

test('a seed picks the same items again, in their order', () => {
  const items = Array.from({ length: 50 }, (_, index) => index);
  const picked = sampleOf(items, 10, 7);
  expect(picked).toEqual(sampleOf(items, 10, 7));
  expect(picked).not.toEqual(sampleOf(items, 10, 8));
  expect([...picked].sort((left, right) => left - right)).toEqual(picked);
  expect(new Set(picked).size).toBe(10);
  expect(sampleOf(items, 100, 7)).toEqual(items);
});

test('mistakes in the call are named', () => {
  expect(() => readRequest([], [])).toThrow('Usage:');
  expect(() => readRequest(['/no/such/folder'], [])).toThrow('There is no folder');
  expect(() => readRequest(['.', '--rule', 'x'], ['http-timeout'])).toThrow('There is no rule x');
  expect(() => readRequest(['.', '--seed', 'x'], [])).toThrow('--seed takes a whole number');
  expect(readRequest(['.', '--sample', '3', '--all-files'], [])).toMatchObject({ sample: 3, seed: 1, allFiles: true });
});

test('the table counts places, fixes and failures, and every failure is shown with its diff', () => {
  const good = {
    rule: 'http-timeout',
    path: 'a.py',
    line: 3,
    title: 'Add',
    grade: 'suggested',
    complaints: [],
    diff: '+a',
  } as const;
  const bad = { ...good, line: 4, complaints: [{ check: 'gone', detail: 'Still there.' }], diff: '+b' } as const;
  const report = {
    folder: '/shop',
    files: 1,
    places: new Map([['http-timeout', 2]]),
    trials: [good, bad],
    skipped: [],
  };

  const [head, row] = renderTable(report)
    .split('\n')
    .map(line => line.split(/ +/));
  expect(head).toEqual(['rule', 'places', 'fixes', 'edits', 'parses', 'imports', 'gone', 'new', 'again', 'layout']);
  expect(row).toEqual(['http-timeout', '2', '2', '0', '0', '0', '1', '0', '0', '0']);
  expect(renderFailures(report.trials)).toBe('a.py:4 http-timeout (suggested): Add\n  gone: Still there.\n+b\n');
});

const ORDERS = `from shop.stock import take


def order(title, rows):
    try:
        return take(title, rows)
    except Exception:
        print("Not there:", title)
`;

/** Trials of a handler whose errors another file makes. */
async function tryOrders(stock: string): Promise<FileTrials> {
  const files = new Map([
    ['shop/__init__.py', ''],
    ['shop/stock.py', stock],
    ['shop/orders.py', ORDERS],
  ]);
  const session = await createSession({
    root: folderWith(Object.fromEntries(files)),
    rules: RULES,
    logger: { info: () => undefined, error: () => undefined },
    assetFolder: join(import.meta.dirname, '../../dist'),
    version: 'test',
    formerIds: new Map(),
    extractor: Promise.resolve(judges.extractor),
    cacheFolder: null,
    jobs: 1,
  });
  onTestFinished(() => {
    session.dispose();
  });
  await session.scan({ isCancellationRequested: false });
  return await tryFile({ session, judges, textOf: path => files.get(path) }, 'shop/orders.py', undefined);
}

test('fixes that only other files can vouch for are tried', async () => {
  const { findings, trials } = await tryOrders('def take(title, rows):\n    return rows[title]\n');
  expect(findings.map(({ fix, mayHaveFix }) => [fix, mayHaveFix])).toEqual([[undefined, true]]);
  expect(trials.map(({ title, complaints: found }) => [title, found])).toEqual([
    ['Narrow to `(IndexError, KeyError, TypeError)`', []],
  ]);
});

test('nothing is missing where such a fix does not come', async () => {
  const { findings, trials } = await tryOrders('def take(title, rows):\n    return rows.take(title)\n');
  expect(findings).toHaveLength(1);
  expect(trials).toEqual([]);
});
