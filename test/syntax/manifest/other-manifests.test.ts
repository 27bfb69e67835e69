import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ManifestFacts } from '../../../server/src/core/facts/manifest.ts';
import { readSetupPy } from '../../../server/src/syntax/manifest/setup-py.ts';
import { createPythonParser, type PythonParser } from '../../../server/src/syntax/python/parser.ts';
import { at, declared, factsOf } from './support.ts';

describe('setup.cfg', () => {
  const CONFIG = [
    '[metadata]',
    'name = bookshop',
    '',
    '[options]',
    'python_requires = >=3.10',
    'install_requires =',
    '    httpx>=0.27  # the client',
    '# not this week',
    '    orders[fast] ~= 1.4; sys_platform == "linux"',
    '',
    'tests-require = pytest>=8;mypy',
    '[options.extras_require]',
    'Cache = redis>=5',
    'dev = file: requirements-dev.txt',
    '',
  ].join('\n');

  test('declares what setuptools reads from it', () => {
    const { manifest, comments } = factsOf('setup.cfg', CONFIG);

    expect(declared('setup.cfg', CONFIG)).toEqual(
      ['httpx >=0.27', 'orders ~= 1.4', 'redis >=5 [cache]'].flatMap(line =>
        line.startsWith('redis') ? ['pytest >=8 [test]', 'mypy [test]', line] : [line],
      ),
    );
    expect(manifest.dependencies.map(({ specifierRange }) => at(CONFIG, specifierRange))).toEqual([
      '>=0.27',
      '~= 1.4',
      '>=8',
      '',
      '>=5',
    ]);
    expect(manifest).toMatchObject({ isProject: true, includes: [{ path: 'requirements-dev.txt', group: 'dev' }] });
    expect(comments.map(comment => comment.text)).toEqual(['# not this week']);
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.nat(CONFIG.length), fc.string(), (offset, inserted) => {
        const text = CONFIG.slice(0, offset) + inserted + CONFIG.slice(offset);
        expect(() => factsOf('setup.cfg', text)).not.toThrow();
      }),
    );
  });

  test('tells a line that belongs nowhere', () => {
    const text = 'lost\n[options]\ninstall_requires = httpx>=0.27\n';

    expect(factsOf('setup.cfg', text).manifest.errors.map(error => at(text, error.range))).toEqual(['lost']);
    expect(declared('setup.cfg', text)).toEqual(['httpx >=0.27']);
  });
});

describe('package.json', () => {
  test('declares dependencies by section, and the folders of its workspace', () => {
    const text = JSON.stringify({
      workspaces: ['packages/*'],
      dependencies: { '@shop/api': 'workspace:*', zod: '^3.23.0', ledger: 'github:shop/ledger' },
      devDependencies: { vitest: '~3.2.0' },
    });

    const { manifest } = factsOf('package.json', text);

    expect(declared('package.json', text)).toEqual(['@shop/api @', 'zod ^3.23.0', 'ledger @', 'vitest ~3.2.0 [dev]']);
    expect(manifest.workspacePatterns).toEqual(['packages/*']);
    expect(at(text, manifest.dependencies[1]!.specifierRange)).toBe('^3.23.0');
  });

  test('that is nested as deep as nobody writes is an error, not a crash', () => {
    expect(factsOf('package.json', `{"workspaces":${'['.repeat(100_000)}`).manifest.errors).toHaveLength(1);
  });

  test('that is broken still declares what can be read', () => {
    const text = '{ "dependencies": { "zod": "^3", "hono": } ';

    expect(declared('package.json', text)).toContain('zod ^3');
    expect(factsOf('package.json', text).syntaxErrors.length).toBeGreaterThan(0);
  });
});

describe('setup.py', () => {
  let parser: PythonParser;
  beforeAll(async () => {
    const resolve = createRequire(import.meta.url).resolve;
    parser = await createPythonParser({
      runtime: readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm')),
      grammar: readFileSync(resolve('tree-sitter-python/tree-sitter-python.wasm')),
    });
  });

  function read(text: string): ManifestFacts | undefined {
    return readSetupPy(parser.parse('setup.py', text));
  }

  function names(text: string): readonly string[] | undefined {
    return read(text)?.dependencies.map(({ name, specifier, group }) => `${name} ${specifier} ${group ?? ''}`.trim());
  }

  test('declares literal lists', () => {
    const text = [
      'from setuptools import setup',
      'setup(',
      '    name="bookshop",',
      '    python_requires=">=3.10",',
      '    install_requires=[',
      '        "httpx>=0.27",  # the client',
      '        \'orders~=1.4; python_version<"3.12"\',',
      '        f"tax>={TAX}",',
      '    ],',
      '    extras_require={"cache": ("redis>=5",), ":sys_platform == \'win32\'": ["colorama"]},',
      ')',
    ].join('\n');

    const manifest = read(text);

    expect(names(text)).toEqual(['httpx >=0.27', 'orders ~=1.4', 'redis >=5 cache']);
    expect(manifest?.dependencies.map(({ specifierRange }) => at(text, specifierRange))).toEqual([
      '>=0.27',
      '~=1.4',
      '>=5',
    ]);
    expect(manifest?.requiresPython).toEqual([[{ operator: '>=', version: '3.10' }]]);
  });

  test('follows a module-level name that is bound once, and sums', () => {
    const text = 'import setuptools\nBASE = ["httpx>=0.27"]\nsetuptools.setup(install_requires=BASE + ["orders"])\n';

    expect(names(text)).toEqual(['httpx >=0.27', 'orders']);
  });

  test.each([
    'LIST = ["httpx>=0.27"]\nLIST += ["orders"]\nsetup(install_requires=LIST)',
    'LIST = open("requirements.txt").read().splitlines()\nsetup(install_requires=LIST)',
    'def read():\n    LIST = ["httpx"]\nsetup(install_requires=LIST)',
    'A = B\nB = A\nsetup(install_requires=A)',
    'setup(install_requires=read("requirements.txt"))',
  ])('does not guess: %j', text => {
    expect(names(text)).toEqual([]);
  });

  test('without a call of setup is no manifest', () => {
    expect(read('print("hello")\n')).toBeUndefined();
  });
});
