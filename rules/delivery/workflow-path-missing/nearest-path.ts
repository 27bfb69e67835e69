import { editDistance } from '#rule-kit';
import type { RepositoryFiles } from './repository-files.ts';

/** An existing path that a missing one may stand for. */
export interface NearestPath {
  readonly path: string;
  /** Whether it is the only one that comes into question. */
  readonly isClear: boolean;
  /** Whether it is meant beyond doubt: a slip of the finger, or a move that kept the folder that the file stands in. */
  readonly isObvious: boolean;
}

/** Folders whose content stands for itself; what is missing elsewhere was not moved there. */
const ASIDE =
  /(^|\/)(tests?|__tests__|fixtures?|testdata|examples?|samples?|demos?|templates?|vendor|third_party|node_modules)(\/|$)/i;
/** Names that every project has a folder of; another one of that name is no hint. */
const COMMON_FOLDERS = new Set([
  'src',
  'app',
  'apps',
  'lib',
  'libs',
  'test',
  'tests',
  'docs',
  'doc',
  'bin',
  'scripts',
  'config',
  'core',
  'utils',
  'api',
  'ci',
  'docker',
  'build',
  'deploy',
  'frontend',
  'backend',
  'web',
  'server',
  'client',
]);
/** Files that any folder may have one of: where only the name agrees, it belongs to something else. */
const COMMON_FILES =
  /^(dockerfile|makefile|readme\.md|package(-lock)?\.json|yarn\.lock|pnpm-lock\.yaml|poetry\.lock|uv\.lock|pipfile(\.lock)?|pyproject\.toml|requirements[\w.-]*\.(txt|in)|setup\.(py|cfg)|(docker-)?compose\.ya?ml|go\.(mod|sum)|cargo\.(toml|lock)|tsconfig\.json|__init__\.py)$/i;

/** Finds what a missing path was most likely meant to be: a slip in one name, or the same name in another folder. */
export function findNearestPath(
  missing: string,
  expected: 'file' | 'folder' | 'any',
  files: RepositoryFiles,
): NearestPath | undefined {
  const kinds = expected === 'any' ? (['file', 'folder'] as const) : [expected];
  const misspelt = kinds.flatMap(kind => findMisspelt(missing, kind, files));
  const moved = kinds.flatMap(kind => findMoved(missing, kind, files));

  const candidates = [...new Set([...misspelt, ...moved])];
  const [first] = candidates;
  if (first === undefined) return undefined;
  const isClear = candidates.length === 1;
  // One more file of a common name says little about where this one went.
  return { path: first, isClear, isObvious: isClear && (misspelt.includes(first) || commonTail(first, missing) > 1) };
}

/** Existing paths that differ from the missing one in a single name, by a slip of the finger. */
function findMisspelt(missing: string, kind: 'file' | 'folder', files: RepositoryFiles): string[] {
  const segments = missing.split('/');
  const depth = segments.findIndex((_, index) => !files.has(segments.slice(0, index + 1).join('/')));
  const wrong = segments[depth];
  if (wrong === undefined) return [];

  const parent = segments.slice(0, depth).join('/');
  const rest = segments.slice(depth + 1);
  const siblings = files.children(parent, rest.length > 0 ? 'folder' : kind);
  return siblings
    .filter(name => isSlip(wrong, name))
    .map(name => [...segments.slice(0, depth), name, ...rest].join('/'))
    .filter(path => rest.length === 0 || (kind === 'file' ? files.files : files.folders).includes(path));
}

/** Same-named paths in other folders; those that agree in most of their last names. */
function findMoved(missing: string, kind: 'file' | 'folder', files: RepositoryFiles): string[] {
  const name = missing.slice(missing.lastIndexOf('/') + 1);
  if (kind === 'folder' && COMMON_FOLDERS.has(name.toLowerCase())) return [];
  const all = kind === 'file' ? files.files : files.folders;
  const sameName = all.filter(path => path.endsWith(`/${name}`) || path === name);
  const plausible = ASIDE.test(missing) ? sameName : sameName.filter(path => !ASIDE.test(path));
  const agreement = plausible.map(path => commonTail(path, missing));
  const best = Math.max(0, ...agreement);
  if (kind === 'file' && best === 1 && COMMON_FILES.test(name)) return [];
  return plausible.filter((_, index) => agreement[index] === best);
}

function commonTail(left: string, right: string): number {
  const [a, b] = [left.split('/').reverse(), right.split('/').reverse()];
  const different = a.findIndex((segment, index) => segment !== b[index]);
  return different === -1 ? a.length : different;
}

/** Whether two names differ only in case, in `-` against `_`, or in a few letters of words that are long enough for that. */
function isSlip(wrong: string, right: string): boolean {
  const [a, b] = [plain(wrong), plain(right)];
  if (a.replaceAll('-', '') === b.replaceAll('-', '')) return true;
  // `v1` and `v2`, `orders_1.py` and `orders_2.py` are no slips of each other.
  if (digits(a) !== digits(b)) return false;
  const [words, others] = [a.split(/[-.]/), b.split(/[-.]/)];
  // Nor are `requirements-dev.txt` and `requirements-doc.txt`: a short word with another letter is another word.
  return words.length === others.length && words.every((word, index) => isSlipOfWord(word, others[index] ?? ''));
}

function isSlipOfWord(wrong: string, right: string): boolean {
  const allowed = wrong.length < 4 ? 0 : wrong.length < 8 ? 1 : 2;
  return editDistance(wrong, right, allowed + 1) <= allowed;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

function digits(name: string): string {
  return name.replace(/\D+/g, ' ').trim();
}
