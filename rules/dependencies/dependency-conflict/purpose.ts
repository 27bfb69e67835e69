/** What a requirements file or a group of dependencies is for. `''` is the runtime set; other words stand for themselves. */
export type Purpose = string;

const SYNONYMS: Readonly<Record<string, Purpose>> = {
  base: '',
  common: '',
  main: '',
  prod: '',
  production: '',
  runtime: '',
  app: '',
  core: '',
  all: '',
  full: '',
  develop: 'dev',
  development: 'dev',
  local: 'dev',
  tests: 'test',
  testing: 'test',
  ci: 'test',
  doc: 'docs',
  documentation: 'docs',
};
const FILE_WORDS = new Set(['requirements', 'requirement', 'constraints', 'constraint', 'lock', 'compiled', 'pinned']);
/** Folders whose name says what their requirements are for. */
const FOLDERS = new Set(['dev', 'development', 'test', 'tests', 'testing', 'doc', 'docs', 'documentation']);
/** Folders that hold nothing but requirements, each file with a purpose of its own. */
const REQUIREMENT_FOLDERS = new Set(['requirements', 'requirement', 'reqs']);
/** Sets that are installed into the same environment as the runtime set. */
const BESIDE_RUNTIME = new Set(['dev', 'test']);
/** Sets that have an environment of their own more often than not. */
const APART = new Set([
  'docs',
  'lint',
  'linting',
  'style',
  'format',
  'typing',
  'types',
  'mypy',
  'build',
  'release',
  'tools',
]);

/** Sets for one old, new or otherwise special environment. */
const VARIANT = /\d|^(?:min|minimum|minimal|lowest|oldest|legacy|latest|nightly|upstream)$/;

/** Folder of a path; empty for the workspace root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Whether a folder is one for requirements files alone. */
export function isRequirementsFolder(folder: string): boolean {
  return REQUIREMENT_FOLDERS.has(lastSegment(folder));
}

/** Whether a folder's name says what the requirements in it are for. */
export function isPurposeFolder(folder: string): boolean {
  return FOLDERS.has(lastSegment(folder));
}

/** What a requirements or constraints file is for, by its name, else by its folder's. */
export function purposeOfFile(path: string): Purpose {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const words = name
    .replace(/\.(?:txt|in)$/, '')
    .split(/[-_.]/)
    .filter(word => word !== '' && !FILE_WORDS.has(word));
  const folder = folderOf(path);
  const written = words.length === 0 && isPurposeFolder(folder) ? lastSegment(folder) : words.join('-');
  return purposeOfGroup(written);
}

/** What an extra or a dependency group is for. */
export function purposeOfGroup(group: string): Purpose {
  return SYNONYMS[group] ?? group;
}

/** Whether a requirements file of one purpose has to agree with a group of the project; undefined is the runtime set. */
export function hasToAgree(file: Purpose, group: string | undefined): boolean {
  if (group === undefined) return !APART.has(file) && !file.split('-').some(word => VARIANT.test(word));
  return file !== '' && purposeOfGroup(group) === file;
}

/** Whether a set is installed on top of the runtime set, even if nothing says so. */
export function isBesideRuntime(purpose: Purpose): boolean {
  return BESIDE_RUNTIME.has(purpose);
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}
