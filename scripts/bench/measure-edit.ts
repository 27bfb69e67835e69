import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench, BenchWork } from './bench.ts';
import { writeModules } from './bench-files.ts';
import { startBenchServer } from './bench-server.ts';
import { percentile, type Figure } from './figure.ts';
import { CORE_PATH, coreModule, lateModule, type EditedModule } from './generate-code.ts';
import { runProbe } from './run-probe.ts';

/**
 * A generated workspace in which most modules reach one module over some steps, and many from asynchronous functions.
 * That module is edited so that it blocks, and back, and then one that few others reach. Time in the session: `change`,
 * `analyze`, `relate` and asking for all results. CPU of the server for an edit of the first module: all of its threads,
 * publishing what changed elsewhere included.
 */
export const editing: BenchWork = {
  name: 'edit',
  async run({ quick, scratch, scripts }: Bench) {
    const count = quick ? 60 : 4000;
    const root = scratch('edit');
    writeModules(root, count);
    const core: EditedModule = { path: CORE_PATH, texts: [coreModule(false), coreModule(true)] };
    const measure = async (name: string, module: EditedModule): Promise<Figure[]> => {
      const work = { kind: 'edit', root, ...module, edits: quick ? 4 : 30, threads: 2 } as const;
      const { times, changed } = await runProbe(scripts.probe, work);
      const note = `${count} files, ${changed} of them with other findings after the edit`;
      return [
        { name: `${name} p50`, value: percentile(times, 0.5), unit: 'ms', target: { atMost: 100 }, note },
        { name: `${name} p95`, value: percentile(times, 0.95), unit: 'ms' },
      ];
    };
    const figures = [...(await measure('edit', lateModule(count))), ...(await measure('edit for all', core))];
    const cpu = await cpuOfEdits(scripts.server, root, scratch('edit-cache'), quick ? 2 : 10);
    return [...figures, { name: 'edit for all, server CPU', value: cpu, unit: 'ms' }];
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
