import type { NotMeasured } from '../../core/file-facts.ts';
import type { BatchQueue } from './batch-queue.ts';
import { startThread, type Thread, type ThreadOptions } from './pool-worker.ts';

/** What to do with the results; both are called on the pool's own thread, in no particular order. */
export interface PoolSink<Result> {
  result(result: Result): void;
  /** A file made its thread crash or exceed its time, twice: once in its batch, once alone. */
  notMeasured(file: NotMeasured): void;
}

/** What the lanes of a pool share. */
export interface LaneContext<Result> {
  readonly options: ThreadOptions;
  readonly queue: BatchQueue;
  readonly sink: PoolSink<Result>;
  /** Threads that run now, to be ended whatever happens. */
  readonly running: Set<Thread>;
  /** Whether to stop; the lane that sees it first tells the pool, and makes no further calls of the sink. */
  isCancelled(): boolean;
}

/**
 * Keeps one thread busy until the queue is empty, and starts another one when it is lost.
 * @throws Error when a thread can't be started, and whatever the sink throws.
 */
export function runLane<Result>(context: LaneContext<Result>): Promise<void> {
  return new Promise((resolve, reject) => {
    const { options, queue, sink, running } = context;
    let thread: Thread | undefined;
    let isReady = false;
    let batch: readonly string[] = [];
    let position = 0;

    const start = (): void => {
      isReady = false;
      thread = startThread<Result>(options, { ready: guarded(onReady), done: guarded(onDone), lost: guarded(onLost) });
      running.add(thread);
    };
    const retire = (): void => {
      if (thread) running.delete(thread);
      thread = undefined;
    };
    const onReady = (): void => {
      isReady = true;
      sendNext();
    };
    const onDone = (result: Result): void => {
      position++;
      sink.result(result);
      if (position === batch.length) sendNext();
    };
    const onLost = (reason: string): void => {
      retire();
      if (!isReady) throw new Error(`The worker could not be started: ${reason}.`);

      const [suspect, ...others] = batch.slice(position);
      const isSecondTime = suspect !== undefined && queue.isSuspect(suspect);
      queue.putBack(isSecondTime ? undefined : suspect, others);
      if (isSecondTime)
        sink.notMeasured({ path: suspect, reason: `The analysis of this file failed twice: ${reason}.` });
      batch = [];
      start();
    };
    const sendNext = (): void => {
      batch = queue.take();
      position = 0;
      if (batch.length > 0) {
        thread?.send(batch);
        return;
      }
      const ended = thread?.end();
      retire();
      resolve(ended);
    };
    /** What goes wrong in an event goes to whoever waits for the lane. */
    function guarded<Argument extends unknown[]>(event: (...args: Argument) => void): (...args: Argument) => void {
      return (...args) => {
        if (context.isCancelled()) return;
        try {
          event(...args);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
    }

    start();
  });
}
