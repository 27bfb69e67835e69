import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { generateModules, SEED } from './generate-code.ts';

/** Which files are measured. */
export interface FileChoice {
  /** Folder of Python files; undefined: the library of `python3`, and generated code where there is none. */
  readonly folder: string | undefined;
  /** Whether tests take part. */
  readonly allFiles: boolean;
  /** No more than so many files, spread over all of them. */
  readonly limit: number;
}

/** Python files in a folder of their own, which holds nothing else. */
export interface BenchFiles {
  /** Absolute path. */
  readonly root: string;
  /** Where they come from, in words. */
  readonly source: string;
  /** Relative to the root, with `/`. */
  readonly paths: readonly string[];
  readonly bytes: number;
  readonly lines: number;
}

const LEFT_OUT = /(^|\/)(site-packages|__pycache__|node_modules|\.[^/]+)\//;
const TESTS = /(^|\/)(tests?|idle_test)\//;
const GENERATED_COUNT = 2000;

/**
 * Copies the files to measure into an empty folder.
 * @throws Error when there are none.
 */
export function gatherFiles(root: string, { folder, allFiles, limit }: FileChoice): BenchFiles {
  const library = folder ?? pythonLibrary();
  const source = library ?? 'generated code';
  if (library === undefined) writeModules(root, Math.min(limit, GENERATED_COUNT));
  else copyPython(library, root, path => !LEFT_OUT.test(path) && (allFiles || !TESTS.test(path)), limit);

  const paths = pythonIn(root);
  if (paths.length === 0) throw new Error(`There is no Python in ${source}.`);
  let bytes = 0;
  let lines = 0;
  for (const path of paths) {
    const content = readFileSync(join(root, path));
    bytes += content.length;
    for (let at = content.indexOf(10); at >= 0; at = content.indexOf(10, at + 1)) lines++;
  }
  return { root, source, paths, bytes, lines };
}

/** Writes a generated workspace into an empty folder. */
export function writeModules(root: string, count: number): void {
  for (const [path, text] of generateModules(count, SEED)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** The library of the Python on PATH; undefined without one. */
function pythonLibrary(): string | undefined {
  try {
    const script = 'import sysconfig; print(sysconfig.get_path("stdlib"))';
    return execFileSync('python3', ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

function copyPython(from: string, to: string, takesPart: (path: string) => boolean, limit: number): void {
  const found = pythonIn(from).filter(takesPart);
  const step = Math.max(1, found.length / limit);
  for (let at = 0; at < found.length; at += step) {
    const path = found[Math.floor(at)];
    if (path === undefined) continue;
    mkdirSync(dirname(join(to, path)), { recursive: true });
    copyFileSync(join(from, path), join(to, path));
  }
}

function pythonIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(path => path.split(sep).join('/'))
    .filter(path => path.endsWith('.py'))
    .sort();
}
