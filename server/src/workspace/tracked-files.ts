import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { mergeSharedIndex, parseGitIndex, type GitIndex, type GitIndexEntry } from './git-index.ts';
import { findGitRepository, readTextIfThere } from './git-repository.ts';
import type { TrackedFile } from '../core/workspace.ts';

/** Indexes above this size are not read: it takes a repository of some million files. */
const MAX_INDEX_BYTES = 300_000_000;

/** What git tracks below one folder. */
export type TrackedFiles =
  | { readonly kind: 'noRepository' }
  /** `reason` is a sentence for the user. */
  | { readonly kind: 'unreadable'; readonly reason: string; readonly folderInRepository: string }
  | {
      readonly kind: 'tracked';
      /** Files and symbolic links, relative to the folder, sorted by path. */
      readonly files: readonly TrackedFile[];
      /** Where the folder lies in its repository; `''` for its top. */
      readonly folderInRepository: string;
      /** Absolute path of the index file: when it changes, this answer is old. */
      readonly indexPath: string;
    };

/** Reads the git index of the repository around an absolute folder, without running git. Never throws. */
export function readTrackedFiles(root: string): TrackedFiles {
  const repository = findGitRepository(root);
  if (repository === undefined) return { kind: 'noRepository' };

  const indexPath = join(repository.gitDir, 'index');
  const folderInRepository = repository.folder;
  // A repository in which nothing was ever added has no index.
  if (statSync(indexPath, { throwIfNoEntry: false }) === undefined) {
    return { kind: 'tracked', files: [], folderInRepository, indexPath };
  }

  const hashBytes = usesSha256(repository.commonDir) ? 32 : 20;
  const index = readWithShared(indexPath, repository.gitDir, hashBytes);
  if (index.kind === 'unreadable') {
    return { kind: 'unreadable', reason: `The git index ${index.reason}.`, folderInRepository };
  }
  return { kind: 'tracked', files: filesBelow(index.entries, folderInRepository), folderInRepository, indexPath };
}

/** A reader for one folder that reads the index again only when its file has changed. */
export function trackedFilesOf(root: string): () => TrackedFiles {
  let last: { readonly files: TrackedFiles; readonly stamp: string | undefined } | undefined;
  return () => {
    const stamp = last?.files.kind === 'tracked' ? stampOf(last.files.indexPath) : undefined;
    if (last && stamp !== undefined && stamp === last.stamp) return last.files;
    const files = readTrackedFiles(root);
    // The stamp of before the reading: a change during it must not pass for known. The first reading has none.
    last = { files, stamp };
    return files;
  };
}

/** Git replaces the index by a new file, so its number and time tell versions apart. */
function stampOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stat && `${stat.ino} ${stat.size} ${stat.mtimeNs}`;
}

function readWithShared(indexPath: string, gitDir: string, hashBytes: 20 | 32): GitIndex {
  const own = readIndex(indexPath, hashBytes);
  if (own.kind === 'unreadable' || own.shared === undefined) return own;
  // A link of zeros means that nothing is shared.
  if (/^0+$/.test(own.shared.hash)) return own;

  const shared = readIndex(join(gitDir, `sharedindex.${own.shared.hash}`), hashBytes);
  if (shared.kind === 'unreadable')
    return { kind: 'unreadable', reason: `is split, and its shared part ${shared.reason}` };
  return { kind: 'index', entries: mergeSharedIndex(own.entries, shared.entries, own.shared), shared: undefined };
}

function readIndex(path: string, hashBytes: 20 | 32): GitIndex {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > MAX_INDEX_BYTES) return { kind: 'unreadable', reason: 'is too large' };
  try {
    return parseGitIndex(readFileSync(path), hashBytes);
  } catch (cause) {
    return { kind: 'unreadable', reason: `can't be read (${cause instanceof Error ? cause.message : String(cause)})` };
  }
}

function filesBelow(entries: readonly GitIndexEntry[], folder: string): TrackedFile[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const paths = new Set<string>();
  for (const { path, kind } of entries) {
    const isFile = kind === 'file' || kind === 'link';
    if (isFile && path.startsWith(prefix)) paths.add(path.slice(prefix.length));
  }
  return [...paths].sort().map(path => ({ path }));
}

function usesSha256(commonDir: string): boolean {
  return /^\s*objectformat\s*=\s*sha256\s*$/im.test(readTextIfThere(join(commonDir, 'config')) ?? '');
}
