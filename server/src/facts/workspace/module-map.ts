import { isKnownLibrary } from './known-libraries.ts';
import { topOf } from './outline/standard-library.ts';

/** A module or package of the workspace. */
export interface WorkspaceModule {
  /** Its file: `shop/http.py`, `shop/__init__.py`; undefined for a namespace package. */
  readonly path: string | undefined;
  /** Folder of its submodules, for packages; empty for the workspace root. */
  readonly folder: string | undefined;
}

/** Says which files module names mean. Depends on the paths of the workspace alone. */
export interface ModuleMap {
  /** The module that a dotted or relative name means in a file; undefined for libraries and where it is ambiguous. */
  find(from: string, module: string): WorkspaceModule | undefined;
  /** A submodule of a package. */
  child(parent: WorkspaceModule, name: string): WorkspaceModule | undefined;
  /**
   * The module that an absolute or relative symbol starts from (its first name, or the package of a relative one), with
   * what follows. `undefined`: it does not start in the workspace, or that can't be told.
   */
  start(from: string, symbol: string): { readonly module: WorkspaceModule; readonly rest: string } | undefined;
  /** Whether an absolute symbol, or some beginning of it, is the name of a module that is a file of the workspace. */
  holds(from: string, symbol: string): boolean;
  /** Whether an absolute symbol may start in the workspace, although {@link ModuleMap.start} can't say where. */
  mayStart(symbol: string): boolean;
}

/** Folders that hold packages without being one, beside the tests that import them. */
const SOURCE_FOLDERS: ReadonlySet<string> = new Set(['src', 'lib', 'python', 'source']);

/**
 * @param paths all Python files of the workspace
 * @param projects folders of projects: those of `pyproject.toml`, `setup.py`, `requirements.txt` and the like
 */
export function createModuleMap(paths: Iterable<string>, projects: Iterable<string>): ModuleMap {
  const files = new Set<string>();
  const folders = new Set<string>();
  for (const path of paths) {
    if (!path.endsWith('.py')) continue;
    files.add(path);
    for (let folder = folderOf(path); folder !== '' && !folders.has(folder); folder = folderOf(folder))
      folders.add(folder);
  }
  const isPackage = (folder: string): boolean => files.has(join(folder, '__init__.py'));
  const roots = findRoots(folders, isPackage, projects);
  const rootsByTop = new Map<string, readonly string[]>();
  const tops = new Map<string, WorkspaceModule | null>();
  /** Answers of {@link ModuleMap.holds}, by symbol: one map for all files of a folder. */
  const heldIn = new Map<string, Map<string, boolean>>();

  const child = (folder: string, name: string): WorkspaceModule | undefined => {
    const inner = join(folder, name);
    const init = join(inner, '__init__.py');
    if (files.has(init)) return { path: init, folder: inner };
    if (files.has(`${inner}.py`)) return { path: `${inner}.py`, folder: undefined };
    return folders.has(inner) ? { path: undefined, folder: inner } : undefined;
  };
  const rootsOf = (top: string): readonly string[] => {
    const known = rootsByTop.get(top);
    if (known) return known;
    const found = [...roots].filter(root => child(root, top) !== undefined);
    rootsByTop.set(top, found);
    return found;
  };
  const topLevel = (from: string, top: string): WorkspaceModule | undefined => {
    // What an absolute import means depends on the folder that it stands in.
    const question = `${folderOf(from)}\0${top}`;
    const known = tops.get(question);
    if (known !== undefined) return known ?? undefined;
    const found = findTop(from, top);
    tops.set(question, found ?? null);
    return found;
  };
  const findTop = (from: string, top: string): WorkspaceModule | undefined => {
    const root = nearestRoot(from, rootsOf(top));
    const found = root === undefined ? (besides(from, top) ?? elsewhere(top)) : child(root, top);
    // A library that is installed comes before a folder that is no package.
    return found?.path === undefined && isKnownLibrary(top) ? undefined : found;
  };
  /** A package that only one project has, imported from another one. */
  const elsewhere = (top: string): WorkspaceModule | undefined => {
    const [only, ...others] = rootsOf(top);
    const found = only === undefined || others.length > 0 || isKnownLibrary(top) ? undefined : child(only, top);
    return found?.folder !== undefined && found.path !== undefined ? found : undefined;
  };
  /** Scripts import their neighbours by name; whether a file is run as a script can't be seen. */
  const besides = (from: string, top: string): WorkspaceModule | undefined => {
    const folder = folderOf(from);
    return isPackage(folder) || isKnownLibrary(top) ? undefined : child(folder, top);
  };
  const relativeStart = (from: string, symbol: string): { module: WorkspaceModule; rest: string } | undefined => {
    const dots = /^\.+/.exec(symbol)?.[0].length ?? 0;
    let folder = folderOf(from);
    for (let up = 1; up < dots; up++) {
      if (folder === '') return undefined;
      folder = folderOf(folder);
    }
    const init = join(folder, '__init__.py');
    return { module: { path: files.has(init) ? init : undefined, folder }, rest: symbol.slice(dots) };
  };
  const absoluteStart = (from: string, symbol: string): { module: WorkspaceModule; rest: string } | undefined => {
    const top = topOf(symbol);
    const module = topLevel(from, top);
    return module && { module, rest: symbol.slice(top.length).replace(/^\./, '') };
  };
  const start: ModuleMap['start'] = (from, symbol) =>
    symbol.startsWith('.') ? relativeStart(from, symbol) : absoluteStart(from, symbol);
  const childOf: ModuleMap['child'] = (parent, name) =>
    parent.folder === undefined ? undefined : child(parent.folder, name);
  const find: ModuleMap['find'] = (from, module) => {
    const found = start(from, module);
    const names = found?.rest === '' ? [] : found?.rest.split('.');
    return names?.reduce<WorkspaceModule | undefined>((parent, name) => parent && childOf(parent, name), found?.module);
  };
  /**
   * Files of a folder have most of their modules in common. They are asked about after each edit, so that each finds the
   * answers under its own path: a text that names its folder would be made anew for every question.
   */
  const answersFor = (from: string): Map<string, boolean> => {
    const known = heldIn.get(from);
    if (known) return known;
    const folder = folderOf(from) + '/';
    const shared = heldIn.get(folder) ?? new Map<string, boolean>();
    heldIn.set(folder, shared);
    heldIn.set(from, shared);
    return shared;
  };
  const holds: ModuleMap['holds'] = (from, symbol) => {
    const held = answersFor(from);
    const known = held.get(symbol);
    if (known !== undefined) return known;
    const parts = symbol.split('.');
    const isHeld = parts.some((_, end) => find(from, parts.slice(0, end + 1).join('.'))?.path !== undefined);
    held.set(symbol, isHeld);
    return isHeld;
  };
  return {
    find,
    child: childOf,
    start,
    holds,
    mayStart: symbol => !isKnownLibrary(topOf(symbol)) && rootsOf(topOf(symbol)).length > 0,
  };
}

function findRoots(
  folders: ReadonlySet<string>,
  isPackage: (folder: string) => boolean,
  projects: Iterable<string>,
): ReadonlySet<string> {
  const roots = new Set(['']);
  for (const project of projects) {
    roots.add(project);
    for (const name of SOURCE_FOLDERS) if (folders.has(join(project, name))) roots.add(join(project, name));
  }
  for (const name of SOURCE_FOLDERS) if (folders.has(name)) roots.add(name);
  for (const folder of folders) {
    const parent = folderOf(folder);
    if (isPackage(folder) && !isPackage(parent)) roots.add(parent);
  }
  for (const root of roots) if (root !== '' && isPackage(root)) roots.delete(root);
  return roots;
}

/** The root that a file's imports start from: the nearest one above it. */
function nearestRoot(from: string, candidates: readonly string[]): string | undefined {
  const visible = candidates.filter(root => isWithin(from, visibleFrom(root)));
  if (visible.length === 0) return undefined;
  const depth = Math.max(...visible.map(root => visibleFrom(root).length));
  const nearest = visible.filter(root => visibleFrom(root).length === depth);
  return nearest.length === 1 ? nearest[0] : nearest.find(root => isWithin(from, root));
}

/** `services/shop/src` serves all of `services/shop`. */
function visibleFrom(root: string): string {
  const name = root.slice(root.lastIndexOf('/') + 1);
  return SOURCE_FOLDERS.has(name) ? folderOf(root) : root;
}

function isWithin(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
