import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { buildBundles, bundleScript } from '../build/bundles.ts';
import { ROOT } from '../support/paths.ts';
import { gatherFiles, type FileChoice } from './bench-files.ts';
import type { Bench, BenchWork } from './bench.ts';
import { isReached, type Figure } from './figure.ts';
import { editing } from './measure-edit.ts';
import { scanning } from './measure-scan.ts';
import { running, starting } from './measure-server.ts';
import { typing } from './measure-typing.ts';

/** All that is measured. */
export const WORKS: readonly BenchWork[] = [typing, starting, running, scanning, editing];

/** How a benchmark is run. */
export interface BenchRequest extends FileChoice {
  readonly quick: boolean;
  /** Names of the works to run; empty: all. */
  readonly only: readonly string[];
}

/** Where it was measured. */
export interface Machine {
  readonly node: string;
  readonly platform: string;
  readonly cores: number;
  readonly cpu: string;
  /** Programs that wanted a core in the minute before; 0 where the system does not count them. */
  readonly load: number;
}

/** Everything that was measured, as it is written to a file. */
export interface BenchReport {
  readonly machine: Machine;
  readonly files: { readonly source: string; readonly count: number; readonly bytes: number; readonly lines: number };
  readonly figures: readonly (Figure & { readonly reached?: boolean })[];
}

/**
 * Builds the product into a folder of its own, measures it there, and removes the folder.
 * @param onWork called with the name of each work before it runs
 * @throws Error when there is nothing to measure, or a part of the product fails.
 */
export async function runBench(request: BenchRequest, onWork: (name: string) => void): Promise<BenchReport> {
  const scratch = mkdtempSync(join(tmpdir(), 'readiness-bench-'));
  const folderFor = (name: string): string => {
    const folder = join(scratch, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  };
  try {
    const machine = describeMachine();
    const files = gatherFiles(folderFor('files'), request);
    const scripts = await buildScripts(join(scratch, 'dist'));
    const bench: Bench = { quick: request.quick, files, scripts, scratch: folderFor };
    const figures: Figure[] = [];
    for (const work of WORKS) {
      if (request.only.length > 0 && !request.only.includes(work.name)) continue;
      onWork(work.name);
      figures.push(...(await work.run(bench)));
    }
    const { source, paths, bytes, lines } = files;
    return {
      machine,
      files: { source, count: paths.length, bytes, lines },
      figures: judged(figures),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function buildScripts(folder: string): Promise<Bench['scripts']> {
  await buildBundles({ minify: true, names: ['server', 'worker'], folder });
  const probe = join(folder, 'probe.js');
  await bundleScript(join(ROOT, 'scripts/bench/probe.ts'), probe, folder);
  return { server: join(folder, 'server.js'), probe };
}

function judged(figures: readonly Figure[]): BenchReport['figures'] {
  return figures.map(figure => {
    const reached = isReached(figure);
    return reached === undefined ? figure : { ...figure, reached };
  });
}

function describeMachine(): Machine {
  const cores = cpus();
  const cpu = `${cores[0]?.model ?? 'unknown'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB`;
  return { node: process.version, platform: process.platform, cores: cores.length, cpu, load: loadavg()[0] ?? 0 };
}
