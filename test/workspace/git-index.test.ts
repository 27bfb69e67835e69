import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseGitIndex } from '../../server/src/workspace/git-index.ts';
import { readTrackedFiles } from '../../server/src/workspace/tracked-files.ts';
import { folderWith, git, writeFiles } from './temp-folder.ts';

const SHOP = {
  'README.md': 'Bookshop\n',
  'shop/__init__.py': '',
  'shop/orders.py': 'x = 1\n',
  'shop/orders_archive.py': 'x = 1\n',
  'shop/ä book.py': '',
  '.env': 'SECRET_KEY=\n',
};

function repositoryWith(files: Readonly<Record<string, string>>, ...initArguments: readonly string[]): string {
  const root = folderWith(files);
  git(root, 'init', '-q', ...initArguments);
  git(root, 'add', '-A');
  return root;
}

function trackedByGit(root: string): string[] {
  return git(root, 'ls-files', '-z').split('\0').filter(Boolean).sort();
}

function trackedByUs(root: string): readonly string[] | string {
  const result = readTrackedFiles(root);
  return result.kind === 'tracked' ? result.files.map(file => file.path) : JSON.stringify(result);
}

test.each(['2', '3', '4'])('reads an index of version %s as git does', version => {
  const root = repositoryWith(SHOP);
  if (version === '3') {
    writeFiles(root, { 'shop/planned.py': '' });
    git(root, 'add', '--intent-to-add', 'shop/planned.py');
  } else {
    git(root, 'update-index', '--index-version', version);
  }

  expect(readFileSync(join(root, '.git/index')).readUInt32BE(4)).toBe(Number(version));
  expect(trackedByUs(root)).toEqual(trackedByGit(root));
});

test('names of every length come out whole in every version', () => {
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`shelf/${'b'.repeat(index + 1)}${index % 3 === 0 ? '/page' : ''}`, '']),
  );
  for (const version of ['2', '4']) {
    const root = repositoryWith(files);
    git(root, 'update-index', '--index-version', version);
    expect(trackedByUs(root)).toEqual(trackedByGit(root));
  }
});

test('a repository with SHA-256 names is read too', () => {
  const root = repositoryWith(SHOP, '--object-format=sha256');

  expect(trackedByUs(root)).toEqual(trackedByGit(root));
});

test('a folder inside the repository sees its own files, by their own paths', () => {
  const root = repositoryWith(SHOP);

  expect(readTrackedFiles(join(root, 'shop'))).toMatchObject({
    folderInRepository: 'shop',
    files: [{ path: '__init__.py' }, { path: 'orders.py' }, { path: 'orders_archive.py' }, { path: 'ä book.py' }],
  });
});

test('a linked work tree has an index of its own', () => {
  const root = repositoryWith(SHOP);
  git(root, 'commit', '-qm', 'Open the shop');
  const tree = join(folderWith({}), 'sale');
  git(root, 'worktree', 'add', '-q', tree);
  git(tree, 'rm', '-q', 'README.md');

  expect(trackedByUs(tree)).toEqual(trackedByGit(tree));
  expect(trackedByUs(tree)).not.toContain('README.md');
  expect(trackedByUs(root)).toContain('README.md');
});

test('a submodule is read through its own index, and is no file of the outer repository', () => {
  const inner = repositoryWith({ 'stock.py': '' });
  git(inner, 'commit', '-qm', 'Stock');
  const outer = repositoryWith(SHOP);
  git(outer, 'submodule', '--quiet', 'add', inner, 'lib/stock');

  expect(trackedByUs(join(outer, 'lib/stock'))).toEqual(['stock.py']);
  expect(trackedByUs(outer)).toEqual(trackedByGit(outer).filter(path => path !== 'lib/stock'));
});

test('a split index is put together from both parts', () => {
  const root = repositoryWith({
    ...SHOP,
    ...Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`books/${i}.txt`, 'old'])),
  });
  git(root, 'update-index', '--split-index');
  writeFiles(root, { 'books/7.txt': 'changed', 'shop/new.py': '' });
  rmSync(join(root, 'books/9.txt'));
  rmSync(join(root, 'books/140.txt'));
  git(root, 'add', '-A');

  expect(git(root, 'rev-parse', '--shared-index-path')).toContain('sharedindex.');
  expect(trackedByUs(root)).toEqual(trackedByGit(root));
  expect(trackedByUs(root)).not.toContain('books/140.txt');
});

test('a split index whose shared part is gone is reported as such', () => {
  const root = repositoryWith(SHOP);
  git(root, 'update-index', '--split-index');
  const shared = git(root, 'rev-parse', '--shared-index-path').trim();
  truncateSync(join(root, shared), 5);

  expect(readTrackedFiles(root)).toMatchObject({
    kind: 'unreadable',
    reason: 'The git index is split, and its shared part is not one.',
  });
});

test('a sparse index lists what is checked out', () => {
  const root = repositoryWith({ 'shop/orders.py': '', 'till/a/cash.py': '', 'till/b/cash.py': '', 'README.md': '' });
  git(root, 'commit', '-qm', 'Open the shop');
  git(root, 'sparse-checkout', 'set', '--cone', '--sparse-index', 'shop');

  expect(trackedByUs(root)).toEqual(['README.md', 'shop/orders.py']);
});

test('a file in conflict counts once', () => {
  const root = repositoryWith({ 'prices.txt': '1\n' });
  git(root, 'commit', '-qm', 'One');
  git(root, 'checkout', '-qb', 'sale');
  writeFiles(root, { 'prices.txt': '2\n' });
  git(root, 'commit', '-qam', 'Two');
  git(root, 'checkout', '-q', 'main');
  writeFiles(root, { 'prices.txt': '3\n' });
  git(root, 'commit', '-qam', 'Three');
  expect(() => git(root, 'merge', '-q', 'sale')).toThrow();

  expect(trackedByUs(root)).toEqual(['prices.txt']);
});

test('a folder without a repository, and a repository without an index, are told apart', () => {
  const empty = folderWith({});
  git(empty, 'init', '-q');

  expect(readTrackedFiles(folderWith({}))).toEqual({ kind: 'noRepository' });
  expect(trackedByUs(empty)).toEqual([]);
});

test('an index that is none is reported, not thrown', () => {
  const root = repositoryWith(SHOP);
  writeFileSync(join(root, '.git/index'), 'not an index, but long enough to look like one');
  expect(readTrackedFiles(root)).toMatchObject({ kind: 'unreadable', reason: 'The git index is not one.' });

  writeFileSync(
    join(root, '.git/index'),
    Buffer.concat([Buffer.from('DIRC'), Buffer.from([0, 0, 0, 9]), Buffer.alloc(40)]),
  );
  expect(readTrackedFiles(root)).toMatchObject({ reason: 'The git index has version 9, which is not known.' });
});

test('broken bytes never make the parser throw or hang', () => {
  const root = repositoryWith(SHOP);
  const plain = readFileSync(join(root, '.git/index'));
  git(root, 'update-index', '--index-version', '4', '--split-index');
  writeFiles(root, { 'shop/more.py': '' });
  execFileSync('rm', [join(root, 'README.md')]);
  git(root, 'add', '-A');
  const split = readFileSync(join(root, '.git/index'));

  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 });
  fc.assert(
    fc.property(fc.constantFrom(plain, split), damage, fc.nat(), (original, changes, cut) => {
      const bytes = new Uint8Array(original).slice(0, cut % 3 === 0 ? cut % original.length : undefined);
      for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
      expect(['index', 'unreadable']).toContain(parseGitIndex(bytes, 20).kind);
    }),
    { numRuns: 2000 },
  );
});
