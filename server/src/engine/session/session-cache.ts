import { homedir } from 'node:os';
import { hashSpan, HASH_SEED } from '../../core/hash.ts';
import type { Settings } from '../../core/settings.ts';
import { openFactsCache, type FactsCache } from '../scan/cache.ts';
import { cacheFolderOf, cacheHome } from '../scan/cache-location.ts';
import { pruneCaches } from '../scan/prune-caches.ts';

/** Which cache a session uses. */
export interface CacheOptions {
  readonly root: string;
  readonly version: string;
  /** `undefined`: the system's place for caches; `null`: no cache. */
  readonly folder: string | null | undefined;
}

/** The cache of one root, for the time of a scan. */
export interface SessionCache {
  readonly facts: FactsCache;
  /** Writes what is new. A cache that joins the others makes room: those of roots that nobody opened for long go. */
  save(paths: ReadonlySet<string>): Promise<void>;
  dispose(): Promise<void>;
}

/** Judgements are cached along with facts, so another configuration is another cache. */
export function openSessionCache(options: CacheOptions, settings: Settings): SessionCache | undefined {
  const { root, version, folder } = options;
  if (folder === null) return undefined;
  const home = folder ?? cacheHome({ platform: process.platform, home: homedir(), variables: process.env });
  const settingsHash = hashSpan(HASH_SEED, JSON.stringify(settings)).toString(16);
  const facts = openFactsCache({ folder: cacheFolderOf(home, root), engineVersion: `${version}-${settingsHash}` });
  return {
    facts,
    save: async paths => {
      const isNew = await facts.save(paths);
      if (isNew) await pruneCaches(home, facts.folder);
    },
    dispose: () => facts.dispose(),
  };
}
