import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, git, writeFiles } from '../workspace/temp-folder.ts';
import { RESTOCK, RESTOCK_FIXED } from './bookshop.ts';
import { runCli } from './run-cli.ts';

const SECRETS = 'DATABASE_PASSWORD=kJ8#mQ2vX9pL4w\nSHOP_NAME=books\n';

/** A repository that tracks two files which it had better ignored. */
function repository(files: Readonly<Record<string, string>>): string {
  const root = folderWith({});
  git(root, 'init', '--quiet');
  writeFiles(root, { '.env': SECRETS, 'till/.env': SECRETS, 'stock.py': RESTOCK, ...files });
  git(root, 'add', '--force', '.');
  return root;
}

test('fixes that edit another file are written with the others', async () => {
  const cwd = repository({ '.gitignore': 'dist/' });

  const before = await runCli(['check'], { cwd });
  const { stderr, stdout } = await runCli(['check', '--fix-suggested'], { cwd });
  const again = await runCli(['check', '--fix-suggested'], { cwd });

  expect(before.stdout).toContain('1 fixable with --fix, 2 more with --fix-suggested.');
  expect(stderr).toBe('Fixed 2 files.\n');
  expect(readFileSync(join(cwd, '.gitignore'), 'utf8')).toBe('dist/\n.env\n/till/.env\n');
  expect(readFileSync(join(cwd, 'stock.py'), 'utf8')).toBe(RESTOCK_FIXED);
  expect(readFileSync(join(cwd, '.env'), 'utf8')).toBe(SECRETS);
  expect(stdout).not.toContain('fixable');
  expect(again.stderr).toBe('');
});

test('a file that a fix needs is made, and the diff makes it too', async () => {
  const [shown, fixed] = [repository({}), repository({})];

  const { stdout } = await runCli(['check', '--fix-suggested', '--diff'], { cwd: shown });
  expect(existsSync(join(shown, '.gitignore'))).toBe(false);
  await runCli(['check', '--fix-suggested'], { cwd: fixed });
  execFileSync('git', ['apply', '-'], { cwd: shown, input: stdout });

  expect(readFileSync(join(fixed, '.gitignore'), 'utf8')).toBe('.env\n/till/.env\n');
  for (const path of ['.gitignore', 'stock.py']) {
    expect(readFileSync(join(shown, path), 'utf8')).toBe(readFileSync(join(fixed, path), 'utf8'));
  }
});

test('safe fixes alone leave other files as they are', async () => {
  const cwd = repository({});

  await runCli(['check', '--fix'], { cwd });

  expect(existsSync(join(cwd, '.gitignore'))).toBe(false);
  expect(readFileSync(join(cwd, 'stock.py'), 'utf8')).toBe(RESTOCK_FIXED);
});
