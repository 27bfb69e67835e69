import type { Workspace } from '#rule-kit';

/** The files of a repository as questions about paths; `''` is its root. */
export interface RepositoryFiles {
  /** Sorted. */
  readonly files: readonly string[];
  /** Every folder that holds a file, itself or further down; sorted. */
  readonly folders: readonly string[];
  has(path: string): boolean;
  /** Names of files or folders directly inside a folder. */
  children(folder: string, kind: 'file' | 'folder'): readonly string[];
  /** Whether the path can't be told: it leads through a submodule or a symbolic link. */
  isBeyondReach(path: string): boolean;
}

/** Collects what is on disk and what git tracks: a workflow sees the latter, a path on disk is never called missing. */
export function collectRepositoryFiles(workspace: Workspace): RepositoryFiles {
  const files = new Set([...workspace.paths, ...(workspace.tracked ?? []).map(file => file.path)]);
  const folders = new Set<string>();
  const inside = new Map<string, { file: string[]; folder: string[] }>();

  function addChild(path: string, kind: 'file' | 'folder'): void {
    const slash = path.lastIndexOf('/');
    const parent = path.slice(0, Math.max(0, slash));
    const lists = inside.get(parent) ?? { file: [], folder: [] };
    inside.set(parent, lists);
    lists[kind].push(path.slice(slash + 1));
    if (parent !== '' && !folders.has(parent)) {
      folders.add(parent);
      addChild(parent, 'folder');
    }
  }
  for (const file of files) addChild(file, 'file');

  const submodules = findSubmodules(workspace);
  return {
    files: [...files].sort(),
    folders: [...folders].sort(),
    has: path => files.has(path) || folders.has(path) || workspace.exists(path),
    children: (folder, kind) => inside.get(folder)?.[kind] ?? [],
    isBeyondReach(path) {
      const above = ancestors(path);
      if (above.some(folder => submodules.has(folder))) return true;
      // On disk, but neither a folder of tracked files nor ignored: a link, or one that was excluded from the analysis.
      return above.some(folder => !folders.has(folder) && workspace.exists(folder));
    },
  };
}

function ancestors(path: string): string[] {
  const segments = path.split('/');
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
}

function findSubmodules(workspace: Workspace): ReadonlySet<string> {
  const text = workspace.readText('.gitmodules') ?? '';
  return new Set([...text.matchAll(/^\s*path\s*=\s*(.+?)\s*$/gm)].map(match => match[1] ?? ''));
}
