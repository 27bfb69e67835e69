import type { Workspace, WorkflowPathFact } from '#rule-kit';
import { findNearestPath, type NearestPath } from './nearest-path.ts';
import { compileGlob, hasWildcard, literalFolder } from './path-glob.ts';
import type { RepositoryFiles } from './repository-files.ts';

/** What became of a path. `unknown`: nothing is said about it. */
export type PathJudgement =
  | { readonly kind: 'found' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'missing'; readonly nearest: NearestPath | undefined };

/** Names of folders and files that builds, tests and tools make. */
const OUTPUT =
  /(^|\/)(dist|build|out|output|outputs|target|coverage|htmlcov|node_modules|\.?venv|\.cache|\.next|\.nuxt|tmp|temp|artifacts?|reports?|_?site|public|storybook-static|playwright-report|test-results|results|logs?|coverage\.\w+|\.coverage|wheelhouse|generated|bin|obj)(\/|$)/i;

/** Judges one path of a workflow against the files of the repository. */
export function judgePath(fact: WorkflowPathFact, files: RepositoryFiles, workspace: Workspace): PathJudgement {
  // The folder itself is reported where it is named.
  if (fact.base !== '' && !files.has(fact.base)) return { kind: 'unknown' };

  const patterns = [fact.path, ...fact.alternatives];
  const matches = patterns.map(pattern => isThere(pattern, fact.wildcards, files));
  if (matches.includes(true)) return { kind: 'found' };
  if (matches.includes(undefined) || patterns.some(pattern => isMadeOrIgnored(pattern, files, workspace)))
    return { kind: 'unknown' };

  const nearest = findNearest(fact, files);
  const isCertain = !fact.mayBeCreated && !fact.optional && !isOpenPattern(fact, files);
  return isCertain || nearest?.isClear === true ? { kind: 'missing', nearest } : { kind: 'unknown' };
}

/** Whether a path or pattern leads to something; undefined for a pattern that can't be read. */
function isThere(
  pattern: string,
  wildcards: WorkflowPathFact['wildcards'],
  files: RepositoryFiles,
): boolean | undefined {
  if (wildcards === 'none' || !hasWildcard(pattern)) return files.has(pattern);
  const matches = compileGlob(pattern, wildcards);
  return matches && (files.files.some(matches) || files.folders.some(matches));
}

function isMadeOrIgnored(pattern: string, files: RepositoryFiles, workspace: Workspace): boolean {
  const example = pattern.replace(/\*\*\//g, '').replace(/\*+/g, 'x');
  const folder = literalFolder(pattern);
  const isIgnored = [example, folder].some(path => path !== '' && workspace.isIgnored(path));
  return isIgnored || OUTPUT.test(missingPart(pattern, files)) || (folder !== '' && files.isBeyondReach(folder));
}

/** The names at the end of a path that are not there. */
function missingPart(path: string, files: RepositoryFiles): string {
  const segments = path.split('/');
  const depth = segments.findIndex((_, index) => !files.has(segments.slice(0, index + 1).join('/')));
  return segments.slice(Math.max(0, depth)).join('/');
}

/** A trigger such as `**.sql` or `src/*.proto` that waits for files to come: its folder is there. */
function isOpenPattern(fact: WorkflowPathFact, files: RepositoryFiles): boolean {
  if (fact.use !== 'trigger' || !hasWildcard(fact.path)) return false;
  const folder = literalFolder(fact.path);
  return folder === '' || files.has(folder);
}

function findNearest(fact: WorkflowPathFact, files: RepositoryFiles): NearestPath | undefined {
  if (fact.wildcards === 'none' || !hasWildcard(fact.path)) return findNearestPath(fact.path, fact.expected, files);

  const folder = literalFolder(fact.path);
  if (folder === '' || files.has(folder)) return undefined;
  const nearest = findNearestPath(folder, 'folder', files);
  const path = nearest && nearest.path + fact.path.slice(folder.length);
  return nearest !== undefined && path !== undefined && isThere(path, fact.wildcards, files) === true
    ? { ...nearest, path }
    : undefined;
}
