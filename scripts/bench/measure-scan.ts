import { setTimeout as delay } from 'node:timers/promises';
import { findOnPath, mustRun, runCommand } from '../support/processes.ts';
import type { Bench, BenchWork } from './bench.ts';
import type { BenchFiles } from './bench-files.ts';
import type { Figure, Peer } from './figure.ts';
import { PYLINT_CHECKS, RUFF_RULES } from './peers.ts';
import { runProbe } from './run-probe.ts';

/** As many threads as the targets assume. */
const THREADS = 2;

/** A file that was written less than two seconds before is hashed by a warm scan, as the clock can't tell. */
const CLOCK_GRAIN = 2500;

/** Pylint needs an hour for a library. */
const PYLINT_FILES = 40;

/**
 * A scan of all files by a session in a new process, first with an empty cache, then, in another process, with the one
 * that it left. From the call of `scan` to its end: worker threads start within, the process before. The files are in
 * the system's memory. Ruff judges the same files in one thread of WebAssembly, reading included; executables on PATH
 * are run as a user would, without their caches and with two jobs where they have jobs.
 */
export const scanning: BenchWork = {
  name: 'scan',
  async run({ files, scratch, scripts }: Bench) {
    await delay(CLOCK_GRAIN);
    const work = { kind: 'scan', root: files.root, cacheFolder: scratch('cache'), threads: THREADS } as const;
    const cold = await runProbe(scripts.probe, work);
    const warm = await runProbe(scripts.probe, work);
    const { wall } = await runProbe(scripts.probe, { kind: 'ruff', root: files.root, paths: files.paths });
    const speed = (milliseconds: number, bytes = files.bytes): number => bytes / 1000 / milliseconds;
    const peers = [
      { name: 'ruff-wasm (1 thread)', value: speed(wall) },
      { name: 'ruff', value: await timeOf(ruffCommand(files), time => speed(time)) },
    ];
    const graph = await runProbe(scripts.probe, { kind: 'link', root: files.root, paths: files.paths });
    const share = (milliseconds: number): number => (milliseconds / (graph.alone + graph.outline + graph.link)) * 100;
    const figures: Figure[] = [
      {
        name: 'scan cold',
        value: speed(cold.wall),
        unit: 'MB/s',
        target: { atLeast: 6 },
        peers,
        note: `${seconds(cold.wall)} s, of CPU ${seconds(cold.cpu)} s in ${THREADS} threads and the main one; ${cold.findings} findings`,
      },
      { name: 'scan cold files', value: cold.files / (cold.wall / 1000), unit: 'files/s' },
      await againstPylint(files, speed(cold.wall)),
      {
        name: 'call graph / scan cold',
        value: share(graph.outline + graph.link),
        unit: '%',
        target: { atMost: 15 },
        note: `in one thread: outlines ${share(graph.outline).toFixed(0)} %, links and what blocks ${share(graph.link).toFixed(0)} %`,
      },
      {
        name: 'scan warm / cold',
        value: cold.wall / warm.wall,
        unit: 'x',
        target: { atLeast: 10 },
        note: `warm ${seconds(warm.wall)} s, of CPU ${seconds(warm.cpu)} s`,
      },
    ];
    return figures;
  },
};

async function againstPylint(files: BenchFiles, ours: number): Promise<Figure> {
  const step = Math.max(1, Math.floor(files.paths.length / PYLINT_FILES));
  const paths = files.paths.filter((_, index) => index % step === 0).slice(0, PYLINT_FILES);
  const pylint = findOnPath('pylint');
  const figure = { name: 'scan cold / pylint', unit: 'x', target: { atLeast: 20 } } as const;
  if (pylint === undefined) return { ...figure, value: undefined, note: 'pylint is not installed' };

  const checks = ['--disable=all', `--enable=${PYLINT_CHECKS.join(',')}`, '-j', String(THREADS), '--persistent=n'];
  const script = 'import os,sys; print(sum(os.path.getsize(p) for p in sys.argv[1:]))';
  const bytes = Number(await mustRun('measure files', 'python3', ['-c', script, ...paths], { cwd: files.root }));
  const command = [pylint, ...checks, ...paths] as const;
  const theirs = await timeOf({ command, cwd: files.root }, time => bytes / 1000 / time);
  const peers: Peer[] = [{ name: `pylint, ${paths.length} files, MB/s as`, value: theirs }];
  return { ...figure, value: theirs === undefined ? undefined : ours / theirs, peers };
}

interface Executable {
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
}

function ruffCommand({ root }: BenchFiles): Executable | undefined {
  const ruff = findOnPath('ruff');
  if (ruff === undefined) return undefined;
  const options = ['--isolated', '--no-cache', '--quiet', '--exit-zero', '--select', RUFF_RULES.join(',')];
  return { command: [ruff, 'check', ...options, '.'], cwd: root };
}

/** Pylint says with its exit code that it has found something; that it could not start, with 127. */
async function timeOf(
  executable: Executable | undefined,
  toFigure: (milliseconds: number) => number,
): Promise<number | undefined> {
  if (!executable) return undefined;
  const [program, ...args] = executable.command;
  const started = performance.now();
  const { code } = await runCommand(program, args, { cwd: executable.cwd });
  return code === 127 ? undefined : toFigure(performance.now() - started);
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}
