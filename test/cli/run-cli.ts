import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { DIST } from '../../scripts/support/paths.ts';

/** How a call of the command line ended. */
export interface CliResult {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with the running process. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** Runs the built command line to its end, with a cache of its own. */
export async function runCli(words: readonly string[], { cwd, env = {}, onStart }: CliOptions): Promise<CliResult> {
  const cache = env['XDG_CACHE_HOME'] ?? cacheFolder();
  const child = spawn(process.execPath, [join(DIST, 'cli.js'), ...words], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cache, ...env, XDG_CACHE_HOME: cache },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (part: string) => (stdout += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (stderr += part));
  onStart?.(child);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, stdout, stderr };
}

/** A folder for the cache of several calls; removed when the test ends. */
export function cacheFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bookshop-cache-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
