/** What the pages for people say is held to what there is. */
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json';
import { RULES } from '../../rules/catalogue.ts';
import { FORMER_RULE_IDS } from '../../rules/former-ids.ts';
import { ROOT, SAMPLE_WORKSPACE } from '../../scripts/support/paths.ts';
import { parseCommandLine } from '../../server/src/cli/parse-command-line.ts';
import { readConfiguration } from '../../server/src/engine/settings/read-configuration.ts';
import { runCli } from '../cli/run-cli.ts';
import { analyzeExample, createTestExtractor } from '../support/example-workspace.ts';
import { folderWith } from '../workspace/temp-folder.ts';

const PAGES = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...['editors', 'mcp', 'rules', 'ci', 'baseline', 'reports', 'own-libraries'].map(name => `docs/${name}.md`),
];
const RULE_PAGES = readdirSync(join(ROOT, 'rules'), { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.md'))
  .map(path => join('rules', path));
const README = read('README.md');

/** Commands that npm has without a script. */
const NPM_COMMANDS = ['ci', 'run'];

describe.each([...PAGES, ...RULE_PAGES])('%s', page => {
  test('links to files and headings that are there', () => {
    const links = [...withoutFences(read(page)).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];

    const broken = links.filter(([, path = '', anchor]) => {
      const target = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path));
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
    });

    expect(broken.map(([link]) => link)).toEqual([]);
  });
});

describe.each(PAGES)('%s', page => {
  test('names scripts that package.json has', () => {
    const commands = [...read(page).matchAll(/\bnpm (run )?([a-z][\w:-]*)/g)];

    const unknown = commands.filter(
      ([, , name = '']) => !NPM_COMMANDS.includes(name) && !Object.hasOwn(manifest.scripts, name),
    );

    expect(unknown.map(([command]) => command)).toEqual([]);
  });

  test('names files of the repository that are there', () => {
    const named = [...withoutFences(read(page)).matchAll(/`((?:[\w.-]+\/)+[\w.-]*)`/g)].map(([, path = '']) => path);

    // The architecture names the rooms of the server by their own names, and made files are not there before they are.
    const isMade = (path: string): boolean => ['dist/', '.readiness/'].some(folder => path.startsWith(folder));
    const missing = named.filter(
      path => !isMade(path) && !['', 'server/src'].some(folder => existsSync(join(ROOT, folder, path))),
    );

    expect(missing).toEqual([]);
  });
});

describe('the README', () => {
  test('has pictures that the package ships', () => {
    const pictures = [...README.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path = '']) => path);

    expect(pictures.length).toBeGreaterThan(0);
    expect(pictures.filter(path => !/^docs\/images\/[\w-]+\.png$/.test(path))).toEqual([]);
  });

  test('shows configurations without a mistake, that mean the same where they say the same', () => {
    const names = { rules: RULES.map(({ meta }) => meta), former: FORMER_RULE_IDS };
    const [yaml, toml] = ['readiness.yaml', 'pyproject.toml'].map(path =>
      readConfiguration([{ path, text: fence(path) }], names),
    );

    expect([yaml?.problems, toml?.problems]).toEqual([[], []]);
    expect(yaml?.settings).toMatchObject({
      tier: 'critical',
      exclude: ['legacy/**'],
      httpTimeoutSeconds: 10,
      requireSuppressionReason: true,
    });
    expect(yaml?.settings?.rules['exception-without-traceback']?.enabled).toBe(false);
    for (const settings of [yaml?.settings, toml?.settings]) {
      expect(settings).toMatchObject({ tier: 'critical', httpTimeoutSeconds: 10 });
      expect(settings?.rules['resource-not-closed']?.priority).toBe('medium');
    }
  });

  test("shows knowledge of one's own libraries without a mistake, in both files", () => {
    const names = { rules: RULES.map(({ meta }) => meta), former: FORMER_RULE_IDS };
    const page = read('docs/own-libraries.md');
    const [yaml, toml] = ['readiness.yaml', 'pyproject.toml'].map(path => {
      const text = new RegExp(`\`\`\`\\w+ ${path}\\n([^]*?)\`\`\``).exec(page)?.[1] ?? '';
      return readConfiguration([{ path, text }], names);
    });

    expect([yaml?.problems, toml?.problems]).toEqual([[], []]);
    expect(yaml?.settings?.knowledge.blocking).toHaveLength(3);
    expect(toml?.settings?.knowledge).toMatchObject({
      raises: { 'corp.api.fetch': yaml?.settings?.knowledge.raises['corp.api.fetch'] },
      http: { 'corp.http.get': yaml?.settings?.knowledge.http['corp.http.get'] },
      resources: [yaml?.settings?.knowledge.resources[0]],
    });
  });

  test('shows a suppression that is needed and in force', async () => {
    const extractor = await createTestExtractor();
    const text = section('Accepting a finding').match(/```python\n([\s\S]*?)```/)?.[1] ?? '';
    const without = text.replace(/^# readiness.*\n/m, '');

    const findingsOf = async (code: string): Promise<readonly string[]> =>
      (await analyzeExample(extractor, new Map([['orders.py', code]]))).findings.map(({ ruleId }) => ruleId);

    expect(await findingsOf(text)).toEqual([]);
    expect(await findingsOf(without)).toEqual(['http-timeout']);
  });

  test('shows command lines that are understood', () => {
    const commands = [...README.matchAll(/`readiness ([^`]+)`/g)].map(([, words = '']) =>
      words.split(' ').filter(word => !word.startsWith('[')),
    );

    expect(commands.length).toBeGreaterThan(9);
    for (const words of commands) expect(parseCommandLine(words).command, words.join(' ')).toBe(words[0]);
  });

  test('shows the output that its example has', async () => {
    const [, words = '', output = ''] = /```console\n\$ readiness (.*)\n([\s\S]*?)```/.exec(README) ?? [];
    const cwd = folderWith({});
    cpSync(SAMPLE_WORKSPACE, cwd, { recursive: true });

    const { code, stdout } = await runCli(words.split(' '), { cwd });

    // How many checks there are, and so the score, changes with every rule.
    const upToScore = (text: string): string => text.replace(/Score .*/, 'Score');
    expect(code).toBe(1);
    expect(upToScore(output)).toBe(upToScore(stdout));
  });

  test('and continuous integration mean the same by "everything"', () => {
    expect(read('.ci/run')).toMatch(/^exec npm test$/m);
    expect(README).toContain('`npm test`');
  });
});

test('the changelog names every rule', () => {
  const changelog = read('CHANGELOG.md');

  expect(RULES.map(({ meta }) => meta.id).filter(id => !changelog.includes(`\`${id}\``))).toEqual([]);
});

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The code of the README's block that names a file. */
function fence(file: string): string {
  const start = README.indexOf(` ${file}\n`);
  if (start < 0) throw new Error(`The README has no block for ${file}.`);
  const code = README.slice(start + file.length + 2);
  return code.slice(0, code.indexOf('\n```') + 1);
}

function section(heading: string): string {
  return README.slice(README.indexOf(`## ${heading}\n`));
}

function withoutFences(page: string): string {
  return page.replace(/^(`{3,})[^`\n]*\n[\s\S]*?^\1$/gm, '');
}

/** Headings as code hosts name them in addresses. */
function anchorsOf(page: string): readonly string[] {
  return [...withoutFences(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .trim()
      .replace(/ /g, '-'),
  );
}
