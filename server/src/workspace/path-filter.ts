import picomatch from 'picomatch';
import { isToolFolder } from './default-excludes.ts';
import { isIgnored, noIgnoreRules, withIgnoreFile, type IgnoreRules } from './ignore-rules.ts';
import type { PathFilter } from './workspace-host.ts';

/** What deciding about paths needs to know of the disk. Paths are relative to the workspace root. */
export interface IgnoreSource {
  exists(path: string): boolean;
  /** Text of the `.gitignore` of a folder, undefined without one. */
  ignoreFile(folder: string): string | undefined;
  /** Ignore files that hold for the whole root, from `.git/info/exclude` to those of the folders above it. */
  readonly inherited: readonly { readonly folder: string; readonly text: string }[];
  /** The root's folder in its repository; `''` at its top. */
  readonly folderInRepository: string;
}

/** Decides for folders and files one by one, from the root downwards; a listing and a single question share it. */
export interface FolderWalk {
  /** State of the root. */
  readonly root: FolderState;
  /** State of a folder inside an included one; undefined when the folder is not to be opened. */
  enter(parent: FolderState, path: string): FolderState | undefined;
  /** Whether a file directly inside an included folder is left out. */
  leavesOut(parent: FolderState, path: string): boolean;
}

/** Ignore rules that hold inside one folder. */
export interface FolderState {
  readonly rules: IgnoreRules;
}

/** Puts ignore files, default excludes and configured globs together. */
export function createFolderWalk(source: IgnoreSource, exclude: readonly string[]): FolderWalk {
  const prefix = source.folderInRepository === '' ? '' : `${source.folderInRepository}/`;
  const isExcluded = excludeMatcher(exclude);

  function withOwnIgnoreFile(rules: IgnoreRules, path: string): FolderState {
    const text = source.ignoreFile(path);
    if (text === undefined) return { rules };
    return { rules: withIgnoreFile(rules, (prefix + path).replace(/\/$/, ''), text) };
  }

  function isLeftOut(parent: FolderState, path: string, kind: 'file' | 'folder'): boolean {
    return isExcluded(path) || isIgnored(parent.rules, prefix + path, kind);
  }

  return {
    root: withOwnIgnoreFile(inheritedRules(source), ''),
    enter(parent, path) {
      if (isLeftOut(parent, path, 'folder') || isToolFolder(path, p => source.exists(p))) return undefined;
      return withOwnIgnoreFile(parent.rules, path);
    },
    leavesOut: (parent, path) => isLeftOut(parent, path, 'file'),
  };
}

/** A filter that remembers the folders it has seen. */
export function createPathFilter(walk: FolderWalk): PathFilter {
  const states = new Map<string, FolderState | undefined>([['', walk.root]]);

  function stateOf(folder: string): FolderState | undefined {
    if (states.has(folder)) return states.get(folder);
    const parent = stateOf(parentOf(folder));
    const state = parent && walk.enter(parent, folder);
    states.set(folder, state);
    return state;
  }

  return {
    includes(path) {
      const parent = stateOf(parentOf(path));
      return parent !== undefined && !walk.leavesOut(parent, path);
    },
  };
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function inheritedRules(source: IgnoreSource): IgnoreRules {
  const rules = source.inherited.reduce((sum, file) => withIgnoreFile(sum, file.folder, file.text), noIgnoreRules());
  // Who opens an ignored folder on purpose wants it reviewed.
  const rootItselfIsIgnored = source.folderInRepository !== '' && isIgnored(rules, source.folderInRepository, 'folder');
  return rootItselfIsIgnored ? noIgnoreRules() : rules;
}

function excludeMatcher(exclude: readonly string[]): (path: string) => boolean {
  const patterns = exclude
    .map(pattern => pattern.replace(/^\.?\//, '').replace(/\/+$/, ''))
    // A negated glob would exclude everything but its own matches, which nobody means.
    .filter(pattern => pattern !== '' && !pattern.startsWith('!'));
  return patterns.length === 0 ? () => false : picomatch(patterns, { dot: true });
}
