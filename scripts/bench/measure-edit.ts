import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench, BenchWork } from './bench.ts';
import { writeModules } from './bench-files.ts';
import { startBenchServer } from './bench-server.ts';
import { percentile, type Figure } from './figure.ts';
import { CORE_PATH, coreModule } from './generate-code.ts';
import { runProbe } from './run-probe.ts';

/**
 * A generated workspace in which most modules reach one module over some steps, and many from asynchronous functions.
 * That module is edited so that it blocks, and back. Time in the session: `change`, `analyze`, `relate` and
 * asking for all results. CPU of the server for the same edit: all of its threads, publishing what changed elsewhere included.
 */
export const editing: BenchWork = {
  name: 'edit',
  async run({ quick, scratch, scripts }: Bench) {
    const count = quick ? 60 : 4000;
    const root = scratch('edit');
    writeModules(root, count);
    const work = { kind: 'edit', root, edits: quick ? 4 : 30, threads: 2 } as const;
    const { times, changed } = await runProbe(scripts.probe, work);
    const cpu = await cpuOfEdits(scripts.server, root, scratch('edit-cache'), quick ? 2 : 10);
    const figures: Figure[] = [
      {
        name: 'edit p50',
        value: percentile(times, 0.5),
        unit: 'ms',
        target: { atMost: 100 },
        note: `${count} files, ${changed} of them with other findings after the edit`,
      },
      { name: 'edit p95', value: percentile(times, 0.95), unit: 'ms' },
      { name: 'edit server CPU', value: cpu, unit: 'ms' },
    ];
    return figures;
  },
};

/** Mean CPU milliseconds of an edit. */
async function cpuOfEdits(script: string, root: string, cacheHome: string, edits: number): Promise<number | undefined> {
  const server = await startBenchServer(script, root, cacheHome);
  const core = join(root, CORE_PATH);
  await server.open(core, coreModule(false));
  await server.scanned();
  await delay(1000);
  const before = server.usage();
  for (let version = 2; version < edits + 2; version++) {
    await server.change(core, version, coreModule(version % 2 === 0));
    await delay(400);
  }
  const after = server.usage();
  await server.stop();
  return before && after && (after.cpu - before.cpu) / edits;
}
