import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, declared, factsOf } from './support.ts';

const PROJECT = [
  '[project]',
  'name = "bookshop"',
  'requires-python = ">=3.10"',
  'dependencies = [',
  '  "httpx[http2]>=0.27,<1", # pinned by the payment team',
  '  \'orders ; sys_platform == "linux"\',',
  '  "catalogue>=2; python_version<\\"3.12\\"",',
  ']',
  '[project.optional-dependencies]',
  'Redis_Cache = ["redis>=5"]',
  '',
].join('\n');

describe('pyproject.toml', () => {
  test('declares runtime and optional dependencies with places that point into the strings', () => {
    const { manifest, comments } = factsOf('pyproject.toml', PROJECT);

    expect(declared('pyproject.toml', PROJECT)).toEqual([
      'httpx >=0.27,<1',
      'orders',
      'catalogue >=2',
      'redis >=5 [redis-cache]',
    ]);
    expect(manifest).toMatchObject({ isProject: true, compiled: false, errors: [] });
    expect(manifest.requiresPython).toEqual([[{ operator: '>=', version: '3.10' }]]);
    expect(manifest.dependencies.map(dependency => at(PROJECT, dependency.specifierRange))).toEqual([
      '>=0.27,<1',
      '',
      '>=2',
      '>=5',
    ]);
    expect(comments).toEqual([
      { range: expect.anything() as unknown, text: '# pinned by the payment team', ownLine: false },
    ]);
  });

  test('keeps places right behind escapes, emoji, a byte order mark and CRLF', () => {
    const text = `\uFEFF${PROJECT.replace('"bookshop"', '"📚 \\u0041"')}`.replaceAll('\n', '\r\n');

    const { dependencies } = factsOf('pyproject.toml', text).manifest;

    expect(dependencies.map(dependency => at(text, dependency.specifierRange))).toEqual([
      '>=0.27,<1',
      '',
      '>=2',
      '>=5',
    ]);
    expect(at(text, dependencies[2]!.range)).toBe('catalogue>=2; python_version<\\"3.12\\"');
    expect(dependencies[2]?.marker).toBe('python_version<"3.12"');
  });

  test('includes groups in groups, once each, even when they include each other', () => {
    const text = [
      '[dependency-groups]',
      'test = ["pytest>=8", {include-group = "Type_Check"}]',
      'type-check = ["mypy", {include-group = "test"}]',
    ].join('\n');

    expect(declared('pyproject.toml', text)).toEqual(
      expect.arrayContaining(['pytest >=8 [test]', 'mypy [test]', 'mypy [type-check]', 'pytest >=8 [type-check]']),
    );
    expect(declared('pyproject.toml', text)).toHaveLength(4);
  });

  test('reads the files that setuptools reads', () => {
    const text = [
      '[tool.setuptools.dynamic]',
      'dependencies = {file = ["requirements.txt"]}',
      'optional-dependencies.dev = {file = "requirements/dev.txt"}',
    ].join('\n');

    expect(factsOf('services/orders/pyproject.toml', text).manifest.includes).toEqual([
      expect.objectContaining({ path: 'services/orders/requirements.txt', kind: 'requirements' }),
      expect.objectContaining({ path: 'services/orders/requirements/dev.txt', group: 'dev' }),
    ]);
  });

  test('reads the tables of Poetry', () => {
    const text = [
      '[tool.poetry.dependencies]',
      'python = "^3.10"',
      'Jinja2 = "^3.1"',
      'uvicorn = { extras = ["standard"], version = "^0.32" , markers = "sys_platform != \'win32\'" }',
      'redis = { version = "^5", optional = true }',
      'ledger = { git = "https://shop.example/ledger.git" }',
      'numpy = [{ version = "^1", python = "<3.12" }, { version = "^2", python = ">=3.12" }]',
      'anything = "*"',
      '[tool.poetry.extras]',
      'cache = ["redis"]',
      '[tool.poetry.group.dev.dependencies]',
      'pytest = "^8"',
    ].join('\n');

    const { manifest } = factsOf('pyproject.toml', text);

    expect(declared('pyproject.toml', text)).toEqual([
      'jinja2 ^3.1',
      'uvicorn ^0.32',
      'redis ^5 [cache]',
      'ledger @',
      'numpy ^1',
      'numpy ^2',
      'anything',
      'pytest ^8 [dev]',
    ]);
    expect(manifest.dependencies[1]).toMatchObject({
      extras: ['standard'],
      condition: { kind: 'comparison', variable: 'sys_platform', operator: '!=', value: 'win32' },
    });
    expect(manifest.requiresPython).toEqual([
      [
        { operator: '>=', version: '3.10' },
        { operator: '<', version: '4.0' },
      ],
    ]);
  });

  test('reads development dependencies of PDM, uv and Hatch, and sources of uv', () => {
    const text = [
      '[project]',
      'dependencies = ["ledger>=1", "httpx>=0.27"]',
      '[tool.pdm.dev-dependencies]',
      'lint = ["ruff>=0.6"]',
      '[tool.uv]',
      'dev-dependencies = ["pytest>=8"]',
      '[tool.uv.sources]',
      'ledger = { workspace = true }',
      'httpx = { index = "internal" }',
      '[tool.hatch.envs.docs]',
      'dependencies = ["mkdocs~=1.6"]',
    ].join('\n');

    expect(declared('pyproject.toml', text)).toEqual([
      'ledger @',
      'httpx >=0.27',
      'ruff >=0.6 [lint]',
      'pytest >=8 [dev]',
      'mkdocs ~=1.6 [docs]',
    ]);
  });

  test('is no project when it only configures tools', () => {
    expect(factsOf('pyproject.toml', '[tool.ruff]\nline-length = 100\n').manifest.isProject).toBe(false);
  });

  test('loses one bad line, and says where it is', () => {
    const text = '[project]\nname = \ndependencies = ["httpx>=0.27"]\n';

    const { manifest } = factsOf('pyproject.toml', text);

    expect(manifest.dependencies.map(dependency => dependency.name)).toEqual(['httpx']);
    expect(manifest.errors.map(error => at(text, error.range).trim())).toEqual(['name =']);
  });

  test('loses one broken table and keeps the others', () => {
    const text = '[tool.shop]\nopen = [1,\n\n[project]\ndependencies = ["httpx>=0.27"]\n[tool.other]\nx = 1\n';

    const { manifest } = factsOf('pyproject.toml', text);

    expect(manifest.dependencies.map(dependency => dependency.name)).toEqual(['httpx']);
    expect(manifest.errors.length).toBeGreaterThan(0);
  });

  test('never throws, wherever it is cut and whatever is put in', () => {
    fc.assert(
      fc.property(fc.nat(PROJECT.length), fc.nat(20), fc.string(), (offset, removed, inserted) => {
        const text = PROJECT.slice(0, offset) + inserted + PROJECT.slice(offset + removed);
        const { manifest } = factsOf('pyproject.toml', text);
        for (const { range } of [...manifest.errors, ...manifest.dependencies]) {
          expect(range.start).toBeLessThanOrEqual(range.end);
          expect(range.end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});
