import { beforeAll, expect, test } from 'vitest';
import { RULES } from '../../rules/catalogue.ts';
import { DEFAULT_SETTINGS } from '../../server/src/core/settings.ts';
import { applyEdits } from '../../server/src/core/text.ts';
import type { Extractor } from '../../server/src/engine/extract.ts';
import { fixWholeFile, NO_TYPESCRIPT_EDITS, type CurrentFile } from '../../server/src/engine/fix-findings.ts';
import { judgeFile } from '../../server/src/engine/judge-file.ts';
import type { FixAllOptions } from '../../server/src/engine/session.ts';
import { createTestExtractor } from '../support/example-workspace.ts';

const PATH = 'shop/restock.py';

let extractor: Extractor;
beforeAll(async () => {
  extractor = await createTestExtractor();
});

async function currentFile(text: string): Promise<CurrentFile> {
  const facts = await extractor.fromText(PATH, text);
  if ('reason' in facts) throw new Error(facts.reason);
  const { findings } = judgeFile(facts, RULES, DEFAULT_SETTINGS);
  return { text, findings, facts, source: extractor.parser.parse(PATH, text) };
}

async function fixAll(
  text: string,
  limits: Pick<FixAllOptions, 'within' | 'isTooLate'> = {},
  choice: Pick<FixAllOptions, 'grade' | 'ruleId'> = { grade: 'safe', ruleId: 'async-blocking-sleep' },
): Promise<string> {
  const environment = {
    rules: RULES,
    settings: DEFAULT_SETTINGS,
    typescript: NO_TYPESCRIPT_EDITS,
    sourceOf: (path: string) => {
      throw new Error(`${path} is another file.`);
    },
    factsOf: () => undefined,
  };
  const options = { ...choice, ...limits };
  const edits = await fixWholeFile(await currentFile(text), PATH, options, environment, currentFile);
  return applyEdits(text, edits);
}

test('an import that several fixes leave unused goes with them', async () => {
  const text = 'import time\n\n\nasync def restock(shelf):\n    time.sleep(1)\n    time.sleep(shelf.delay)\n';
  expect(await fixAll(text)).toBe(
    'import asyncio\n\n\nasync def restock(shelf):\n    await asyncio.sleep(1)\n    await asyncio.sleep(shelf.delay)\n',
  );
});

test('an import that nothing used before the fixes stays', async () => {
  const text =
    'import asyncio\nimport plugins\nimport time\n\n\nasync def restock():\n    time.sleep(1)\n    time.sleep(2)\n';
  expect(await fixAll(text)).toBe(
    'import asyncio\nimport plugins\n\n\nasync def restock():\n    await asyncio.sleep(1)\n    await asyncio.sleep(2)\n',
  );
});

test('a file without anything to fix stays as it is', async () => {
  const text = 'import os\nimport time\n\ntime.sleep(1)\n';
  expect(await fixAll(text)).toBe(text);
});

test('a stretch of the file is fixed in all rounds, and what lies outside stays', async () => {
  const text =
    'import time\n\n\nasync def restock():\n    time.sleep(1)\n    time.sleep(2)\n\n\nasync def sell():\n    time.sleep(3)\n';
  const start = text.indexOf('async def restock');
  expect(await fixAll(text, { within: { start, end: text.indexOf('async def sell') } })).toBe(
    'import asyncio\nimport time\n\n\nasync def restock():\n    await asyncio.sleep(1)\n    await asyncio.sleep(2)\n\n\nasync def sell():\n    time.sleep(3)\n',
  );
});

test('when time runs out in the middle, nothing is fixed at all', async () => {
  const text = 'import time\n\n\nasync def restock():\n    time.sleep(1)\n    time.sleep(2)\n';
  for (const questions of [0, 1, 2, 3]) {
    let asked = 0;
    expect(await fixAll(text, { isTooLate: () => asked++ >= questions })).toBe(text);
  }
});

test('what one fix moves to the right, another one edits in the next round', async () => {
  const text = [
    'import sqlite3',
    'from contextlib import closing',
    '',
    '',
    'def restock(path, plan):',
    '    connection = sqlite3.connect(path)',
    '    if plan:',
    '        print(plan)',
    '        connection.execute(open(plan).read())',
    '',
  ].join('\n');
  expect(await fixAll(text, {}, { grade: 'suggested', ruleId: 'resource-not-closed' })).toBe(
    [
      'import sqlite3',
      'from contextlib import closing',
      '',
      '',
      'def restock(path, plan):',
      '    with closing(sqlite3.connect(path)) as connection:',
      '        if plan:',
      '            print(plan)',
      '            with open(plan) as file:',
      '                connection.execute(file.read())',
      '',
    ].join('\n'),
  );
});

test('an argument on a line of its own goes to where the lines have been moved', async () => {
  const text = [
    'import requests',
    '',
    '',
    'def restock(address, plan):',
    '    session = requests.Session()',
    '    answer = session.post(',
    '        address,',
    '        json=plan,',
    '    )',
    '    return answer.json()',
    '',
  ].join('\n');
  expect(await fixAll(text, {}, { grade: 'suggested' })).toBe(
    [
      'import requests',
      '',
      '',
      'def restock(address, plan):',
      '    with requests.Session() as session:',
      '        answer = session.post(',
      '            address,',
      '            json=plan,',
      '            timeout=30,',
      '        )',
      '    return answer.json()',
      '',
    ].join('\n'),
  );
});
