import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Place, Review } from '../report/review.ts';
import { UsageError } from './usage-error.ts';

const run = promisify(execFile);

/** Enough for the diff of a large branch; git's output beyond it is an error. */
const MAX_OUTPUT = 512 * 1024 * 1024;

/** 0-based lines, `end` being the first one after. */
interface LineSpan {
  readonly start: number;
  readonly end: number;
}

/** Lines that changed, by absolute path; `all` for a file that is new. */
export type ChangedLines = ReadonlyMap<string, readonly LineSpan[] | 'all'>;

/**
 * Lines below a folder that differ from the commit at which its branch left `reference`, uncommitted changes and
 * untracked files included.
 * @throws UsageError when git is not there, the folder is in no repository, or there is no such commit
 */
export async function findChangedLines(root: string, reference: string): Promise<ChangedLines> {
  const base = await branchPoint(root, reference);
  const options = [
    '--unified=0',
    '--relative',
    '--no-color',
    '--no-ext-diff',
    '--no-renames',
    '--src-prefix=a/',
    '--dst-prefix=b/',
  ];
  const diff = await git(root, ['-c', 'core.quotePath=false', 'diff', ...options, base, '--']);
  const untracked = await git(root, ['ls-files', '--others', '--exclude-standard', '-z']);
  const changed = new Map<string, readonly LineSpan[] | 'all'>();
  for (const [path, spans] of parseDiff(diff)) changed.set(join(root, path), spans);
  for (const path of untracked.split('\0')) if (path !== '') changed.set(join(root, path), 'all');
  return changed;
}

/** The review without findings on lines that did not change; outcomes and score stay those of the whole. */
export function onlyChanged(review: Review, changed: ChangedLines): Review {
  return {
    ...review,
    findings: review.findings.filter(finding => isChanged(finding, changed)),
    accepted: review.accepted.filter(({ reported }) => isChanged(reported, changed)),
  };
}

/** Spans of new lines by path, from a diff without context. */
export function parseDiff(diff: string): ReadonlyMap<string, readonly LineSpan[]> {
  const files = new Map<string, LineSpan[]>();
  let spans: LineSpan[] = [];
  // Lines of code begin with `+`, `-` or `\` in a diff, so only `+++` can be mistaken, for a line that begins with `++`.
  let left = 0;
  for (const line of diff.split('\n')) {
    if (left > 0) {
      left--;
      continue;
    }
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (hunk) {
      const [, removed = '1', start = '1', added = '1'] = hunk;
      left = Number(removed) + Number(added);
      const first = Number(start) - 1;
      if (Number(added) > 0) spans.push({ start: first, end: first + Number(added) });
    } else if (line.startsWith('+++ ')) {
      spans = [];
      // A tab ends a path that has blanks.
      const path = unquote(line.slice('+++ '.length).replace(/\t$/, ''));
      if (path.startsWith('b/')) files.set(path.slice('b/'.length), spans);
    }
  }
  return files;
}

function isChanged({ absolute, start, end }: Place, changed: ChangedLines): boolean {
  const spans = changed.get(absolute);
  if (spans === undefined || spans === 'all') return spans === 'all';
  return spans.some(span => span.start <= end.line && start.line < span.end);
}

async function branchPoint(root: string, reference: string): Promise<string> {
  // A reference that looks like an option must not become one.
  const known = reference.startsWith('-') ? undefined : await commitOf(root, reference);
  if (known === undefined) throw new UsageError(`--changed-since: there is no commit ${reference} here.`);
  try {
    return (await git(root, ['merge-base', known, 'HEAD'])).trim();
  } catch (cause) {
    // A shallow clone does not know where the branches met.
    if (cause instanceof UsageError) return known;
    throw cause;
  }
}

async function commitOf(root: string, reference: string): Promise<string | undefined> {
  try {
    return (await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`])).trim();
  } catch (cause) {
    if (cause instanceof UsageError && cause.cause instanceof Error && 'code' in cause.cause && cause.cause.code === 1)
      return undefined;
    throw cause;
  }
}

async function git(root: string, words: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run('git', words, { cwd: root, maxBuffer: MAX_OUTPUT });
    return stdout;
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
    const why = isMissing ? 'git is not installed' : said || 'git failed';
    throw new UsageError(`--changed-since needs git: ${why}.`, { cause });
  }
}

/** Git puts a path in quotes when it holds a quote, a backslash or a control character. */
function unquote(path: string): string {
  if (!path.startsWith('"')) return path;
  const bytes: number[] = [];
  for (const [token] of path.slice(1, -1).matchAll(/\\[0-7]{3}|\\.|[^\\]+/gs)) {
    if (/^\\[0-7]/.test(token)) bytes.push(parseInt(token.slice(1), 8));
    else bytes.push(...Buffer.from(token.startsWith('\\') ? (ESCAPES[token[1] ?? ''] ?? token.slice(1)) : token));
  }
  return Buffer.from(bytes).toString('utf8');
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r' };
