import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** Where git keeps the data of the repository that a folder belongs to. All paths are absolute. */
export interface GitRepository {
  /** Top folder of the checked-out files. */
  readonly workTree: string;
  /** Data of this work tree, its index among them. */
  readonly gitDir: string;
  /** Data that all work trees share: configuration, `info/exclude`. The same as `gitDir` without linked work trees. */
  readonly commonDir: string;
  /** The folder asked for, relative to `workTree`, with forward slashes; empty when they are the same. */
  readonly folder: string;
}

/** Finds the repository around a folder, without running git. Undefined when there is none. Never throws. */
export function findGitRepository(folder: string): GitRepository | undefined {
  const start = resolve(folder);
  for (let current = start; ; current = dirname(current)) {
    const gitDir = findGitDirectory(join(current, '.git'));
    if (gitDir !== undefined) {
      const inside = relative(current, start).split(sep).join('/');
      return { workTree: current, gitDir, commonDir: findCommonDirectory(gitDir), folder: inside };
    }
    if (dirname(current) === current) return undefined;
  }
}

/** Text of a file, or undefined when it can't be read. */
export function readTextIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** A `.git` folder stands for itself; a `.git` file (work trees, submodules) says where the folder is. */
function findGitDirectory(dotGit: string): string | undefined {
  const stat = statSync(dotGit, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  if (stat.isDirectory()) return isGitDirectory(dotGit) ? dotGit : undefined;

  const target = /^gitdir: (.+?)[\r\n]*$/.exec(readTextIfThere(dotGit) ?? '')?.[1];
  if (target === undefined) return undefined;
  const gitDir = isAbsolute(target) ? target : resolve(dirname(dotGit), target);
  return isGitDirectory(gitDir) ? gitDir : undefined;
}

function isGitDirectory(path: string): boolean {
  return statSync(join(path, 'HEAD'), { throwIfNoEntry: false })?.isFile() === true;
}

function findCommonDirectory(gitDir: string): string {
  const written = readTextIfThere(join(gitDir, 'commondir'))?.trim();
  if (written === undefined || written === '') return gitDir;
  return isAbsolute(written) ? written : resolve(gitDir, written);
}
