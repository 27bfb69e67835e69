import { join } from 'node:path';
import type { Settings } from '../../core/settings.ts';
import type { ScanRequest } from '../scan/scan-files.ts';
import type { WorkerAnswer } from '../scan/worker-answer.ts';
import type { WorkerInput } from '../scan/worker-input.ts';
import { openPool, type WorkerPool } from '../scan/worker-pool.ts';
import type { RootFiles } from './root-files.ts';
import type { SessionCache } from './session-cache.ts';
import type { SessionOptions } from './session-options.ts';

/**
 * Megabytes for the youngest objects of a worker. What a file leaves behind is garbage at the next one, so that more than
 * this brings nothing but memory: 70 MB over two threads, at the same speed.
 */
const YOUNG_GENERATION = 8;

/** The workers of a scan: they know the settings of this moment. */
export function openScanPool(
  { root, assetFolder, jobs }: SessionOptions,
  settings: Settings,
): WorkerPool<WorkerAnswer> {
  const worker: WorkerInput = { root, settings, assetFolder };
  return openPool({
    script: join(assetFolder, 'worker.js'),
    worker: { workerData: worker, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION } },
    ...(jobs === undefined ? {} : { threads: jobs }),
  });
}

/** What a scan of some files of a root is given. */
export function scanRequestFor(
  paths: readonly string[],
  pool: WorkerPool<WorkerAnswer>,
  files: RootFiles,
  cache: SessionCache | undefined,
): ScanRequest {
  return {
    paths,
    toSystem: path => files.toSystem(path),
    readNow: path => files.host.readBytesNow(path),
    cache: cache?.facts,
    pool,
  };
}
