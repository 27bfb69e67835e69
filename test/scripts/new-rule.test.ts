import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRule } from '../../scripts/new-rule/create-rule.ts';
import { readWish } from '../../scripts/new-rule/read-wish.ts';
import { ROOT } from '../../scripts/support/paths.ts';
import { runCommand } from '../../scripts/support/processes.ts';
import { folderWith, writeFiles } from '../workspace/temp-folder.ts';
import { pageProblems } from '../rules/contracts.ts';

describe('the words of the command line', () => {
  test('name a rule, its title and its priority', async () => {
    const words = ['data', 'unpaid-order', '--title', 'Order that nobody paid', '--priority', 'high'];

    expect(await readWish(words)).toEqual({
      aspect: 'data',
      id: 'unpaid-order',
      title: 'Order that nobody paid',
      priority: 'high',
    });
  });

  test('are asked for where they are missing', async () => {
    expect(await readWish(['data'], Readable.from(['unpaid-order\n']))).toMatchObject({ id: 'unpaid-order' });
    expect(await readWish([], Readable.from(['data\nunpaid-order\n']))).toMatchObject({ aspect: 'data' });
    await expect(readWish([], Readable.from(['data\n']))).rejects.toThrow('Usage: npm run new-rule');
  });

  test('may leave the title and the priority out', async () => {
    expect(await readWish(['data', 'unpaid-order'])).toMatchObject({ title: 'Unpaid order', priority: 'medium' });
  });

  test.each([
    [[], 'Usage: npm run new-rule'],
    [['data'], 'Usage: npm run new-rule'],
    [['relability', 'unpaid-order'], 'There is no aspect "relability". Did you mean reliability?'],
    [['warehouse', 'unpaid-order'], 'There are reliability, concurrency'],
    [['data', 'UnpaidOrder'], '"UnpaidOrder" is no id of a rule'],
    [['data', '../unpaid-order'], 'is no id of a rule'],
    [['data', 'unpaid-order', '--priority', 'hihg'], 'There is no priority "hihg". Did you mean high?'],
    [['data', 'unpaid-order', 'now'], 'Unexpected argument: now'],
    [['data', 'unpaid-order', '--quick'], "Unknown option '--quick'"],
  ])('%j are answered with what is wrong', async (words, message) => {
    await expect(readWish(words)).rejects.toThrow(message);
  });
});

test('an id that another rule has is refused, whatever its aspect', async () => {
  const root = folderWith({ 'rules/reliability/unpaid-order/rule.ts': '', 'package.json': '{"version":"0.1.0"}' });
  const wish = await readWish(['data', 'unpaid-order']);

  await expect(createRule(root, wish)).rejects.toThrow('There is a rule unpaid-order already: rules/reliability/');
  expect(existsSync(join(root, 'rules/data'))).toBe(false);
});

describe('in a copy of the repository', () => {
  let copy: string;
  let printed: string;
  let code: number;
  const folder = 'rules/data/unpaid-order';

  beforeAll(async () => {
    copy = copyOfRepository();
    const words = ['data', 'unpaid-order', '--title', "Order of the shop's that is unpaid", '--priority', 'high'];
    ({ code, output: printed } = await runCommand(
      process.execPath,
      ['--import', 'tsx', 'scripts/new-rule.ts', ...words],
      { cwd: copy },
    ));
    expect(code, printed).toBe(0);
  });

  afterAll(() => {
    rmSync(copy, { recursive: true, force: true });
  });

  test('a new rule is written and generated into the catalogue, the index and the schema', () => {
    expect(readdirSync(join(copy, folder)).sort()).toEqual(['README.md', 'cases.md', 'rule.ts']);
    expect(printed).toContain(`wrote ${folder}/rule.ts`);
    expect(printed).toContain('npx vitest run test/rules -t unpaid-order');
    expect(read('rules/catalogue.ts')).toContain("from './data/unpaid-order/rule.ts'");
    expect(read('docs/rules.md')).toContain("Order of the shop's that is unpaid");
    expect(read('schema/readiness.schema.json')).toContain('"unpaid-order"');
    expect(read(`${folder}/README.md`)).toContain('`unpaid-order` · data · high · Python · no fix');
  });

  test('its code compiles under the rules of the house', async () => {
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const result = await runCommand(process.execPath, [tsc, '-p', 'scaffold.tsconfig.json'], { cwd: copy });

    expect(result).toEqual({ code: 0, output: '' });
  });

  test('its examples run as tests, and pass', async () => {
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
    const { code: ended, output } = await runCommand(
      process.execPath,
      [vitest, 'run', 'test/rules/examples.test.ts', '-t', 'unpaid-order', '--reporter=verbose'],
      { cwd: copy, env: { ...process.env, NO_COLOR: '1' } },
    );

    expect(ended, output).toBe(0);
    expect(output).toMatch(/✓.*unpaid-order.*reports the marked lines/);
    expect(output).toMatch(/✓.*unpaid-order.*A name that is bound again/);
  });

  test('what is still to be written is not accepted as a page', () => {
    const meta = { id: 'unpaid-order', title: 'x', fix: 'none' as const, options: {} };
    const problems = pageProblems(read(`${folder}/README.md`), {
      ...meta,
      ...{ aspect: 'data', priority: 'high', confidence: 'high', languages: ['Python'], since: '0.1.0' },
      requiredFor: 'standard',
    });

    expect(problems).toEqual(['The page still has a placeholder.']);
  });

  test('the same rule is not made twice', async () => {
    const before = read(`${folder}/rule.ts`);
    const again = await runCommand(
      process.execPath,
      ['--import', 'tsx', 'scripts/new-rule.ts', 'data', 'unpaid-order'],
      {
        cwd: copy,
      },
    );

    expect(again).toEqual({ code: 1, output: `There is a rule unpaid-order already: ${folder}.\n` });
    expect(read(`${folder}/rule.ts`)).toBe(before);
  });

  function read(path: string): string {
    return readFileSync(join(copy, path), 'utf8');
  }
});

/** What rules, generator and example tests need, with the packages of this checkout. */
function copyOfRepository(): string {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'new-rule-')));
  writeFiles(copy, {
    'scaffold.tsconfig.json': '{ "extends": "./tsconfig.base.json", "include": ["rules/data/unpaid-order"] }\n',
  });
  const parts = ['package.json', 'tsconfig.base.json', '.prettierrc.json', 'vitest.config.ts', 'rules', 'server'];
  for (const part of [...parts, 'scripts', 'schema', 'docs/rules.md', 'test/support', 'test/rules/examples.test.ts']) {
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
  return copy;
}
