import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, writeFiles } from '../workspace/temp-folder.ts';
import { PROJECT, REQUIREMENTS, RESTOCK, RESTOCK_FIXED } from './bookshop.ts';
import { cacheFolder, runCli } from './run-cli.ts';

test('a clean folder ends with 0 and says that nothing was found', async () => {
  const cwd = folderWith({ 'orders.py': 'TOTAL = 3\n' });

  const { code, stdout, stderr } = await runCli(['check'], { cwd });

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('No findings in 1 file.');
});

test('a finding of high priority or more ends with 1 and stands at its place', async () => {
  const cwd = folderWith({ 'shop/stock.py': RESTOCK });

  const { code, stdout } = await runCli(['check', '--rule', 'async-blocking-sleep'], { cwd });

  expect(code).toBe(1);
  expect(stdout).toMatch(/^shop\/stock\.py:4:5 {2}critical {2}async-blocking-sleep {2}`time\.sleep` /);
  expect(stdout).toMatch(
    /\n\n1 finding in 1 file: 1 critical\. 1 fixable with --fix\. Score \d+, \d+ of \d+ checks measured\.\n$/,
  );
});

test('findings below the failing priority are printed and end with 0, unless the user wants otherwise', async () => {
  const cwd = folderWith({ 'pyproject.toml': PROJECT, 'requirements.txt': REQUIREMENTS });
  const words = ['check', '--rule', 'dependency-conflict'];

  const lenient = await runCli(words, { cwd });
  const strict = await runCli([...words, '--fail-on', 'medium'], { cwd });
  const above = await runCli([...words, '--priority', 'high', '--fail-on', 'low'], { cwd });

  expect(lenient).toMatchObject({ code: 0, stdout: expect.stringContaining('requirements.txt:2:1') as string });
  expect(lenient.stdout).toContain('    pyproject.toml:4:');
  expect(strict.code).toBe(1);
  expect(above).toMatchObject({ code: 0, stdout: expect.not.stringContaining('requirements.txt') as string });
});

test('quiet output holds findings and nothing else', async () => {
  const cwd = folderWith({ 'pyproject.toml': PROJECT, 'requirements.txt': REQUIREMENTS, 'stock.py': RESTOCK });

  const { stdout, stderr } = await runCli(['check', '--quiet'], { cwd });

  expect(stderr).toBe('');
  for (const line of stdout.split('\n').filter(line => line !== '')) expect(line).toMatch(/^[\w.]+:\d+:\d+ {2}/);
  expect(stdout).toContain('stock.py:4:5');
});

test('only what the user names is reported, while the whole root is understood', async () => {
  const cwd = folderWith({
    'pyproject.toml': PROJECT,
    'requirements.txt': REQUIREMENTS,
    'shop/stock.py': RESTOCK,
    'shopping/stock.py': RESTOCK,
  });

  const inFolder = await runCli(['check', 'shop', '--quiet'], { cwd: join(cwd) });
  const ofFile = await runCli(['check', '../requirements.txt', '--quiet'], { cwd: join(cwd, 'shop') });

  expect(inFolder.stdout).not.toContain('shopping');
  expect(inFolder.stdout).toContain('shop/stock.py:4:5');
  // Without a configuration of its own or a repository, the folder of the file is the root.
  expect(ofFile.stdout).toMatch(/^\.\.\/requirements\.txt:2:1 {2}medium {2}dependency-conflict/);
});

test('the root is the nearest folder with a configuration, so that manifests above a named file count', async () => {
  const cwd = folderWith({
    'readiness.yaml': 'tier: standard\n',
    'pyproject.toml': PROJECT,
    'deploy/requirements.txt': REQUIREMENTS,
    'requirements.txt': '-r deploy/requirements.txt\n',
  });

  const { stdout } = await runCli(['check', 'deploy/requirements.txt', '--quiet'], { cwd });

  expect(stdout).toMatch(/^deploy\/requirements\.txt:2:1 {2}medium {2}dependency-conflict/);
});

test('several roots make one report, and a file inside two of them is reported once', async () => {
  const cwd = folderWith({
    'shop/readiness.yaml': 'tier: standard\n',
    'shop/stock.py': RESTOCK,
    'shop/till/readiness.yaml': 'tier: critical\n',
    'shop/till/stock.py': RESTOCK,
    'depot/readiness.yaml': 'tier: standard\n',
    'depot/stock.py': RESTOCK,
  });

  const words = ['check', 'shop', 'shop/till', 'depot', '--format', 'json', '--rule', 'async-blocking-sleep'];
  const report = JSON.parse((await runCli(words, { cwd })).stdout) as {
    findings: { path: string }[];
    score: { wanted: string };
    outcomes: { ruleId: string; failed?: number }[];
  };

  expect(report.findings.map(({ path }) => path)).toEqual(['depot/stock.py', 'shop/stock.py', 'shop/till/stock.py']);
  expect(report.score.wanted).toBe('critical');
});

test('a path that does not exist ends with 2 and a message', async () => {
  const cwd = folderWith({ 'stock.py': RESTOCK });

  const result = await runCli(['check', 'stock.py', 'orders.py'], { cwd });

  expect(result).toEqual({ code: 2, stdout: '', stderr: 'readiness: There is no such file or folder: orders.py\n' });
});

test('a named file that is ignored or excluded is noted on standard error', async () => {
  const cwd = folderWith({
    'readiness.yaml': 'exclude: ["legacy/**"]\n',
    'legacy/stock.py': RESTOCK,
    'node_modules/stock.py': RESTOCK,
  });
  mkdirSync(join(cwd, '.git'));
  writeFiles(cwd, { '.gitignore': 'build.py\n', 'build.py': RESTOCK });

  const words = ['check', 'legacy/stock.py', 'build.py', 'node_modules', '--no-cache'];
  const { code, stderr, stdout } = await runCli(words, { cwd });

  expect(code).toBe(0);
  expect(stdout).toMatch(/^No findings in 0 files\./);
  expect(stderr.split('\n').filter(line => line !== '')).toEqual([
    'Not analysed: legacy/stock.py: it is ignored or excluded.',
    'Not analysed: build.py: it is ignored or excluded.',
    'Not analysed: node_modules: it is ignored or excluded.',
  ]);
});

test('a link that the user names stands for its target', async () => {
  const cwd = folderWith({ 'shop/stock.py': RESTOCK });
  symlinkSync(join(cwd, 'shop'), join(cwd, 'shelf'));

  expect((await runCli(['check', 'shelf/stock.py', '--quiet'], { cwd })).stdout).toMatch(/^shop\/stock\.py:4:5 /);
});

test('what a comment accepts is not reported', async () => {
  const accepted = RESTOCK.replace('(5)\n', '(5)  # readiness: ignore[async-blocking-sleep] -- runs alone at night\n');
  const cwd = folderWith({ 'stock.py': accepted });

  const { code, stdout } = await runCli(['check', '--rule', 'async-blocking-sleep'], { cwd });

  expect(code).toBe(0);
  expect(stdout).toContain('No findings');
});

test('files that could not be analysed are named on standard error', async () => {
  const cwd = folderWith({ 'stock.py': Uint8Array.of(0x27, 0xe9, 0x27, 0x0a) });

  const { code, stderr } = await runCli(['check'], { cwd });

  expect(code).toBe(0);
  expect(stderr).toBe('Not analysed: stock.py: The file is not valid UTF-8 and declares no other encoding.\n');
});

test.each(['json', 'sarif', 'text'])('two runs print the same bytes, with and without the cache: %s', async format => {
  const files = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`shop/stock_${index}.py`, RESTOCK]));
  const cwd = folderWith({
    ...files,
    'pyproject.toml': PROJECT,
    'requirements.txt': REQUIREMENTS,
    'till.py': RESTOCK_FIXED,
  });
  const env = { XDG_CACHE_HOME: cacheFolder() };
  const words = ['check', '--format', format];

  const cold = await runCli(words, { cwd, env });
  const warm = await runCli(words, { cwd, env });
  const uncached = await runCli([...words, '--no-cache', '--jobs', '1'], { cwd, env });

  expect(cold.code).toBe(1);
  expect(warm).toEqual(cold);
  expect(uncached).toEqual(cold);
});

test('Ctrl-C ends a scan with 130', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 1500 }, (_, index) => [`stock_${index}.py`, RESTOCK.repeat(40)]),
  );
  const cwd = folderWith(files);
  // Whoever opens a named pipe waits for the other end: so the scan is about to begin when the text is written.
  const configuration = join(cacheFolder(), 'readiness.yaml');
  execFileSync('mkfifo', [configuration]);

  const { code, stdout } = await runCli(['check', '--no-cache', '--jobs', '1', '--config', configuration], {
    cwd,
    onStart: child => void writeFile(configuration, 'tier: standard\n').then(() => child.kill('SIGINT')),
  });

  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
});

test('a reader that goes away does not make it fail', async () => {
  const files = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`stock_${index}.py`, RESTOCK]));
  const cwd = folderWith(files);

  const { code, stderr } = await runCli(['check', '--format', 'json'], {
    cwd,
    onStart: child => child.stdout?.destroy(),
  });

  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
});

test('a root inside another one counts once, for findings, outcomes and score', async () => {
  const cwd = folderWith({
    'readiness.yaml': '',
    'stock.py': RESTOCK,
    'worker/readiness.yaml': '',
    'worker/stock.py': RESTOCK,
  });

  const { stdout } = await runCli(['check', '.', 'worker', '--format', 'json'], { cwd });
  const { findings, outcomes, score } = JSON.parse(stdout) as {
    findings: { path: string }[];
    outcomes: { ruleId: string }[];
    score: { files: object };
  };

  expect(findings.map(({ path }) => path)).toEqual(['stock.py', 'worker/stock.py']);
  expect(outcomes.find(({ ruleId }) => ruleId === 'async-blocking-sleep')).toMatchObject({ examined: 2, failed: 2 });
  expect(score.files).toEqual({ measured: 2, total: 2 });
});
