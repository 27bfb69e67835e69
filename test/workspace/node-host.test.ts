import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NEVER_CANCELLED } from '../../server/src/core/cancellation.ts';
import { createNodeHost } from '../../server/src/workspace/node-host.ts';
import { folderWith, git } from './temp-folder.ts';

async function listed(root: string, exclude: readonly string[] = []): Promise<readonly string[]> {
  return (await createNodeHost(root).listFiles(exclude, NEVER_CANCELLED)).files;
}

test('lists all files with forward slashes in a stable order', async () => {
  const root = folderWith({
    'shop/orders.py': '',
    'shop/api/books.py': '',
    'README.md': '',
    '.github/workflows/ci.yml': '',
  });

  expect(await listed(root)).toEqual(['.github/workflows/ci.yml', 'README.md', 'shop/api/books.py', 'shop/orders.py']);
});

test('nested ignore files hold below their folder and may bring back what one above ignores', async () => {
  const root = folderWith({
    '.gitignore': '*.log\nreports\n/stock.csv\n',
    'stock.csv': '',
    'shop/stock.csv': '',
    'shop/orders.log': '',
    'shop/.gitignore': '!orders.log\n/cache/\nprices\\ *.txt\n',
    'shop/cache/a.py': '',
    'shop/api/cache/a.py': '',
    'shop/api/prices 1.txt': '',
    'till/.gitignore': '!reports\n',
    'till/reports/july.md': '',
    'shop/reports/july.md': '',
    'other.log': '',
  });

  expect(await listed(root)).toEqual([
    '.gitignore',
    'shop/.gitignore',
    'shop/api/cache/a.py',
    'shop/orders.log',
    'shop/stock.csv',
    'till/.gitignore',
    'till/reports/july.md',
  ]);
});

test('agrees with git about odd patterns in nested folders', async () => {
  const root = folderWith({
    '.gitignore': 'a/**/z.txt\n*.tmp\n!keep.tmp\ndoc/*.txt\n# note\n\\#price\nend  \n',
    'a/b/c/z.txt': '',
    'a/z.txt': '',
    'x/a/z.txt': '',
    'keep.tmp': '',
    'drop.tmp': '',
    'doc/one.txt': '',
    'doc/sub/one.txt': '',
    '#price': '',
    end: '',
    'books [old]/.gitignore': 'sub/only.py\n*.md\n!readme.md\nfolder/\n',
    'books [old]/sub/only.py': '',
    'books [old]/deep/sub/only.py': '',
    'books [old]/readme.md': '',
    'books [old]/deep/notes.md': '',
    'books [old]/deep/folder/x.py': '',
    'books [old]/file/folder': '',
  });
  git(root, 'init', '-q');

  const expected = git(root, 'ls-files', '--others', '--exclude-standard', '-z').split('\0').filter(Boolean).sort();
  expect(await listed(root)).toEqual(expected);
});

test('folders that tools write are never opened, packages of the same name are', async () => {
  const root = folderWith({
    'node_modules/left/index.js': '',
    'shop/__pycache__/orders.py': '',
    'env/pyvenv.cfg': '',
    'env/lib/thing.py': '',
    'venv/__init__.py': '',
    'web/package.json': '{}',
    'web/dist/bundle.js': '',
    'build/scripts.py': '',
    'pyproject.toml': '',
    'dist/__init__.py': '',
    'shop.egg-info/top_level.txt': '',
  });

  expect(await listed(root)).toEqual([
    'build/scripts.py',
    'dist/__init__.py',
    'pyproject.toml',
    'venv/__init__.py',
    'web/package.json',
  ]);
});

test('configured globs leave out files and whole folders', async () => {
  const root = folderWith({ 'legacy/a.py': '', 'legacy/sub/b.py': '', 'shop/old_orders.py': '', 'shop/orders.py': '' });

  expect(await listed(root, ['legacy/', '**/old_*.py', '!shop/**'])).toEqual(['shop/orders.py']);
});

test('links are not followed, so a circle ends', async () => {
  const root = folderWith({ 'shop/orders.py': '' });
  symlinkSync(root, join(root, 'shop', 'again'));
  symlinkSync(join(root, 'shop', 'orders.py'), join(root, 'copy.py'));

  expect(await listed(root)).toEqual(['shop/orders.py']);
  expect(createNodeHost(root).exists('shop/again/shop/orders.py')).toBe(true);
});

test('a root inside a repository obeys the ignore files above it and info/exclude', async () => {
  const repository = folderWith({
    '.gitignore': '*.bak\n/services/shop/private.py\n',
    'services/.gitignore': 'drafts\n',
    'services/shop/orders.py': '',
    'services/shop/orders.bak': '',
    'services/shop/private.py': '',
    'services/shop/drafts/a.py': '',
    'services/shop/local.py': '',
  });
  git(repository, 'init', '-q');
  execFileSync('sh', ['-c', 'echo local.py >> .git/info/exclude'], { cwd: repository });

  expect(await listed(join(repository, 'services', 'shop'))).toEqual(['orders.py']);
});

test('a root that is ignored itself is reviewed all the same', async () => {
  const repository = folderWith({ '.gitignore': 'playground\n*.bak\n', 'playground/orders.py': '' });
  git(repository, 'init', '-q');

  expect(await listed(join(repository, 'playground'))).toEqual(['orders.py']);
});

test('the filter says of single paths what the listing does of all', () => {
  const root = folderWith({
    '.gitignore': 'out\n',
    'shop/.gitignore': 'tmp_*\n',
    'shop/orders.py': '',
    'shop/tmp_x.py': '',
    'out/a.py': '',
    'node_modules/b/index.js': '',
    'env/pyvenv.cfg': '',
  });
  const filter = createNodeHost(root).pathFilter(['shop/legacy/**']);

  expect(
    [
      'shop/orders.py',
      'shop/new.py',
      'shop/tmp_x.py',
      'out/a.py',
      'out',
      'node_modules/b/index.js',
      'env/x.py',
      'shop/legacy/a.py',
    ].map(path => filter.includes(path)),
  ).toEqual([true, true, false, false, false, false, false, false]);
});

test('a cancelled listing says so', async () => {
  const root = folderWith({ 'shop/orders.py': '' });

  const listing = await createNodeHost(root).listFiles([], { isCancellationRequested: true });

  expect(listing).toEqual({ files: [], unreadable: [], cancelled: true });
});

test('reads, stats and misses files', async () => {
  const host = createNodeHost(folderWith({ 'shop/orders.py': 'x = 1\n' }));

  expect(Buffer.from(await host.readBytes('shop/orders.py')).toString()).toBe('x = 1\n');
  expect(Buffer.from(host.readBytesNow('shop/orders.py')).toString()).toBe('x = 1\n');
  expect(await host.stat('shop/orders.py')).toMatchObject({ kind: 'file', size: 6 });
  expect(await host.stat('shop')).toMatchObject({ kind: 'folder' });
  expect(await host.stat('shop/books.py')).toBeUndefined();
  expect(host.exists('shop/books.py')).toBe(false);
  await expect(host.readBytes('shop/books.py')).rejects.toThrow('ENOENT');
});

test('a folder that cannot be read is named', async () => {
  const listing = await createNodeHost(join(folderWith({}), 'gone')).listFiles([], NEVER_CANCELLED);

  expect(listing.unreadable).toEqual([{ path: '', reason: expect.stringContaining('ENOENT') as string }]);
});
