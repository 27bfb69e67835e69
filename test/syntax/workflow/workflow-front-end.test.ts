import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FileFacts } from '../../../server/src/core/file-facts.ts';
import { workflowFrontEnd } from '../../../server/src/syntax/workflow/index.ts';

function extract(text: string, path = '.github/workflows/ci.yml'): FileFacts {
  return workflowFrontEnd.extract(path, text, 'source');
}

/** Facts as `use path`, with what else is known of them. */
function paths(text: string, path?: string): string[] {
  return (extract(text, path).workflow?.paths ?? []).map(fact =>
    [fact.use, fact.path, fact.optional ? 'optional' : '', fact.mayBeCreated ? 'maybe' : ''].filter(Boolean).join(' '),
  );
}

/** Paths of a script that runs after a checkout. */
function scriptPaths(script: string, more = ''): string[] {
  const lines = script.split('\n').map(line => `          ${line}`);
  return paths(
    `jobs:\n  test:\n    steps:\n      - uses: actions/checkout@v4\n${more}      - run: |\n${lines.join('\n')}\n`,
  );
}

test('accepts workflows at their place and actions anywhere', () => {
  const candidates = [
    '.github/workflows/ci.yml',
    '.github/workflows/ci.yaml',
    '.github/workflows/old/ci.yml',
    'shop/.github/workflows/ci.yml',
    'action.yml',
    '.github/actions/setup/action.yaml',
    'reaction.yml',
  ];

  expect(candidates.filter(path => workflowFrontEnd.accepts(path))).toEqual([
    '.github/workflows/ci.yml',
    '.github/workflows/ci.yaml',
    'action.yml',
    '.github/actions/setup/action.yaml',
  ]);
});

test('every kind of path is found at its place, whatever the quotes', () => {
  const text = `on:
  push:
    paths: ['shop/**', "!shop/docs/**"]
    paths-ignore:
      - docs/**
jobs:
  call:
    uses: ./.github/workflows/deploy.yml
  test:
    runs-on: ubuntu-latest
    defaults:
      run:
        working-directory: ./shop
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version-file: .python-version
          cache-dependency-path: |
            requirements.txt
            requirements/*.txt
      - uses: actions/cache@v4
        with:
          path: ~/.cache
          key: pip-\${{ hashFiles('**/poetry.lock', 'shop/setup.cfg') }}
      - uses: ./.github/actions/setup
      - run: pip install -r "requirements/dev.txt"
      - run: pytest tests/unit/test_a.py::test_b
        working-directory: till # here
      - uses: docker/build-push-action@v6
        with:
          context: ./shop
          file: ./shop/Dockerfile
`;
  const facts = extract(text).workflow?.paths ?? [];

  expect(facts.map(fact => `${fact.use} ${fact.path} ${text.slice(fact.range.start, fact.range.end)}`)).toEqual([
    'trigger shop/** shop/**',
    'trigger shop/docs/** shop/docs/**',
    'trigger docs/** docs/**',
    'localAction .github/workflows/deploy.yml ./.github/workflows/deploy.yml',
    'workingDirectory shop ./shop',
    'argument .python-version .python-version',
    'cacheDependency requirements.txt requirements.txt',
    'cacheDependency requirements/*.txt requirements/*.txt',
    'hashFiles **/poetry.lock **/poetry.lock',
    'hashFiles shop/setup.cfg shop/setup.cfg',
    'localAction .github/actions/setup ./.github/actions/setup',
    'requirements shop/requirements/dev.txt requirements/dev.txt',
    'argument till/tests/unit/test_a.py tests/unit/test_a.py',
    'workingDirectory till till',
    'dockerContext shop ./shop',
    'argument shop/Dockerfile ./shop/Dockerfile',
  ]);
  expect(facts.filter(fact => fact.optional).map(fact => fact.path)).toEqual(['shop/docs/**', 'docs/**']);
  expect(facts.find(fact => fact.path === 'shop/setup.cfg')?.alternatives).toEqual(['**/poetry.lock']);
  expect(facts.find(fact => fact.path === 'shop/requirements/dev.txt')?.base).toBe('shop');
});

test('cd moves on within a script, through subshells and back', () => {
  expect(
    scriptPaths('cd shop && pip install -r a.txt\n(cd ../till; pytest run.py)\npytest tests\ncd -\npython b.py'),
  ).toEqual([
    'changeDirectory shop',
    'requirements shop/a.txt',
    'changeDirectory till',
    'argument till/run.py',
    'argument shop/tests',
    'argument b.py',
  ]);
});

test('a folder that depends on a branch, a variable or the machine is not known', () => {
  expect(scriptPaths('if [ "$A" = b ]; then\n  cd shop\nfi\npytest tests')).toEqual(['changeDirectory shop']);
  expect(scriptPaths('cd "$DIR"\npytest tests')).toEqual([]);
  expect(scriptPaths('cd ~/shop\npytest tests\ncd /opt/shop\npytest tests')).toEqual([]);
  expect(scriptPaths('cd shop || cd till\npytest tests')).toEqual([]);
});

test('commands whose failure does not count name no path', () => {
  expect(
    scriptPaths(
      'pip install -r a.txt || true\ncd x && make || echo no\nif pytest b; then ls; fi\n! python c.py\n(cd d; ls) || true',
    ),
  ).toEqual([]);
  expect(scriptPaths('cd shop || exit 1')).toEqual(['changeDirectory shop']);
  expect(scriptPaths('pip install -r a.txt || { echo no; exit 1; }')).toEqual(['requirements a.txt']);
});

test('what a script asks about or makes is left alone', () => {
  expect(scriptPaths('if [ -f requirements.txt ]; then pip install -r requirements.txt; fi')).toEqual([]);
  expect(scriptPaths('mkdir -p a/b\ncd a\ncd b')).toEqual([]);
  expect(scriptPaths('echo x > list.txt\npip install -r list.txt')).toEqual([]);
  expect(scriptPaths('git clone https://forge.example/shop.git\ncd shop\npytest tests')).toEqual([]);
  expect(scriptPaths('python -m venv env\ncd env')).toEqual([]);
  expect(scriptPaths('cp a.txt b.txt\npip install -r b.txt')).toEqual([]);
  expect(scriptPaths('poetry export -o all.txt\npip install -r all.txt')).toEqual([]);
});

test('after a command that may make anything, paths are marked', () => {
  expect(scriptPaths('pip install tox\npytest tests')).toEqual(['argument tests']);
  expect(scriptPaths('make build\npytest tests')).toEqual(['argument tests maybe']);
  expect(scriptPaths('git checkout gh-pages\npytest tests')).toEqual([]);
});

test.each([
  [
    'pip3 install -U -r a.txt -c b.txt -rc.txt --requirement=d.txt',
    ['requirements a.txt', 'requirements b.txt', 'requirements c.txt', 'requirements d.txt'],
  ],
  ['python -m pip install -e ./shop[dev] -e . git+https://forge.example/x', ['argument shop']],
  ['uv pip sync a.txt', ['requirements a.txt']],
  ['sudo env A=1 pip install -r $FILE', []],
  ['poetry run pytest -v -n 4 tests/a tests/b.py -k "x and y"', ['argument tests/a', 'argument tests/b.py']],
  ['pytest --unknown-option tests', []],
  ['pytest --cov=shop --maxfail 2 tests', ['argument tests']],
  ['coverage run -m pytest tests', ['argument tests']],
  ['python3.12 -u tools/run.py --out x', ['argument tools/run.py']],
  ['uv run tools/run.py', ['argument tools/run.py']],
  ['python -c "import a"', []],
  ['bash -e scripts/a.sh; ./scripts/b.sh', ['argument scripts/a.sh', 'argument scripts/b.sh maybe']],
  ['make -C shop test', ['argument shop']],
  ['npm ci --prefix web', ['argument web']],
  ['docker build -t shop -f docker/Dockerfile ./shop', ['argument docker/Dockerfile', 'dockerContext shop']],
  ['docker compose -f a.yml -f b.yml up', ['argument a.yml', 'argument b.yml']],
  ['docker build --frob x .', []],
])('%s', (script, expected) => {
  expect(scriptPaths(script)).toEqual(expected);
});

test.each([
  ['before any checkout', ''],
  ['of another repository', '      - uses: actions/checkout@v4\n        with:\n          repository: shop/other\n'],
  ['of another branch', '      - uses: actions/checkout@v4\n        with: { ref: gh-pages }\n'],
  ['of a ref from outside', '      - uses: actions/checkout@v4\n        with: { ref: "${{ inputs.tag }}" }\n'],
])('paths %s are not known', (_, checkout) => {
  expect(
    paths(`jobs:\n  a:\n    steps:\n${checkout}      - run: pytest tests\n        working-directory: shop\n`),
  ).toEqual([]);
});

test('a checkout into a folder makes that folder unknown, and only that', () => {
  const steps = `      - uses: actions/checkout@v4
      - uses: actions/checkout@v4
        with: { repository: shop/docs, path: docs }
      - run: cd docs && pytest tests
      - run: cd shop
`;
  expect(paths(`jobs:\n  a:\n    steps:\n${steps}`)).toEqual(['changeDirectory shop']);
});

test('the branch of a pull request is the repository itself', () => {
  const step =
    '      - uses: actions/checkout@v4\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n';

  expect(paths(`jobs:\n  a:\n    steps:\n${step}      - run: pytest tests\n`)).toEqual(['argument tests']);
});

test('artifacts and caches bring paths along', () => {
  const download = '      - uses: actions/download-artifact@v4\n        with: { name: site, path: public/site }\n';

  expect(scriptPaths('(cd public/site)\ncd shop', download)).toEqual(['changeDirectory shop']);
  expect(scriptPaths('cd shop', '      - uses: actions/download-artifact@v4\n')).toEqual([
    'changeDirectory shop maybe',
  ]);
  expect(scriptPaths('cd shop', '      - uses: somebody/builds-things@v1\n')).toEqual(['changeDirectory shop maybe']);
});

test('a step that asks for a file with hashFiles does not need it', () => {
  const steps =
    "      - run: pip install -r a.txt\n        if: hashFiles('a.txt') != ''\n      - run: pip install -r a.txt\n";
  const text = `jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n${steps}`;
  const found = extract(text).workflow?.paths ?? [];

  expect(found.map(fact => fact.range.start)).toEqual([text.lastIndexOf('a.txt')]);
});

test('other shells and steps that may fail are left alone', () => {
  const start = 'jobs:\n  a:\n    runs-on: windows-latest\n    steps:\n      - uses: actions/checkout@v4\n';

  expect(paths(`${start}      - run: cd shop\n`)).toEqual([]);
  expect(paths(`${start}      - run: cd shop\n        shell: bash\n`)).toEqual(['changeDirectory shop']);
  expect(paths(`${start}      - run: cd shop\n        shell: bash\n        continue-on-error: true\n`)).toEqual([]);
});

test('expressions in a working directory make the rest of the step unknown, the workspace does not', () => {
  const start = 'jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n      - run: pytest tests\n';

  expect(paths(`${start}        working-directory: \${{ matrix.dir }}\n`)).toEqual([]);
  expect(paths(`${start}        working-directory: \${{ github.workspace }}/shop\n`)).toEqual([
    'argument shop/tests',
    'workingDirectory shop',
  ]);
});

test('a composite action of the repository is read, with its own folder', () => {
  const text =
    'runs:\n  using: composite\n  steps:\n    - run: bash ${{ github.action_path }}/run.sh\n      shell: bash\n    - run: cd shop\n      shell: bash\n';

  expect(paths(text, '.github/actions/setup/action.yml')).toEqual([
    'argument .github/actions/setup/run.sh maybe',
    'changeDirectory shop maybe',
  ]);
  expect(paths(text, 'action.yml')).toEqual([]);
  expect(paths('runs:\n  using: node20\n  main: dist/index.js\n', 'action.yml')).toEqual([]);
});

test('folded scripts, Windows line ends and anchors keep their places', () => {
  const folded =
    'jobs:\r\n  a:\r\n    steps:\r\n      - uses: actions/checkout@v4\r\n      - run: >-\r\n          pip install\r\n          -r shop/a.txt\r\n      - run: |\r\n          ls\r\n          cd till\r\n';
  const anchored =
    'jobs:\n  a:\n    steps: &steps\n      - uses: actions/checkout@v4\n      - run: cd shop\n  b:\n    steps: *steps\n';

  for (const [text, expected] of [
    [folded, ['shop/a.txt', 'till']],
    [anchored, ['shop']],
  ] as const) {
    const found = extract(text).workflow?.paths ?? [];
    expect(found.map(fact => text.slice(fact.range.start, fact.range.end))).toEqual(expected);
  }
});

test('a script with escapes is read, but its places are the whole scalar', () => {
  const text = 'jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n      - run: "ls\\ncd shop"\n';
  const [fact] = extract(text).workflow?.paths ?? [];

  expect(fact?.path).toBe('shop');
  expect(text.slice(fact?.range.start, fact?.range.end)).toBe('"ls\\ncd shop"');
});

test('comments of the file and of its scripts are facts, # in strings is none', () => {
  const text =
    '# top\non: push # trigger\nname: "a # b"\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n      - run: |\n          # in a script\n          cd shop # here\n';

  expect(extract(text).comments.map(comment => [comment.text, comment.ownLine])).toEqual([
    ['# top', true],
    ['# trigger', false],
    ['# in a script', true],
    ['# here', false],
  ]);
});

test('broken YAML gives errors at their place and the paths before them', () => {
  const text =
    'jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n      - run: cd shop\n  b: [\n  c: }\n      - run: cd till\n';
  const facts = extract(text);

  expect(facts.workflow?.errors.length).toBeGreaterThan(0);
  expect(facts.syntaxErrors[0]?.start).toBeGreaterThan(text.indexOf('b:'));
  expect(facts.workflow?.paths.map(fact => fact.path)).toEqual(['shop']);
});

test('a file that is too large or too deep is an error and nothing more', () => {
  expect(extract(`# ${'x'.repeat(300_000)}`).workflow?.errors).toHaveLength(1);
  expect(extract('['.repeat(50_000)).workflow?.errors.length).toBeGreaterThan(0);
});

test('symbols keep their hash when comments and layout change, and lose it when a value does', () => {
  const hashes = (text: string): number[] => extract(text).symbols.map(symbol => symbol.codeHash);
  const plain = 'jobs:\n  a:\n    steps:\n      - run: cd shop\n        name: Test\n';
  const relaid = 'jobs:\n    a: # job\n        steps:\n\n            -   run:   cd shop\n                name: Test\n';

  expect(hashes(plain).length).toBeGreaterThan(3);
  expect(hashes(relaid)).toEqual(hashes(plain));
  expect(hashes(plain.replace('shop', 'till'))).not.toEqual(hashes(plain));
});

test('no text makes the front end throw, and places stay inside the text', () => {
  const whole =
    'on:\n  push:\n    paths: ["a/**"]\njobs:\n  a:\n    defaults: {run: {working-directory: x}}\n    steps: &s\n      - uses: actions/checkout@v4\n      - run: |\n          cd "b" && pytest c\n      - run: >\n          pip install\n          -r d\n      - with: {key: "${{ hashFiles(\'e\') }}"}\n  b: {steps: *s}\n';
  fc.assert(
    fc.property(fc.nat(whole.length), fc.nat(whole.length), fc.string({ maxLength: 6 }), (from, to, inserted) => {
      const text = whole.slice(0, Math.min(from, to)) + inserted + whole.slice(Math.max(from, to));
      const facts = extract(text);
      const ranges = [
        ...facts.syntaxErrors,
        ...facts.symbols.map(s => s.range),
        ...facts.comments.map(c => c.range),
        ...(facts.workflow?.paths ?? []).map(p => p.range),
      ];
      for (const { start, end } of ranges) expect(0 <= start && start <= end && end <= text.length).toBe(true);
      expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
    }),
    { numRuns: 300 },
  );
});
