import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** How a command ended, with everything it printed. */
export interface CommandResult {
  readonly code: number;
  readonly output: string;
}

/**
 * Runs a command to its end and returns its exit code and output; a command that can't start has the code 127.
 * With a `timeout` in its options it is ended when that is over.
 */
export function runCommand(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<CommandResult> {
  return new Promise(resolve => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', error => {
      resolve({ code: 127, output: error.message });
    });
    child.once('close', (code, signal) => {
      resolve({ code: code ?? 1, output: signal === null ? output : `${output}\nIt was ended by ${signal}.` });
    });
  });
}

/** Runs a command that must succeed; otherwise throws with what was wanted and what it printed. */
export async function mustRun(
  purpose: string,
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<string> {
  const { code, output } = await runCommand(command, args, options);
  if (code === 0) return output;
  throw new Error(`Could not ${purpose}: \`${[command, ...args].join(' ')}\` ended with ${code}.\n${output.trim()}`);
}

/** The npm that started us, or else the one on PATH, as a command with its first arguments. */
export function npmCommand(): readonly [string, ...string[]] {
  const script = process.env['npm_execpath'];
  return script?.endsWith('.js') ? [process.execPath, script] : ['npm'];
}

/** The full path of a program on PATH. */
export function findOnPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(folder => folder !== '');
  return folders.map(folder => join(folder, name)).find(path => existsSync(path));
}

/** Ends a process that was started `detached`, and all that it started: politely first, then for good. */
export async function stopGroup(child: ChildProcess, patience = 3000): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;

  const ended = new Promise<void>(resolve => {
    child.once('exit', () => {
      resolve();
    });
  });
  signalGroup(child.pid, 'SIGTERM');
  await Promise.race([ended, delay(patience, undefined, { ref: false })]);
  signalGroup(child.pid, 'SIGKILL');
}

/** Leaves no group behind when this process exits in a hurry. */
export function killGroupAtExit(child: ChildProcess): void {
  const kill = (): void => {
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
  };
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // The group may have ended by itself meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Calls `stop` once when the user or the system ends this process, then exits with `code`. */
export function onInterrupt(stop: () => Promise<void>, code = 130): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void stop().finally(() => process.exit(code));
    });
  }
}
