import { availableParallelism } from 'node:os';
import type { WorkerOptions } from 'node:worker_threads';
import type { CancellationToken } from '../../core/cancellation.ts';
import { createBatchQueue } from './batch-queue.ts';
import { runLane, type PoolSink } from './pool-lane.ts';
import type { Thread } from './pool-worker.ts';

/** How a pool measures files. */
export interface PoolOptions {
  /** Script of the worker; it calls `serveBatches`. */
  readonly script: URL | string;
  /** Data, arguments and limits of each thread. */
  readonly worker?: WorkerOptions;
  /** Number of threads; {@link defaultThreadCount} when absent. */
  readonly threads?: number;
  /** Files that a thread gets at once; 16 when absent. */
  readonly batchSize?: number;
  /** Milliseconds that one file may take; 20 seconds when absent. */
  readonly fileTimeout?: number;
  /** Milliseconds until a thread has to be ready; 30 seconds when absent. */
  readonly startTimeout?: number;
}

/** Leaves a core to the editor; more than four threads only compete for memory. */
export function defaultThreadCount(cores: number = availableParallelism()): number {
  return Math.max(1, Math.min(4, cores - 1));
}

/**
 * Measures files in worker threads and ends the threads when it is done: nothing of the pool stays in memory, and no
 * timer runs between scans. Every path gets exactly one call of the sink, unless the work is cancelled; then it returns
 * with the next result that comes, and makes no further call.
 * @throws Error when the worker can't be started, and whatever the sink throws; the threads are ended before.
 */
export async function measureInThreads<Result>(
  paths: readonly string[],
  options: PoolOptions,
  sink: PoolSink<Result>,
  token: CancellationToken,
): Promise<void> {
  if (paths.length === 0 || token.isCancellationRequested) return;

  const { script, worker = {}, fileTimeout = 20_000, startTimeout = 30_000 } = options;
  const { threads = defaultThreadCount(), batchSize = 16 } = options;
  // A small scan is spread over all threads.
  const size = Math.max(1, Math.min(batchSize, Math.ceil(paths.length / threads)));
  const queue = createBatchQueue(paths, size);
  const running = new Set<Thread>();

  try {
    await new Promise<void>((resolve, reject) => {
      const isCancelled = (): boolean => {
        if (token.isCancellationRequested) resolve();
        return token.isCancellationRequested;
      };
      const context = { options: { script, worker, fileTimeout, startTimeout }, queue, sink, running, isCancelled };
      const lanes = Array.from({ length: Math.min(threads, Math.ceil(paths.length / size)) }, () => runLane(context));
      Promise.all(lanes).then(() => {
        resolve();
      }, reject);
    });
  } finally {
    await Promise.all([...running].map(thread => thread.end()));
  }
}
