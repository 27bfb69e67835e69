/** What the pages say about pipelines is held to the parsers of the product. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json';
import { ROOT } from '../../scripts/support/paths.ts';
import { parseCommandLine } from '../../server/src/cli/parse-command-line.ts';
import { analyzeExample, createTestExtractor } from '../support/example-workspace.ts';

const WORKFLOW = '.github/workflows/readiness.yml';
const PAGES = ['docs/ci.md', 'docs/baseline.md', 'docs/reports.md'];

interface Step {
  readonly run?: string;
  readonly uses?: string;
}

describe('The workflow of the docs', () => {
  const text = fence('docs/ci.md', WORKFLOW);

  test('is understood by the front end for workflows, without a finding', async () => {
    const extractor = await createTestExtractor();

    const facts = await extractor.fromBytes(WORKFLOW, new TextEncoder().encode(text));
    const { findings } = await analyzeExample(extractor, new Map([[WORKFLOW, text]]));

    expect('workflow' in facts && facts.workflow.errors).toEqual([]);
    expect(findings).toEqual([]);
  });

  test('has steps that do one thing each', () => {
    const { jobs } = parse(text) as { jobs: Record<string, { steps: readonly Step[] }> };
    const steps = Object.values(jobs).flatMap(job => job.steps);

    expect(steps.length).toBeGreaterThan(4);
    expect(steps.filter(step => (step.run === undefined) === (step.uses === undefined))).toEqual([]);
  });

  test('calls the command line with what it understands', () => {
    const calls = [...text.matchAll(/dist\/cli\.js (.*)$/gm)].map(([, words = '']) =>
      words
        .replace(/ >> .*/, '')
        .replace(/\$\{BASE:\+(.*)\}/, '$1')
        .split(' '),
    );

    expect(calls.map(words => parseCommandLine(words).command)).toEqual(['report', 'report', 'check']);
  });
});

test.each(PAGES)('%s shows command lines that are understood', page => {
  const inline = [...read(page).matchAll(/`readiness ([^`]+)`/g)];
  const blocks = [...read(page).matchAll(/^readiness (.*?)(?: > .*)?$/gm)];
  const calls = [...inline, ...blocks].map(([, words = '']) => words.match(/"[^"]*"|\S+/g) ?? []);

  expect(calls.length).toBeGreaterThan(2);
  for (const words of calls) expect(parseCommandLine(words).command, words.join(' ')).toBe(words[0]);
});

test('the hook for pre-commit runs a command line that is understood, once for all files', () => {
  const hooks = parse(read('.pre-commit-hooks.yaml')) as readonly Record<string, unknown>[];
  const used = parse(fence('docs/ci.md', '.pre-commit-config.yaml')) as { repos: { hooks: { id: string }[] }[] };

  expect(hooks.map(({ id }) => id)).toEqual(['readiness']);
  expect(used.repos.flatMap(repo => repo.hooks.map(({ id }) => id))).toEqual(['readiness']);
  for (const { entry, require_serial: serial } of hooks) {
    const [program, ...words] = String(entry).split(' ');
    expect(program).toBe('readiness');
    expect(parseCommandLine([...words, 'shop/till.py']).positionals).toEqual(['shop/till.py']);
    expect(serial).toBe(true);
  }
});

test('the task of the docs is one that the manifest declares, with matchers that there are', () => {
  const { tasks } = JSON.parse(fence('docs/ci.md', '.vscode/tasks.json')) as {
    tasks: { type: string; arguments: string[]; problemMatcher: string[] }[];
  };
  const { taskDefinitions, problemMatchers } = manifest.contributes;

  expect(tasks).toHaveLength(1);
  for (const { type, arguments: words, problemMatcher } of tasks) {
    expect(taskDefinitions.map(definition => definition.type)).toContain(type);
    expect(problemMatcher).toEqual(problemMatchers.map(({ name }) => `$${name}`));
    expect(parseCommandLine(words).command).toBe('check');
  }
});

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The code of the block of a page that names a file. */
function fence(page: string, file: string): string {
  const [, code] = read(page).split(` ${file}\n`);
  if (code === undefined) throw new Error(`${page} has no block for ${file}.`);
  return code.slice(0, code.indexOf('\n```') + 1);
}
