import { cpSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench, BenchWork } from './bench.ts';
import type { BenchFiles } from './bench-files.ts';
import { startBenchServer, type BenchServer } from './bench-server.ts';
import { percentile, type Figure } from './figure.ts';
import { nearestTo } from './measure-typing.ts';

const NO_USAGE = 'this system has neither /proc nor ps';

/**
 * From the start of the process to the diagnostics of the document that is open from the start, in a folder with that
 * file alone; median over several starts. CPU is what the system has counted for the process at that moment.
 */
export const starting: BenchWork = {
  name: 'start',
  async run({ quick, files, scratch, scripts }: Bench) {
    const root = scratch('start');
    const path = nearestTo(files, 1000);
    const file = join(root, basename(path));
    cpSync(join(files.root, path), file);
    const text = readFileSync(file, 'utf8');
    const wall: number[] = [];
    const cpu: number[] = [];
    for (let start = 0; start < (quick ? 1 : 7); start++) {
      const started = performance.now();
      const server = await startBenchServer(scripts.server, root, scratch('start-cache'));
      await server.open(file, text);
      wall.push(performance.now() - started);
      cpu.push(server.usage()?.cpu ?? NaN);
      await server.stop();
    }
    const median = percentile(cpu, 0.5);
    const note = `${basename(path)}, median of ${wall.length}`;
    return [
      cpuFigure('start CPU', Number.isNaN(median) ? undefined : median, { atMost: 400 }, note),
      { name: 'start wall', value: percentile(wall, 0.5), unit: 'ms' },
    ];
  },
};

/**
 * One server on all files: resident memory of its process (it starts no others) once the scan has ended and it has been
 * quiet for a while, findings of files that are opened then, CPU while nothing happens at all. The time of an opened
 * file is from sending it to receiving its diagnostics, in a file of about 1,000 lines.
 */
export const running: BenchWork = {
  name: 'server',
  async run({ quick, files, scratch, scripts }: Bench) {
    const server = await startBenchServer(scripts.server, files.root, scratch('server-cache'));
    const first = join(files.root, nearestTo(files, 2600));
    await server.open(first, readFileSync(first, 'utf8'));
    await server.scanned();
    await delay(quick ? 500 : 5000);
    const resident = server.usage()?.resident;
    const times = await openSome(server, files, first, quick ? 2 : 20);
    const idle = await idleShare(server, quick ? 1000 : 10_000);
    await server.stop();
    const memory = resident === undefined ? undefined : resident / 1e6;
    return [
      { name: 'open p50', value: percentile(times, 0.5), unit: 'ms', target: { atMost: 50 } },
      { name: 'open p95', value: percentile(times, 0.95), unit: 'ms' },
      {
        name: 'memory after scan',
        value: memory,
        unit: 'MB',
        target: { atMost: 300 },
        note: memory === undefined ? NO_USAGE : `${files.lines} lines in ${files.paths.length} files`,
      },
      { name: 'idle', value: idle, unit: '%', target: { atMost: 0 }, ...(idle === undefined && { note: NO_USAGE }) },
    ];
  },
};

async function openSome(
  server: BenchServer,
  { root, paths }: BenchFiles,
  alreadyOpen: string,
  count: number,
): Promise<readonly number[]> {
  const bySize = paths
    .map(path => join(root, path))
    .filter(path => path !== alreadyOpen)
    .map(path => ({ path, text: readFileSync(path, 'utf8') }))
    .sort((left, right) => Math.abs(left.text.length - 40_000) - Math.abs(right.text.length - 40_000));
  const times: number[] = [];
  for (const { path, text } of bySize.slice(0, count)) {
    const started = performance.now();
    await server.open(path, text);
    times.push(performance.now() - started);
    // What follows from the opening elsewhere is not the next file's business.
    await delay(50);
  }
  return times;
}

async function idleShare(server: BenchServer, duration: number): Promise<number | undefined> {
  await delay(duration / 2);
  const before = server.usage();
  await delay(duration);
  const after = server.usage();
  return before && after && ((after.cpu - before.cpu) / duration) * 100;
}

function cpuFigure(name: string, value: number | undefined, target: { readonly atMost: number }, note: string): Figure {
  return { name, value, unit: 'ms', target, note: value === undefined ? NO_USAGE : note };
}
