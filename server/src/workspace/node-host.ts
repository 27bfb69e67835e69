import { existsSync, readFileSync, type Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CancellationToken } from '../core/cancellation.ts';
import { findGitRepository, readTextIfThere } from './git-repository.ts';
import {
  createFolderWalk,
  createPathFilter,
  type FolderState,
  type FolderWalk,
  type IgnoreSource,
} from './path-filter.ts';
import type { FileListing, FileStat, WorkspaceHost } from './workspace-host.ts';

/** Folders that are read at the same time; more only makes the disk seek. */
const FOLDERS_AT_ONCE = 16;

/** The files of a folder on disk. `root` may be relative to the working folder. */
export function createNodeHost(root: string): WorkspaceHost {
  const top = resolve(root);
  const toSystem = (path: string): string => (path === '' ? top : join(top, path));

  return {
    root: top,
    listFiles: (exclude, token) => listFiles(top, createFolderWalk(createIgnoreSource(top), exclude), token),
    pathFilter: exclude => createPathFilter(createFolderWalk(createIgnoreSource(top), exclude)),
    readBytes: path => readFile(toSystem(path)),
    readBytesNow: path => readFileSync(toSystem(path)),
    stat: path => statOf(toSystem(path)),
    exists: path => existsSync(toSystem(path)),
  };
}

function createIgnoreSource(root: string): IgnoreSource {
  const repository = findGitRepository(root);
  return {
    exists: path => existsSync(join(root, path)),
    ignoreFile: folder => readTextIfThere(join(root, folder, '.gitignore')),
    inherited:
      repository === undefined
        ? []
        : inheritedIgnoreFiles(repository.commonDir, repository.workTree, repository.folder),
    folderInRepository: repository?.folder ?? '',
  };
}

/** `info/exclude`, then the ignore files of the folders above the root, outermost first: later patterns win. */
function inheritedIgnoreFiles(commonDir: string, workTree: string, folder: string): { folder: string; text: string }[] {
  const segments = folder === '' ? [] : folder.split('/');
  const above = segments.map((_, depth) => segments.slice(0, depth).join('/'));
  const files = [
    { folder: '', path: join(commonDir, 'info', 'exclude') },
    ...above.map(parent => ({ folder: parent, path: join(workTree, parent, '.gitignore') })),
  ];
  return files.flatMap(file => {
    const text = readTextIfThere(file.path);
    return text === undefined ? [] : [{ folder: file.folder, text }];
  });
}

interface OpenFolder {
  readonly path: string;
  readonly state: FolderState;
}

async function listFiles(root: string, walk: FolderWalk, token: CancellationToken): Promise<FileListing> {
  const files: string[] = [];
  const unreadable: { path: string; reason: string }[] = [];
  const waiting: OpenFolder[] = [{ path: '', state: walk.root }];

  while (waiting.length > 0 && !token.isCancellationRequested) {
    const batch = waiting.splice(-FOLDERS_AT_ONCE);
    const entries = await Promise.all(batch.map(folder => readFolder(root, folder.path)));
    for (const [index, folder] of batch.entries()) {
      const content = entries[index];
      if (Array.isArray(content)) visitFolder(folder, content, walk, files, waiting);
      else if (content !== undefined) unreadable.push({ path: folder.path, reason: content.reason });
    }
  }

  return {
    files: files.sort(),
    unreadable: unreadable.sort((a, b) => (a.path < b.path ? -1 : 1)),
    cancelled: token.isCancellationRequested,
  };
}

async function readFolder(root: string, path: string): Promise<Dirent[] | { readonly reason: string }> {
  try {
    return await readdir(path === '' ? root : join(root, path), { withFileTypes: true });
  } catch (cause) {
    return { reason: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** Sorts what one folder holds into files found and folders to open. Links are left out: they lead to a file that is listed anyway, out of the root, or in circles. */
function visitFolder(
  folder: OpenFolder,
  entries: readonly Dirent[],
  walk: FolderWalk,
  files: string[],
  waiting: OpenFolder[],
): void {
  for (const entry of entries) {
    const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`;
    if (entry.isDirectory()) {
      const state = walk.enter(folder.state, path);
      if (state !== undefined) waiting.push({ path, state });
    } else if (entry.isFile() && !walk.leavesOut(folder.state, path)) {
      files.push(path);
    }
  }
}

async function statOf(path: string): Promise<FileStat | undefined> {
  try {
    const found = await stat(path);
    const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
    return { kind, size: kind === 'file' ? found.size : 0, modified: found.mtimeMs };
  } catch {
    // Not there, or behind a folder that may not be entered: for the analysis it is the same.
    return undefined;
  }
}
