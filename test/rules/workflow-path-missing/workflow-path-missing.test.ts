import { parseDocument } from 'yaml';
import { expect, test } from 'vitest';
import rule from '../../../rules/delivery/workflow-path-missing/rule.ts';
import { compileGlob } from '../../../rules/delivery/workflow-path-missing/path-glob.ts';
import type { Finding, Report } from '../../../server/src/core/finding.ts';
import type { FixContext } from '../../../server/src/core/fix-context.ts';
import type { Fix } from '../../../server/src/core/fix.ts';
import { DEFAULT_SETTINGS } from '../../../server/src/core/settings.ts';
import { applyEdits } from '../../../server/src/core/text.ts';
import type { Workspace } from '../../../server/src/core/workspace.ts';
import { workflowFrontEnd } from '../../../server/src/syntax/workflow/index.ts';

const CI = '.github/workflows/ci.yml';

type Files = Readonly<Record<string, string>>;

function workspaceOf(files: Files, more: Partial<Workspace> = {}): Workspace {
  const paths = Object.keys(files).sort();
  const facts = paths
    .filter(path => workflowFrontEnd.accepts(path))
    .map(path => workflowFrontEnd.extract(path, files[path] ?? '', 'source'));
  const ignored = (files['.gitignore'] ?? '').split('\n').filter(Boolean);
  return {
    files: facts,
    file: path => facts.find(file => file.path === path),
    exists: path => paths.some(file => file === path || file.startsWith(`${path}/`)),
    paths,
    tracked: paths.map(path => ({ path })),
    isIgnored: path => ignored.some(folder => path === folder || path.startsWith(`${folder}/`)),
    folderInRepository: '',
    readText: path => files[path],
    ...more,
  };
}

/** A workflow that checks out and runs the steps. */
function workflow(...steps: readonly string[]): string {
  return `jobs:\n  test:\n    steps:\n      - uses: actions/checkout@v4\n${steps.map(step => `      - ${step}\n`).join('')}`;
}

function examine(workspace: Workspace): {
  reports: (Report & { path: string })[];
  examined: number;
  notApplicable: string | undefined;
} {
  const result = {
    reports: [] as (Report & { path: string })[],
    examined: 0,
    notApplicable: undefined as string | undefined,
  };
  rule.examine(workspace, {
    settings: DEFAULT_SETTINGS,
    report: (path, report) => result.reports.push({ path, ...report }),
    examined: (count = 1) => (result.examined += count),
    notApplicable: reason => (result.notApplicable = reason),
  });
  return result;
}

function messages(files: Files, more?: Partial<Workspace>): string[] {
  return examine(workspaceOf(files, more)).reports.map(report => report.message);
}

/** Fixes of the first finding. */
function fixes(files: Files): readonly Fix[] {
  const [report] = examine(workspaceOf(files)).reports;
  if (report === undefined) return [];
  const finding: Finding = {
    ...{
      ruleId: 'workflow-path-missing',
      path: report.path,
      range: report.range,
      message: report.message,
      priority: 'high',
    },
    ...{ confidence: 'high', related: [], fix: report.fix, data: report.data, fingerprint: '' },
  };
  const context = {
    source: (path: string) => ({ language: 'workflow', path, text: files[path] ?? '' }),
  } as Partial<FixContext> as FixContext; // The rule asks for nothing but sources.
  return rule.fix?.(finding, context) ?? [];
}

/** The workflow after fixing its first finding until none with a fix is left. */
function fixed(files: Files): string {
  let current = files;
  for (let round = 0; round < 5; round++) {
    const [fix] = fixes(current);
    const [edit] = fix?.edits ?? [];
    if (edit === undefined) break;
    current = { ...current, [edit.path]: applyEdits(current[edit.path] ?? '', edit.edits) };
  }
  return current[CI] ?? '';
}

test('says what is missing, what happens, and what exists', () => {
  const files = { [CI]: workflow('run: pip install -r backend/requirments.txt'), 'backend/requirements.txt': '' };

  expect(messages(files)).toEqual([
    'There is no `backend/requirments.txt` in the repository, so this step fails. The nearest existing path is `backend/requirements.txt`.',
  ]);
});

test('a path below a missing working directory is not reported again', () => {
  const steps = ['run: pip install -r a.txt && cd tests\n        working-directory: bakend'];
  const reports = examine(workspaceOf({ [CI]: workflow(...steps), 'backend/a.txt': '' })).reports;

  expect(reports.map(report => report.message)).toEqual([expect.stringContaining('`bakend`')]);
});

test('counts what it looked at', () => {
  const files = { [CI]: workflow('run: cd shop', 'run: cd gone', 'run: cd $HOME'), 'shop/a.py': '' };

  expect(examine(workspaceOf(files))).toMatchObject({ examined: 2, reports: [{ path: CI }] });
});

test('without a workflow, and in a folder of a repository, there is nothing to say', () => {
  expect(examine(workspaceOf({ 'shop.py': '' })).notApplicable).toBe('There is no GitHub workflow.');
  expect(
    examine(workspaceOf({ [CI]: workflow('run: cd gone') }, { folderInRepository: 'services/shop' })),
  ).toMatchObject({
    reports: [],
    notApplicable: expect.stringContaining('top') as string,
  });
});

test.each([
  ['on disk though not tracked', { exists: (path: string) => path === 'gone' }, {}],
  ['ignored', {}, { '.gitignore': 'gone\n' }],
  ['in a submodule', {}, { '.gitmodules': '[submodule "gone"]\n\tpath = gone\n\turl = ../gone\n' }],
])('a path that is %s is left alone', (_, more, files) => {
  expect(messages({ [CI]: workflow('run: cd gone'), 'shop/a.py': '', ...files }, more)).toEqual([]);
});

test('after a build only a very similar path is a finding', () => {
  const files = { [CI]: workflow('run: make', 'run: cd bundled', 'run: cd servces'), 'services/a.py': '' };

  expect(messages(files)).toEqual([expect.stringContaining('`servces`')]);
});

test.each([
  ['a slip', 'cd servces/shop', 'cd services/shop'],
  ['a slip in the middle, in quotes', 'cd "./servces/shop/" # go', 'cd "./services/shop/" # go'],
  ['a file that was moved', 'pip install -r requirements/dev.txt', 'pip install -r services/shop/dev.txt'],
  [
    'a path relative to a folder',
    'cd services && pip install -rshp/dev.txt',
    'cd services && pip install -rshop/dev.txt',
  ],
  [
    'a part of an argument',
    'pytest services/shop/test_order.py::test_total',
    'pytest services/shop/test_orders.py::test_total',
  ],
  [
    'a path outside the current folder',
    'cd services/shop && bash run.sh',
    'cd services/shop && bash ../../tools/run.sh',
  ],
])('%s is mended in place', (_, before, after) => {
  const files = {
    'services/shop/dev.txt': '',
    'services/shop/test_orders.py': '',
    'tools/run.sh': '',
  };
  const text = workflow(`run: ${before}`, 'name: "Kept" # as it is');

  expect(fixed({ ...files, [CI]: text })).toBe(text.replace(before, after));
  // That there is one more file of the name somewhere is a guess; a slip is none.
  const isSlip = /servces|test_order\.py/.test(before);
  expect(fixes({ ...files, [CI]: text })[0]?.applicability).toBe(isSlip ? 'safe' : 'suggested');
});

test('a move that took the folder along is mended without asking', () => {
  const files = { [CI]: workflow('run: bash scripts/release/run.sh'), 'tools/release/run.sh': '' };

  expect(fixes(files)[0]?.applicability).toBe('safe');
});

test('comments, quotes and line ends around the path stay', () => {
  const text = workflow(
    "run: ls\n        working-directory:   './bakend'   # the service",
    'run: |\n          # first\n          cd bakend',
  ).replaceAll('\n', '\r\n');
  const result = fixed({ [CI]: text, 'backend/a.py': '' });

  expect(result).toBe(text.replaceAll('bakend', 'backend'));
  expect(parseDocument(result).errors).toEqual([]);
});

test('patterns keep their wildcards', () => {
  const text = "on:\n  push:\n    paths:\n      - 'bakend/**/*.py'\n";

  expect(fixed({ [CI]: text, 'backend/api/a.py': '' })).toBe(text.replace('bakend', 'backend'));
});

test('two candidates make a suggestion of one, none makes no fix', () => {
  const two = { [CI]: workflow('run: pip install -r a/dev.txt'), 'b/dev.txt': '', 'c/dev.txt': '' };

  expect(fixes(two)[0]?.applicability).toBe('suggested');
  expect(fixes({ [CI]: workflow('run: pip install -r a/dev.txt'), 'b/c.txt': '' })).toEqual([]);
});

test('names of every project, of tests, and with other numbers are no hints', () => {
  expect(fixes({ [CI]: workflow('run: cd src'), 'web/src/a.ts': '' })).toEqual([]);
  expect(fixes({ [CI]: workflow('run: pip install -r dev.txt'), 'examples/client/dev.txt': '' })).toEqual([]);
  expect(fixes({ [CI]: workflow('run: cd release_1'), 'release_2/a.py': '' })).toEqual([]);
  expect(fixes({ [CI]: workflow('run: pip install -r shop/requirements.txt'), 'docs/requirements.txt': '' })).toEqual(
    [],
  );
});

test('a path that YAML would read otherwise, or that escapes hide, is not edited', () => {
  expect(fixes({ [CI]: workflow('run: cd shop-a'), 'shop a/a.py': '' })).toEqual([]);
  expect(fixes({ [CI]: workflow('run: "ls\\ncd servces"'), 'services/a.py': '' })).toEqual([]);
});

test('a text that has changed since is not edited', () => {
  const files = { [CI]: workflow('run: cd servces'), 'services/a.py': '' };
  const [report] = examine(workspaceOf(files)).reports;
  const finding = { ...report, ruleId: 'workflow-path-missing', path: CI } as unknown as Finding;
  const context = { source: () => ({ text: workflow('run: make all') }) } as unknown as FixContext;

  expect(rule.fix?.(finding, context)).toEqual([]);
});

test.each([
  ['trigger', 'shop/**', ['shop/a.py', 'shop/b/c.py'], ['shop', 'old/shop/a.py']],
  ['trigger', '**/docs/**', ['docs/a.md', 'shop/docs/b/c.md'], ['shop/docs']],
  ['trigger', '**.js', ['a.js', 'shop/a.js'], ['a.jsx']],
  ['trigger', '*.jsx?', ['a.js', 'a.jsx'], ['shop/a.js']],
  ['trigger', '**/README.md', ['README.md', 'shop/README.md'], ['shop/OLD-README.md']],
  ['trigger', 'v[12].[0-9]+.txt', ['v1.10.txt'], ['v3.1.txt']],
  ['glob', '**/poetry.lock', ['poetry.lock', 'shop/api/poetry.lock'], ['xpoetry.lock']],
  ['glob', 'req?irements*.txt', ['requirements-dev.txt'], ['shop/requirements.txt', 'rquirements.txt']],
  ['glob', 'c++/[!a]*.h', ['c++/b.h'], ['c++/a.h', 'c/b.h']],
  ['glob', 'a/**/b.txt', ['a/b.txt', 'a/x/y/b.txt'], ['a/xb.txt']],
] as const)('%s pattern %s', (dialect, pattern, matching, others) => {
  const matches = compileGlob(pattern, dialect);

  expect(matching.map(path => matches?.(path))).toEqual(matching.map(() => true));
  expect(others.map(path => matches?.(path))).toEqual(others.map(() => false));
});

test('patterns that cannot be read are no patterns', () => {
  expect(compileGlob('[z-a]', 'glob')).toBeUndefined();
  expect(compileGlob('*a'.repeat(40), 'glob')).toBeUndefined();
});
