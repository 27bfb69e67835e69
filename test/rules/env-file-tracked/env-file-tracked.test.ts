import { expect, test } from 'vitest';
import rule from '../../../rules/security/env-file-tracked/rule.ts';
import type { Finding, Report } from '../../../server/src/core/finding.ts';
import type { FixContext } from '../../../server/src/core/fix-context.ts';
import { DEFAULT_SETTINGS } from '../../../server/src/core/settings.ts';
import { applyEdits } from '../../../server/src/core/text.ts';
import type { Workspace } from '../../../server/src/core/workspace.ts';

type Files = Readonly<Record<string, string>>;

const SECRET = 'x8Qe2vLr0pTnZ4mWc7Ya';

function workspaceOf(files: Files, tracked: readonly string[] = Object.keys(files)): Workspace {
  return {
    files: [],
    file: () => undefined,
    exists: path => path in files,
    paths: Object.keys(files).sort(),
    tracked: tracked.map(path => ({ path })),
    isIgnored: path => (files['.gitignore'] ?? '').split(/\r?\n/).includes(path),
    folderInRepository: '',
    readText: path => files[path],
  };
}

interface Examination {
  readonly reports: readonly (Report & { readonly path: string })[];
  readonly examined: number;
  readonly notApplicable: string | undefined;
}

function examine(workspace: Workspace): Examination {
  const reports: (Report & { path: string })[] = [];
  let examined = 0;
  let notApplicable: string | undefined;
  rule.examine(workspace, {
    settings: DEFAULT_SETTINGS,
    report: (path, report) => reports.push({ path, ...report }),
    examined: (count = 1) => (examined += count),
    notApplicable: reason => (notApplicable = reason),
  });
  return { reports, examined, notApplicable };
}

/** What stands at the place of each finding, with its priority where it differs from the rule's. */
function places(files: Files, tracked?: readonly string[]): string[] {
  return examine(workspaceOf(files, tracked)).reports.map(({ path, range, priority }) =>
    [path, files[path]?.slice(range.start, range.end), priority].filter(Boolean).join(' | '),
  );
}

/** Files after the fix for `path`; undefined when none is offered. */
function fixed(files: Files, path: string): Files | undefined {
  const finding: Finding = {
    ...{ ruleId: 'env-file-tracked', path, range: { start: 0, end: 0 }, message: '', priority: 'critical' },
    ...{ confidence: 'high', related: [], fix: 'suggested', data: undefined, fingerprint: '' },
  };
  const context = {
    source(name: string) {
      const text = files[name];
      if (text === undefined) throw new Error(`${name} is not there`);
      return { language: 'other', path: name, text };
    },
  } as Partial<FixContext> as FixContext; // The rule asks for nothing but sources.
  const [fix] = rule.fix?.(finding, context) ?? [];
  const [edit] = fix?.edits ?? [];
  return edit && { ...files, [edit.path]: edit.create ?? applyEdits(files[edit.path] ?? '', edit.edits) };
}

test('a tracked .env with a secret is reported at the name, and the value is told to nobody', () => {
  const files = { 'shop/.env': `# Shop\nDEBUG=1\nexport SECRET_KEY="${SECRET}" # rotate\nAPI_TOKEN=${SECRET}\n` };
  const { reports } = examine(workspaceOf(files));

  expect(places(files)).toEqual(['shop/.env | SECRET_KEY']);
  expect(JSON.stringify(reports)).not.toContain(SECRET);
  expect(reports[0]?.message).toBe(
    '`shop/.env` is tracked by git, so everyone who has the repository can read the values of `SECRET_KEY` and `API_TOKEN`. ' +
      'Run `git rm --cached shop/.env`, ignore the file, and change these values; the history keeps the old ones.',
  );
});

test.each([
  ['DATABASE_URL=postgresql://shop:Vr7kQ2nXe9@db.shop.example/shop', undefined],
  ['DATABASE_URL=postgresql://shop:shop@localhost/shop', 'medium'],
  ['DATABASE_URL=postgresql://db.shop.example/shop', 'low'],
  ['PAYMENT_KEY=sk_live_51H8xQe2vLr0pTnZ4mWc7Ya', undefined],
  ['SECRET_KEY=changethis', 'medium'],
  ['SECRET_KEY: hunter2', 'medium'],
  ['TOKEN_EXPIRE_MINUTES=60', 'low'],
  ['PORT=8000', 'low'],
])('%s in .env has priority %s', (line, priority) => {
  expect(examine(workspaceOf({ '.env': `${line}\n` })).reports.map(report => report.priority)).toEqual([priority]);
});

test.each([
  ['only empty values', { '.env': 'SECRET_KEY=\nTOKEN=""\r\nPASSWORD= # later\n# NOTE=x\n' }],
  [
    'a sample',
    {
      '.env.example': `SECRET_KEY=${SECRET}`,
      '.env.dev.sample': `SECRET_KEY=${SECRET}`,
      '.env.template': `A_TOKEN=${SECRET}`,
    },
  ],
  [
    'an encrypted file',
    {
      '.env.vault': `SECRET_KEY=${SECRET}`,
      '.env.production': 'SECRET_KEY="encrypted:BDqDBibm4wsYqMpCjTQ6BsDHmMadg9K3dAt"',
    },
  ],
  ['settings for the browser', { 'web/.env': 'VITE_API_KEY=AbC123xyz987QrS\nLOG=1\n' }],
  [
    'settings for one mode',
    { '.env.production': 'NODE_ENV=production\nPORT=3000\n', '.env.test': `SECRET_KEY=${SECRET}` },
  ],
  ['a public key', { 'key.pem': `-----BEGIN PUBLIC KEY-----\n${'MIIB'.repeat(40)}\n-----END PUBLIC KEY-----\n` }],
  ['a fragment of a key', { 'key.pem': '-----BEGIN PRIVATE KEY-----\nMIIB...\n-----END PRIVATE KEY-----\n' }],
  ['keys of tests', { 'tests/tls.key': `-----BEGIN PRIVATE KEY-----\n${'MIIB'.repeat(40)}\n` }],
  ['source code', { 'credentials.py': `SECRET_KEY = "${SECRET}"`, 'config.js': `SECRET_KEY: "${SECRET}"` }],
  [
    'configuration without secrets',
    { 'config.json': '{ "secretName": "shop", "tokens": "16000", "password": "changeme" }' },
  ],
])('%s is fine', (_, files) => {
  expect(places(files)).toEqual([]);
});

test.each([
  ['id_ed25519', `-----BEGIN OPENSSH PRIVATE KEY-----\n${'b3Bl'.repeat(40)}\n`, '-----BEGIN OPENSSH PRIVATE KEY-----'],
  ['tls/shop.pem', `cert\n-----BEGIN PRIVATE KEY-----\r\n${'MIIB'.repeat(40)}\n`, '-----BEGIN PRIVATE KEY-----'],
  ['config.json', `{"db":{"password":"${SECRET}"}}`, 'password'],
  ['aws/credentials', `[default]\naws_secret_access_key = ${SECRET}\n`, 'aws_secret_access_key'],
  ['credentials.yaml', `shop:\n  - clientSecret: '${SECRET}'\n`, 'clientSecret'],
  ['.env.development', 'GITHUB_TOKEN=ghp_x8Qe2vLr0pTnZ4mWc7Yax8Qe2vLr0pTnZ4mW\n', 'GITHUB_TOKEN'],
])('%s with a secret in it is reported', (path, text, place) => {
  expect(places({ [path]: text })).toEqual([`${path} | ${place}`]);
});

test('what git does not track is fine, and what it tracks counts although it is ignored', () => {
  const files = { '.env': `SECRET_KEY=${SECRET}\n`, '.gitignore': '.env\n' };

  expect(places(files, ['.gitignore'])).toEqual([]);
  expect(places(files)).toEqual(['.env | SECRET_KEY']);
  expect(examine(workspaceOf(files)).reports[0]?.fix).toBeUndefined();
  expect(examine(workspaceOf({ '.env': files['.env'] })).reports[0]?.fix).toBe('suggested');
});

test('a folder without a repository has nothing to examine', () => {
  const workspace = { ...workspaceOf({ '.env': `SECRET_KEY=${SECRET}` }), tracked: undefined };

  expect(examine(workspace)).toMatchObject({
    reports: [],
    examined: 0,
    notApplicable: expect.stringContaining('git') as string,
  });
});

test('a repository that tracks no such file has passed', () => {
  expect(examine(workspaceOf({ 'shop.py': '' }))).toEqual({ reports: [], examined: 1, notApplicable: undefined });
});

test('the command in the message can be pasted into a shell', () => {
  const [report] = examine(workspaceOf({ "the shop's/.env": 'A_SECRET=changeme\n' })).reports;

  expect(report?.message).toContain("`git rm --cached -- 'the shop'\\''s/.env'`");
});

test.each([
  ['without a .gitignore makes one', {}, '.env\n'],
  ['appends a line', { '.gitignore': 'dist\n' }, 'dist\n.env\n'],
  ['ends the last line first', { '.gitignore': 'dist' }, 'dist\n.env\n'],
  ['keeps line endings', { '.gitignore': '*.log\r\ndist\r\n' }, '*.log\r\ndist\r\n.env\r\n'],
  ['adds it after a pattern that brings the file back', { '.gitignore': '.env\n!.env\n' }, '.env\n!.env\n.env\n'],
])('the fix %s', (_, files, expected) => {
  expect(fixed(files, '.env')?.['.gitignore']).toBe(expected);
});

test('the fix names a file in a folder by its whole path', () => {
  expect(fixed({}, 'services/[old] shop/.env')?.['.gitignore']).toBe('/services/\\[old\\] shop/.env\n');
});

test('applying the fix twice changes nothing more', () => {
  for (const path of ['.env', 'shop/.env', '#key.pem']) {
    const once = fixed({ '.gitignore': 'dist\n' }, path) ?? {};
    expect(fixed(once, path)).toBeUndefined();
  }
});
