import type { NotMeasured } from '../../core/file-facts.ts';
import type { BatchQueue } from './batch-queue.ts';
import { startThread, type Thread, type ThreadOptions } from './pool-worker.ts';

/** What to do with the results; both are called on the pool's own thread, in no particular order. */
export interface PoolSink<Result> {
  result(result: Result): void;
  /** A file made its thread crash or exceed its time, twice: once in its batch, once alone. */
  notMeasured(file: NotMeasured): void;
}

/** What the lanes of a pool work on together. */
export interface LaneWork<Result> {
  readonly queue: BatchQueue;
  readonly sink: PoolSink<Result>;
  /** What the worker needs for a file besides its path. */
  readonly detailOf: ((path: string) => unknown) | undefined;
  /** Whether to stop; the lane that sees it first tells the pool, and makes no further calls of the sink. */
  isCancelled(): boolean;
}

/** One thread of a pool at a time. */
export interface Lane<Result> {
  /** Whether a thread runs, busy or not. */
  readonly isOpen: boolean;
  /**
   * Keeps the thread busy until the queue is empty, and starts another one when it is lost; then it waits for more. After
   * a run that was cancelled or has failed, the lane is to be ended.
   * @throws Error when a thread can't be started, and whatever the sink throws.
   */
  run(work: LaneWork<Result>): Promise<void>;
  end(): Promise<void>;
}

interface Run<Result> {
  readonly work: LaneWork<Result>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  batch: readonly string[];
  position: number;
}

/** Opens a lane; its first run starts the thread. */
export function createLane<Result>(options: ThreadOptions): Lane<Result> {
  let thread: Thread | undefined;
  let isReady = false;
  let run: Run<Result> | undefined;

  const start = (): void => {
    isReady = false;
    thread = startThread<Result>(options, {
      ready: () => {
        isReady = true;
        guard(sendNext);
      },
      done: result => {
        guard(current => {
          current.position++;
          current.work.sink.result(result);
          if (current.position === current.batch.length) sendNext(current);
        });
      },
      lost: reason => {
        thread = undefined;
        guard(current => {
          replaceThread(current, reason);
        });
      },
    });
  };
  const replaceThread = (current: Run<Result>, reason: string): void => {
    if (!isReady) throw new Error(`The worker could not be started: ${reason}.`);

    const { queue, sink } = current.work;
    const [suspect, ...others] = current.batch.slice(current.position);
    const isSecondTime = suspect !== undefined && queue.isSuspect(suspect);
    queue.putBack(isSecondTime ? undefined : suspect, others);
    if (isSecondTime) sink.notMeasured({ path: suspect, reason: `The analysis of this file failed twice: ${reason}.` });
    current.batch = [];
    start();
  };
  const sendNext = (current: Run<Result>): void => {
    const { queue, detailOf } = current.work;
    current.batch = queue.take();
    current.position = 0;
    if (current.batch.length > 0) {
      thread?.send(current.batch, detailOf && current.batch.map(detailOf));
      return;
    }
    run = undefined;
    current.resolve();
  };
  /** What goes wrong in an event goes to whoever waits for the run. */
  const guard = (event: (current: Run<Result>) => void): void => {
    const current = run;
    if (!current || current.work.isCancelled()) return;
    try {
      event(current);
    } catch (error) {
      current.reject(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return {
    get isOpen() {
      return thread !== undefined;
    },
    run: work =>
      new Promise((resolve, reject) => {
        run = { work, resolve, reject, batch: [], position: 0 };
        if (!thread) start();
        else if (isReady) guard(sendNext);
      }),
    end: async () => {
      const ending = thread;
      thread = undefined;
      run = undefined;
      await ending?.end();
    },
  };
}
