import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../workspace/temp-folder.ts';
import { PROJECT, REQUIREMENTS, RESTOCK, RESTOCK_FIXED } from './bookshop.ts';
import { runCli } from './run-cli.ts';

test('fixes are written, and what is left is reported', async () => {
  const cwd = folderWith({ 'shop/stock.py': RESTOCK, 'pyproject.toml': PROJECT, 'requirements.txt': REQUIREMENTS });

  const { code, stdout, stderr } = await runCli(['check', '--fix'], { cwd });

  expect({ code, stderr }).toEqual({ code: 0, stderr: 'Fixed 2 files.\n' });
  expect(stdout).toContain('No findings');
  expect(readFileSync(join(cwd, 'shop/stock.py'), 'utf8')).toBe(RESTOCK_FIXED);
  expect(readFileSync(join(cwd, 'requirements.txt'), 'utf8')).toBe('httpx==0.27.2\npydantic>=2.0.0\n');
  expect(readdirSync(join(cwd, 'shop'))).toEqual(['stock.py']);
});

test('encoding, byte order mark, line ends and mode stay as they were', async () => {
  const latin = `# -*- coding: latin-1 -*-\n# Bücher für später\n${RESTOCK}`;
  const cwd = folderWith({
    'latin.py': Buffer.from(latin, 'latin1'),
    'marked.py': `\uFEFF${RESTOCK}`,
    'windows.py': RESTOCK.replaceAll('\n', '\r\n'),
  });
  chmodSync(join(cwd, 'windows.py'), 0o751);

  await runCli(['check', '--fix', '--rule', 'async-blocking-sleep'], { cwd });

  const latinFixed = latin.replace(RESTOCK, RESTOCK_FIXED);
  expect(readFileSync(join(cwd, 'latin.py'))).toEqual(Buffer.from(latinFixed, 'latin1'));
  expect(readFileSync(join(cwd, 'marked.py'), 'utf8')).toBe(`\uFEFF${RESTOCK_FIXED}`);
  expect(readFileSync(join(cwd, 'windows.py'), 'utf8')).toBe(RESTOCK_FIXED.replaceAll('\n', '\r\n'));
  expect(statSync(join(cwd, 'windows.py')).mode & 0o777).toBe(0o751);
});

test('only named paths and rules are fixed', async () => {
  const cwd = folderWith({
    'stock.py': RESTOCK,
    'till.py': RESTOCK,
    'pyproject.toml': PROJECT,
    'requirements.txt': REQUIREMENTS,
  });

  await runCli(['check', 'stock.py', 'requirements.txt', '--fix', '--rule', 'async-blocking-sleep'], { cwd });

  expect(readFileSync(join(cwd, 'stock.py'), 'utf8')).toBe(RESTOCK_FIXED);
  expect(readFileSync(join(cwd, 'till.py'), 'utf8')).toBe(RESTOCK);
  expect(readFileSync(join(cwd, 'requirements.txt'), 'utf8')).toBe(REQUIREMENTS);
});

test('a diff changes nothing, and applying it gives what --fix writes', async () => {
  const files = {
    'shop/stock.py': `${RESTOCK}${'\n# shelf\n'.repeat(20)}\nasync def count():\n    time.sleep(1)`,
    'shop/windows.py': RESTOCK.replaceAll('\n', '\r\n'),
    'pyproject.toml': PROJECT,
    'requirements.txt': REQUIREMENTS,
  };
  const [shown, fixed] = [folderWith(files), folderWith(files)];

  const { code, stdout, stderr } = await runCli(['check', '--diff'], { cwd: shown });
  const unchanged = Object.keys(files).map(path => readFileSync(join(shown, path), 'utf8'));
  await runCli(['check', '--fix'], { cwd: fixed });
  execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: shown, input: stdout });

  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(unchanged).toEqual(Object.values(files));
  for (const path of Object.keys(files)) {
    expect(readFileSync(join(shown, path), 'utf8')).toBe(readFileSync(join(fixed, path), 'utf8'));
  }
});

test('a diff shows no secret, and what --fix writes is right all the same', async () => {
  const secret = 'q8Zt2LvX0pRn4mWc7YaK9sDe';
  const code = `import requests\n\nPAYMENT_API_KEY = "${secret}"\nrequests.get("https://shop.example/")\n`;
  const cwd = folderWith({ 'orders.py': code });

  const { stdout, stderr } = await runCli(['check', '--fix-suggested', '--diff'], { cwd });
  const { stdout: timeoutOnly } = await runCli(
    ['check', '--fix-suggested', '--diff', '--quiet', '--rule', 'http-timeout'],
    { cwd },
  );
  await runCli(['check', '--fix-suggested', '--rule', 'hardcoded-secret'], { cwd });

  expect(stdout + timeoutOnly).not.toContain(secret);
  expect(stdout).toContain('-PAYMENT_API_KEY = •••\n');
  expect(stderr).toBe('••• stands for a secret, which keeps the diff from being applied there.\n');
  expect(timeoutOnly).toContain(' PAYMENT_API_KEY = •••\n-requests.get(');
  expect(readFileSync(join(cwd, 'orders.py'), 'utf8')).toBe(
    code
      .replace('import requests', 'import os\n\nimport requests')
      .replace(`"${secret}"`, 'os.environ["PAYMENT_API_KEY"]'),
  );
});

test('a configuration that can not be parsed stops all fixes', async () => {
  const cwd = folderWith({ 'readiness.yaml': 'exclude: [\n', 'stock.py': RESTOCK });

  const { code } = await runCli(['check', '--fix'], { cwd });

  expect(code).toBe(2);
  expect(readFileSync(join(cwd, 'stock.py'), 'utf8')).toBe(RESTOCK);
});

test('fixing twice changes nothing the second time', async () => {
  const cwd = folderWith({ 'stock.py': RESTOCK });
  await runCli(['check', '--fix-suggested'], { cwd });

  const { stderr } = await runCli(['check', '--fix-suggested'], { cwd });
  const { stdout } = await runCli(['check', '--fix-suggested', '--diff'], { cwd });

  expect({ stderr, stdout }).toEqual({ stderr: '', stdout: '' });
});
