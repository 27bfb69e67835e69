import { copyFileSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Bench, BenchWork } from './bench.ts';
import type { BenchFiles } from './bench-files.ts';
import { percentile, type Figure, type Peer } from './figure.ts';
import type { Sample } from './probe-work.ts';
import { runProbe } from './run-probe.ts';

/** The file that DESIGN speaks of has 2,600 lines. */
const WANTED_LINES = 2600;

/**
 * Time from a keystroke to the findings of the file: `change` and `analyze` of a session that has scanned the file's
 * folder, all rules on, statements typed and partly taken back at seeded places of the file nearest to 2,600 lines.
 * Ruff judges the same text after each keystroke, in the same process. Wall clock; on a
 * busy machine the CPU time in the note says more.
 */
export const typing: BenchWork = {
  name: 'keystroke',
  async run({ quick, files, scratch, scripts }: Bench) {
    const path = nearestTo(files, WANTED_LINES);
    const root = scratch('typing');
    const name = basename(path);
    copyFileSync(join(files.root, path), join(root, name));
    const work = { kind: 'type', root, path: name, keystrokes: quick ? 20 : 400 } as const;
    const { ours, ruff } = await runProbe(scripts.probe, work);
    const typed = ours.map(({ wall }) => wall);
    const judged = ruff.map(({ wall }) => wall);
    const peer = (share: number): readonly Peer[] => [{ name: 'ruff-wasm', value: percentile(judged, share) }];
    const note = `${name}, ${linesOf(join(files.root, path))} lines, ${ours.length} keystrokes; CPU of one ${meanCpu(ours)} ms, ruff-wasm ${meanCpu(ruff)} ms`;
    const p50 = percentile(typed, 0.5);
    const p95 = percentile(typed, 0.95);
    const figures: Figure[] = [
      { name: 'keystroke p50', value: p50, unit: 'ms', target: { atMost: 6 }, peers: peer(0.5), note },
      { name: 'keystroke p95', value: p95, unit: 'ms', target: { atMost: 16 }, peers: peer(0.95) },
      { name: 'keystroke / ruff-wasm', value: p50 / percentile(judged, 0.5), unit: 'x', target: { atMost: 0.5 } },
    ];
    return figures;
  },
};

/** Path of the file whose number of lines is nearest. */
export function nearestTo({ root, paths }: BenchFiles, lines: number): string {
  const distances = paths.map(path => ({ path, distance: Math.abs(linesOf(join(root, path)) - lines) }));
  return distances.reduce((best, next) => (next.distance < best.distance ? next : best)).path;
}

function linesOf(file: string): number {
  return readFileSync(file, 'utf8').split('\n').length - 1;
}

function meanCpu(samples: readonly Sample[]): string {
  return (samples.reduce((sum, { cpu }) => sum + cpu, 0) / samples.length).toFixed(1);
}
