import { existsSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { CONFIGURATION_FILES, isConfiguration } from '../engine/settings/configuration-files.ts';
import { readText } from './read-text.ts';
import { UsageError } from './usage-error.ts';

/** A file or folder that the user named, inside its workspace root. */
export interface Target {
  /** As the user wrote it. */
  readonly given: string;
  readonly kind: 'file' | 'folder';
  /** Relative to the root, forward slashes; empty for the root itself. */
  readonly path: string;
}

/** A workspace root with what the user named of it. */
export interface Selection {
  /** Absolute path, links resolved. */
  readonly root: string;
  readonly targets: readonly Target[];
}

/**
 * Finds the workspace root of each path, and puts paths of one root together, in the order of the command line.
 * @throws UsageError when a path does not exist or can't be read
 */
export async function selectRoots(paths: readonly string[], cwd: string): Promise<readonly Selection[]> {
  const byRoot = new Map<string, Target[]>();
  for (const given of paths) {
    const { absolute, kind } = await resolvePath(given, cwd);
    const root = await findRoot(kind === 'folder' ? absolute : dirname(absolute));
    const target = { given, kind, path: relative(root, absolute).split(sep).join('/') };
    const targets = byRoot.get(root);
    if (targets) targets.push(target);
    else byRoot.set(root, [target]);
  }
  return [...byRoot].map(([root, targets]) => ({ root, targets }));
}

/** Whether the user asked for a file. `path` is relative to the root. */
export function isSelected(selection: Selection, path: string): boolean {
  return selection.targets.some(
    target => target.path === '' || target.path === path || path.startsWith(`${target.path}/`),
  );
}

async function resolvePath(given: string, cwd: string): Promise<{ absolute: string; kind: Target['kind'] }> {
  const path = resolve(cwd, given);
  try {
    const absolute = await realpath(path);
    const found = await stat(absolute);
    if (found.isDirectory()) return { absolute, kind: 'folder' };
    if (found.isFile()) return { absolute, kind: 'file' };
  } catch (cause) {
    const isMissing =
      cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
    const reason = isMissing ? 'There is no such file or folder' : "It can't be read";
    throw new UsageError(`${reason}: ${given}`, { cause });
  }
  throw new UsageError(`Neither a file nor a folder: ${given}`);
}

async function findRoot(start: string): Promise<string> {
  for (let folder = start; ; folder = dirname(folder)) {
    if (await isRoot(folder)) return folder;
    if (dirname(folder) === folder) return start;
  }
}

async function isRoot(folder: string): Promise<boolean> {
  if (existsSync(join(folder, '.git'))) return true;
  for (const path of CONFIGURATION_FILES) {
    const text = await readText(join(folder, path));
    if (text !== undefined && (await isConfiguration({ path, text }))) return true;
  }
  return false;
}
