import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileFacts } from '../../../server/src/core/file-facts.ts';
import { cacheFolderOf, cacheHome } from '../../../server/src/engine/scan/cache-location.ts';
import { openFactsCache, type CacheOptions, type FactsCache } from '../../../server/src/engine/scan/cache.ts';
import { encodeBody } from '../../../server/src/engine/scan/encode-body.ts';
import { hashContent, readStamp } from '../../../server/src/engine/scan/file-stamp.ts';
import { pruneCaches } from '../../../server/src/engine/scan/prune-caches.ts';

let folder: string;
let shop: string;
beforeEach(async () => {
  const scratch = await mkdtemp(join(tmpdir(), 'readiness-cache-'));
  folder = join(scratch, 'cache');
  shop = join(scratch, 'shop');
  await mkdir(shop);
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

function open(options: Partial<CacheOptions> = {}): FactsCache {
  return openFactsCache({ folder, engineVersion: '1', ...options });
}

function factsOf(path: string, size = 1): FileFacts {
  const comments = Array.from({ length: size }, (_, index) => ({
    range: { start: index, end: index + 9 },
    // Random text can't be compressed away.
    text: `# ${index} ${Math.random()} 📚`,
    ownLine: true,
  }));
  return { path, language: 'python', kind: 'source', comments, syntaxErrors: [], facts: {}, symbols: [] };
}

/** Writes a file long enough ago to be told from a later write, and puts it into the cache. */
async function store(cache: FactsCache, path: string, content: string, facts = factsOf(path)): Promise<FileFacts> {
  const file = join(shop, path);
  if (!existsSync(file)) await writeFile(file, content);
  const stamp = readStamp(file)!;
  const readAt = Date.now() + 10_000;
  const contentHash = hashContent(Buffer.from(content));
  cache.store({ path, stamp, readAt, contentHash, body: encodeBody({ facts, outline: undefined }), summary: { path } });
  return facts;
}

function match(cache: FactsCache, path: string) {
  return cache.match(path, readStamp(join(shop, path))!);
}

async function packs(): Promise<readonly string[]> {
  return (await readdir(join(folder, 'v-1'))).filter(name => name.startsWith('pack-'));
}

describe('what was stored', () => {
  test('is found at once, and after it was saved by the next process', async () => {
    const cache = open();
    const facts = await store(cache, 'orders.py', 'pay()');

    expect(match(cache, 'orders.py')?.body()?.facts).toEqual(facts);
    await cache.save(new Set(['orders.py']));
    expect(match(cache, 'orders.py')?.body()?.facts).toEqual(facts);
    await cache.dispose();

    const next = open();
    expect(match(next, 'orders.py')).toMatchObject({
      contentHash: hashContent(Buffer.from('pay()')),
      summary: { path: 'orders.py' },
    });
    expect(match(next, 'orders.py')?.body()?.facts).toEqual(facts);
    await next.dispose();
  });

  test('is unknown to another version of the engine', async () => {
    const cache = open();
    await store(cache, 'orders.py', 'pay()');
    await cache.save(new Set(['orders.py']));

    expect(match(open({ engineVersion: '2' }), 'orders.py')).toBeUndefined();
  });

  test('is forgotten when its file is gone', async () => {
    const cache = open();
    await store(cache, 'orders.py', 'pay()');
    await store(cache, 'stock.py', 'count()');
    await cache.save(new Set(['stock.py']));

    const next = open();
    expect(match(next, 'orders.py')).toBeUndefined();
    expect(match(next, 'stock.py')).toBeDefined();
  });

  test('while the cache is being saved is kept for the next time', async () => {
    const cache = open();
    await store(cache, 'orders.py', 'pay()');
    const saving = cache.save(new Set(['orders.py', 'stock.py']));
    const facts = await store(cache, 'stock.py', 'count()');
    await saving;
    expect(match(cache, 'stock.py')?.body()?.facts).toEqual(facts);
    await cache.save(new Set(['orders.py', 'stock.py']));

    expect(match(open(), 'stock.py')?.body()?.facts).toEqual(facts);
  });

  test('is told as new the first time that it is written, and not again', async () => {
    const cache = open();
    expect(await cache.save(new Set())).toBe(false);
    await store(cache, 'orders.py', 'pay()');
    expect(await cache.save(new Set(['orders.py']))).toBe(true);

    const next = open();
    await store(next, 'stock.py', 'count()');
    expect(await next.save(new Set(['orders.py', 'stock.py']))).toBe(false);
  });

  test('comes with something of the files as a whole', async () => {
    const cache = open();
    expect(cache.whole()).toBeNull();
    await store(cache, 'orders.py', 'pay()');
    cache.keepWhole({ pays: ['orders.py'] });
    await cache.save(new Set(['orders.py']));

    expect(open().whole()).toEqual({ pays: ['orders.py'] });
    expect(open({ engineVersion: '2' }).whole()).toBeNull();
  });

  test('may get another summary', async () => {
    const cache = open();
    const facts = await store(cache, 'orders.py', 'pay()');
    await cache.save(new Set(['orders.py']));
    cache.summarise('orders.py', { findings: 2 });
    await cache.save(new Set(['orders.py']));

    const next = match(open(), 'orders.py');
    expect(next?.summary).toEqual({ findings: 2 });
    expect(next?.body()?.facts).toEqual(facts);
  });
});

describe('a changed file', () => {
  test('is not matched, though size and time of its content are the old ones', async () => {
    const cache = open();
    await store(cache, 'orders.py', 'pay()');
    const { atime, mtime } = await stat(join(shop, 'orders.py'));
    await new Promise(resolve => setTimeout(resolve, 20));
    await writeFile(join(shop, 'orders.py'), 'buy()');
    await utimes(join(shop, 'orders.py'), atime, mtime);

    expect(match(cache, 'orders.py')).toBeUndefined();
  });

  test('is not matched by a stamp that is too fresh to be trusted', () => {
    const cache = open();
    const stamp = { size: 5, modified: 100_000, changed: 100_000, inode: 1 };
    const file = {
      path: 'orders.py',
      stamp,
      contentHash: 'x',
      body: encodeBody({ facts: factsOf('orders.py'), outline: undefined }),
      summary: null,
    };
    cache.store({ ...file, readAt: 100_500 });
    expect(cache.match('orders.py', stamp)).toBeUndefined();

    // The content was read again, later, and is the same: now the stamp can be trusted.
    expect(cache.matchContent('orders.py', 'x', stamp, 103_000)).toBeDefined();
    expect(cache.match('orders.py', stamp)).toBeDefined();
  });

  test('is matched by its content after it was only touched', async () => {
    const cache = open();
    const facts = await store(cache, 'orders.py', 'pay()');
    await utimes(join(shop, 'orders.py'), 1, 1);
    const stamp = readStamp(join(shop, 'orders.py'))!;

    expect(cache.match('orders.py', stamp)).toBeUndefined();
    expect(cache.matchContent('orders.py', 'another', stamp, Date.now())).toBeUndefined();
    const found = cache.matchContent('orders.py', hashContent(Buffer.from('pay()')), stamp, Date.now() + 10_000);
    expect(found?.body()?.facts).toEqual(facts);
    expect(cache.match('orders.py', stamp)).toBeDefined();
  });
});

describe('a damaged cache', () => {
  async function saved(): Promise<void> {
    const cache = open();
    await store(cache, 'orders.py', 'pay()', factsOf('orders.py', 50));
    await store(cache, 'stock.py', 'count()', factsOf('stock.py', 50));
    await cache.save(new Set(['orders.py', 'stock.py']));
    await cache.dispose();
  }

  test.each(['', 'readiness-cache 1 5 5\n[{}]', 'readiness-cache', '[]'])(
    'with the index %j is empty, and is rebuilt',
    async content => {
      await saved();
      await writeFile(join(folder, 'v-1/index'), content);

      const cache = open();
      expect(match(cache, 'orders.py')).toBeUndefined();
      const facts = await store(cache, 'orders.py', 'pay()');
      await cache.save(new Set(['orders.py']));
      expect(match(open(), 'orders.py')?.body()?.facts).toEqual(facts);
    },
  );

  test('with a torn index, at whatever place, is empty', async () => {
    await saved();
    const index = join(folder, 'v-1/index');
    const content = await readFile(index, 'utf8');
    for (let length = 0; length < content.length; length += 7) {
      await writeFile(index, content.slice(0, length));
      expect(match(open(), 'orders.py')).toBeUndefined();
    }
  });

  test('with a torn pack gives no facts for what is behind the tear', async () => {
    await saved();
    const [pack] = await packs();
    const { size } = await stat(join(folder, 'v-1', pack!));
    await truncate(join(folder, 'v-1', pack!), size - 1);

    const cache = open();
    expect(match(cache, 'orders.py')?.body()?.facts).toBeDefined();
    expect(match(cache, 'stock.py')?.body()?.facts).toBeUndefined();
  });

  test('with a changed pack gives no facts', async () => {
    await saved();
    const [pack] = await packs();
    const content = await readFile(join(folder, 'v-1', pack!));
    content[3] = content[3]! ^ 1;
    await writeFile(join(folder, 'v-1', pack!), content);

    expect(match(open(), 'orders.py')?.body()?.facts).toBeUndefined();
  });

  test('without its pack gives no facts, and can be saved again', async () => {
    await saved();
    const [pack] = await packs();
    await rm(join(folder, 'v-1', pack!));
    const cache = open();
    expect(match(cache, 'orders.py')?.body()?.facts).toBeUndefined();

    const facts = await store(cache, 'orders.py', 'pay()');
    await cache.save(new Set(['orders.py', 'stock.py']));
    expect(match(open(), 'orders.py')?.body()?.facts).toEqual(facts);
  });
});

describe('two processes', () => {
  test('that save one after the other leave a cache that is whole', async () => {
    const [editor, terminal] = [open(), open()];
    const facts = await store(editor, 'orders.py', 'pay()');
    await store(terminal, 'orders.py', 'pay()', facts);
    await editor.save(new Set(['orders.py']));
    await terminal.save(new Set(['orders.py']));

    expect(match(editor, 'orders.py')?.body()?.facts).toEqual(facts);
    expect(match(terminal, 'orders.py')?.body()?.facts).toEqual(facts);
    expect(match(open(), 'orders.py')?.body()?.facts).toEqual(facts);
  });

  test('that save at the same time leave a cache that is whole', async () => {
    const caches = Array.from({ length: 6 }, () => open());
    const facts = factsOf('orders.py', 500);
    for (const cache of caches) await store(cache, 'orders.py', 'pay()', facts);
    await Promise.all(caches.map(cache => cache.save(new Set(['orders.py']))));

    expect(match(open(), 'orders.py')?.body()?.facts).toEqual(facts);
  });
});

describe('the size', () => {
  test('stays below its bound', async () => {
    const cache = open({ maxBytes: 20_000 });
    const paths = Array.from({ length: 20 }, (_, index) => `book-${index}.py`);
    for (const path of paths) await store(cache, path, path, factsOf(path, 100));
    await cache.save(new Set(paths));

    const [pack] = await packs();
    expect((await stat(join(folder, 'v-1', pack!))).size).toBeLessThanOrEqual(20_000);
    expect(match(open(), 'book-0.py')).toBeDefined();
    expect(match(open(), 'book-19.py')).toBeUndefined();
  });

  test('does not grow with the number of runs: packs are merged, and old ones go', async () => {
    const paths = Array.from({ length: 12 }, (_, index) => `book-${index}.py`);
    const facts = new Map<string, FileFacts>();
    for (const path of paths) {
      const cache = open();
      facts.set(path, await store(cache, path, path));
      await cache.save(new Set(paths));
      await cache.dispose();
      // An hour passes: what no index names is not in the making any more.
      for (const pack of await packs()) await utimes(join(folder, 'v-1', pack), 1, 1);
    }

    expect((await packs()).length).toBeLessThanOrEqual(10);
    const cache = open();
    for (const path of paths) expect(match(cache, path)?.body()?.facts).toEqual(facts.get(path));
  });
});

test('a folder that cannot be written to does no harm', async () => {
  await mkdir(join(folder, '..'), { recursive: true });
  await writeFile(folder, 'a file where the folder should be');
  const cache = open();
  await store(cache, 'orders.py', 'pay()');

  await cache.save(new Set(['orders.py']));

  expect(match(cache, 'orders.py')).toBeUndefined();
  await cache.dispose();
});

describe('pruning', () => {
  async function cacheOf(root: string, age: number): Promise<FactsCache> {
    const cache = openFactsCache({ folder: join(folder, root), engineVersion: '1' });
    await store(cache, 'orders.py', 'pay()', factsOf('orders.py', 100));
    await cache.save(new Set(['orders.py']));
    const time = Date.now() / 1000 - age;
    for (const name of await readdir(cache.folder)) await utimes(join(cache.folder, name), time, time);
    await utimes(cache.folder, time, time);
    return cache;
  }

  test('removes caches that are old, never the one in use', async () => {
    const [old, used] = [await cacheOf('old', 1000), await cacheOf('used', 2000)];
    await cacheOf('young', 10);

    await pruneCaches(folder, used.folder, { maxAge: 500_000 });

    expect((await readdir(folder)).sort()).toEqual(['used', 'young']);
    expect(old.folder).toContain('old');
  });

  test('removes the oldest ones beyond the bound', async () => {
    await cacheOf('first', 300);
    await cacheOf('second', 200);
    const last = await cacheOf('third', 100);
    const sizes = await Promise.all(
      (await readdir(last.folder)).map(async name => (await stat(join(last.folder, name))).size),
    );
    const oneAndAHalf = 1.5 * sizes.reduce((sum, size) => sum + size, 0);

    await pruneCaches(folder, last.folder, { maxBytes: oneAndAHalf });
    expect((await readdir(folder)).sort()).toEqual(['second', 'third']);
  });

  test('of nothing does nothing', async () => {
    await expect(pruneCaches(join(folder, 'nowhere'), 'x')).resolves.toBeUndefined();
  });
});

describe('the place of a cache', () => {
  test('follows the system', () => {
    const home = '/home/ada';
    const variables = { XDG_CACHE_HOME: '/var/ada', LOCALAPPDATA: 'C:\\Local' };

    expect(cacheHome({ platform: 'linux', home, variables: {} })).toBe('/home/ada/.cache/readiness');
    expect(cacheHome({ platform: 'linux', home, variables })).toBe('/var/ada/readiness');
    expect(cacheHome({ platform: 'linux', home, variables: { XDG_CACHE_HOME: 'relative' } })).toBe(
      '/home/ada/.cache/readiness',
    );
    expect(cacheHome({ platform: 'darwin', home, variables })).toBe('/home/ada/Library/Caches/readiness');
    expect(cacheHome({ platform: 'win32', home, variables })).toContain('C:\\Local');
  });

  test('differs for roots of the same name', () => {
    expect(cacheFolderOf('/c', '/work/a/shop')).not.toBe(cacheFolderOf('/c', '/work/b/shop'));
    expect(cacheFolderOf('/c', '/work/a/shop')).toMatch(/^\/c\/shop-[0-9a-f]{16}$/);
    expect(cacheFolderOf('/c', '/')).toMatch(/^\/c\/[0-9a-f]{16}$/);
  });
});
