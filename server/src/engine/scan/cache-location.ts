import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';

/** What decides where a system keeps caches. */
export interface CacheEnvironment {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** The folder of all our caches: where the system wants them, never inside of a repository. */
export function cacheHome({ platform, home, variables }: CacheEnvironment): string {
  if (platform === 'win32')
    return join(variables['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'readiness', 'Cache');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'readiness');
  const configured = variables['XDG_CACHE_HOME'];
  // The specification says to ignore a relative path.
  const parent = configured?.startsWith('/') === true ? configured : join(home, '.cache');
  return join(parent, 'readiness');
}

/**
 * The folder of one root's cache. Its name begins with the root's own, for people who look around.
 * @param root absolute path; two spellings of one folder have two caches
 */
export function cacheFolderOf(home: string, root: string): string {
  const key = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const name = basename(root)
    .replace(/[^\w.-]/g, '_')
    .slice(0, 40);
  return join(home, name === '' ? key : `${name}-${key}`);
}
