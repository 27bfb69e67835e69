import { availableParallelism } from 'node:os';
import type { WorkerOptions } from 'node:worker_threads';
import type { CancellationToken } from '../../core/cancellation.ts';
import { createBatchQueue } from './batch-queue.ts';
import { createLane, type PoolSink } from './pool-lane.ts';

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

/** Worker threads that wait between two lists of files. */
export interface WorkerPool<Result> {
  /** Whether any thread runs: what is given to it starts at once. */
  readonly isOpen: boolean;
  /**
   * Has files measured. Every path gets exactly one call of the sink, unless the work is cancelled; then it returns with
   * the next result that comes, and makes no further call.
   * @param detailOf what the worker is told about a file besides its path
   * @throws Error when the worker can't be started, and whatever the sink throws; the threads are ended before.
   */
  run(
    paths: readonly string[],
    sink: PoolSink<Result>,
    token: CancellationToken,
    detailOf?: (path: string) => unknown,
  ): Promise<void>;
  /** Ends the threads: nothing of the pool stays in memory, and no timer runs. */
  end(): Promise<void>;
}

/** Opens a pool; threads start with the first files. */
export function openPool<Result>(options: PoolOptions): WorkerPool<Result> {
  const { script, worker = {}, fileTimeout = 20_000, startTimeout = 30_000 } = options;
  const { threads = defaultThreadCount(), batchSize = 16 } = options;
  const lanes = Array.from({ length: threads }, () =>
    createLane<Result>({ script, worker, fileTimeout, startTimeout }),
  );
  const end = async (): Promise<void> => {
    await Promise.all(lanes.map(lane => lane.end()));
  };
  return {
    get isOpen() {
      return lanes.some(lane => lane.isOpen);
    },
    run: async (paths, sink, token, detailOf) => {
      if (paths.length === 0 || token.isCancellationRequested) return;
      // A short list is spread over all threads.
      const size = Math.max(1, Math.min(batchSize, Math.ceil(paths.length / threads)));
      const queue = createBatchQueue(paths, size);
      let isComplete = false;
      try {
        isComplete = await new Promise<boolean>((resolve, reject) => {
          const isCancelled = (): boolean => {
            if (token.isCancellationRequested) resolve(false);
            return token.isCancellationRequested;
          };
          const work = { queue, sink, detailOf, isCancelled };
          const busy = lanes.slice(0, Math.ceil(paths.length / size)).map(lane => lane.run(work));
          Promise.all(busy).then(() => {
            resolve(true);
          }, reject);
        });
      } finally {
        if (!isComplete) await end();
      }
    },
    end,
  };
}
