import { join, relative } from 'node:path';
import type { CancellationToken } from '../core/cancellation.ts';
import { BASELINE_PATH } from '../engine/baseline/baseline.ts';
import { findGitRepository } from '../workspace/git-repository.ts';
import type { WorkspaceHost } from '../workspace/workspace-host.ts';

/** Size and time of each file that a review depends on, by its path relative to the root. */
export type FileStamps = ReadonlyMap<string, string>;

/** What decides which files take part. */
export interface StampedFiles {
  readonly exclude: readonly string[];
  /** Path of the configuration in force, relative to the root. */
  readonly configurationPath: string | undefined;
}

/** Under this path a session knows the index of git, wherever that lies. */
const INDEX_PATH = '.git/index';

/** Stamps all files as they are now, without reading them. Undefined when it was cancelled. */
export async function stampFiles(
  host: WorkspaceHost,
  { exclude, configurationPath }: StampedFiles,
  token: CancellationToken,
): Promise<FileStamps | undefined> {
  const { files, cancelled } = await host.listFiles(exclude, token);
  if (cancelled) return undefined;
  const besides = [BASELINE_PATH, ...(configurationPath === undefined ? [] : [configurationPath])];
  const places = new Map([...files, ...besides].map(path => [path, path]));
  const repository = findGitRepository(host.root);
  if (repository) places.set(INDEX_PATH, relative(host.root, join(repository.gitDir, 'index')));

  const stamps = [...places].map(async ([path, place]) => {
    const found = await host.stat(place);
    return found?.kind === 'file' ? ([path, `${found.size} ${found.modified}`] as const) : undefined;
  });
  return new Map((await Promise.all(stamps)).filter(stamp => stamp !== undefined));
}

/** Paths that appeared, changed or vanished between two looks, sorted. */
export function changedPaths(before: FileStamps, after: FileStamps): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter(path => before.get(path) !== after.get(path)).sort();
}
