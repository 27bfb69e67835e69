import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isFileSystemError } from './cache-index.ts';

const DAY = 24 * 60 * 60 * 1000;

/** How much old caches may take. */
export interface PruneLimits {
  /** Caches that were not used for longer go; 30 days when absent. */
  readonly maxAge?: number;
  /** Bytes of all caches; the ones that were unused for longest go first; 1 GB when absent. */
  readonly maxBytes?: number;
}

/**
 * Removes caches of roots and engine versions that nobody uses any more. Meant to run once after a scan; failures are
 * left to the next time.
 * @param home folder of all caches
 * @param keep folder of the cache in use
 */
export async function pruneCaches(
  home: string,
  keep: string,
  { maxAge = 30 * DAY, maxBytes = 1024 ** 3 }: PruneLimits = {},
): Promise<void> {
  try {
    const caches = (await findCaches(home, keep)).sort((left, right) => right.lastUse - left.lastUse);
    let bytes = 0;
    for (const cache of caches) {
      bytes += cache.bytes;
      const isOld = Date.now() - cache.lastUse > maxAge;
      if (isOld || bytes > maxBytes) await remove(cache.folder);
    }
    await removeEmptyFolders(home);
  } catch (error) {
    if (!isFileSystemError(error)) throw error;
  }
}

interface OldCache {
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly lastUse: number;
  readonly bytes: number;
}

async function findCaches(home: string, keep: string): Promise<OldCache[]> {
  const caches: OldCache[] = [];
  for (const root of await subfolders(home)) {
    for (const version of await subfolders(join(home, root))) {
      const folder = join(home, root, version);
      if (folder !== keep) caches.push(await measure(folder));
    }
  }
  return caches;
}

async function measure(folder: string): Promise<OldCache> {
  let lastUse = (await stat(folder)).mtimeMs;
  let bytes = 0;
  for (const name of await readdir(folder)) {
    const { size, mtimeMs } = await stat(join(folder, name));
    bytes += size;
    lastUse = Math.max(lastUse, mtimeMs);
  }
  return { folder, lastUse, bytes };
}

async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

async function removeEmptyFolders(home: string): Promise<void> {
  for (const root of await subfolders(home)) {
    if ((await readdir(join(home, root))).length === 0) await rmdir(join(home, root));
  }
}

async function subfolders(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter(entry => entry.isDirectory()).map(entry => entry.name);
}
