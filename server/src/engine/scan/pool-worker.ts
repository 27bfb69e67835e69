import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { BatchMessage, WorkerMessage } from './worker-protocol.ts';

/** What the pool is told about one of its threads. */
export interface ThreadEvents<Result> {
  ready(): void;
  done(result: Result): void;
  /** The thread is gone: it threw, exited, ran out of memory, or exceeded its time. Nothing else follows. */
  lost(reason: string): void;
}

/** One thread of the pool. */
export interface Thread {
  /** Sends files, and what belongs to each of them; each has the time cap for itself. */
  send(paths: readonly string[], details: readonly unknown[] | undefined): void;
  /** Ends the thread; none of the events follows. */
  end(): Promise<void>;
}

/** How threads are started. */
export interface ThreadOptions {
  /** Script of the worker. */
  readonly script: URL | string;
  readonly worker?: WorkerOptions;
  /** Milliseconds that one file may take. */
  readonly fileTimeout: number;
  /** Milliseconds until a thread has to be ready. */
  readonly startTimeout: number;
}

/** Starts a thread. */
export function startThread<Result>(options: ThreadOptions, events: ThreadEvents<Result>): Thread {
  const worker = new Worker(options.script, options.worker);
  let timer: NodeJS.Timeout | undefined;
  let open = 0;
  let isOver = false;

  const restartTimer = (timeout: number | undefined): void => {
    clearTimeout(timer);
    // The thread itself keeps the process alive; the timer must not.
    if (timeout !== undefined) timer = setTimeout(expire, timeout).unref();
  };
  const finish = (reason: string): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    events.lost(reason);
  };
  const expire = (): void => {
    finish(open > 0 ? `it took longer than ${options.fileTimeout / 1000} seconds` : 'the worker did not start in time');
    void worker.terminate();
  };

  worker.on('message', (message: WorkerMessage<Result>) => {
    if (isOver) return;
    if (message.kind === 'done') open--;
    restartTimer(open > 0 ? options.fileTimeout : undefined);
    if (message.kind === 'ready') events.ready();
    else events.done(message.result);
  });
  worker.on('error', error => {
    finish(error instanceof Error ? error.message : String(error));
  });
  worker.on('messageerror', error => {
    finish(`its result could not be read: ${error.message}`);
    void worker.terminate();
  });
  worker.on('exit', code => {
    finish(`the worker ended with the code ${code}`);
  });
  restartTimer(options.startTimeout);

  return {
    send(paths, details) {
      open = paths.length;
      restartTimer(options.fileTimeout);
      worker.postMessage({ paths, details } satisfies BatchMessage);
    },
    async end() {
      isOver = true;
      clearTimeout(timer);
      await worker.terminate();
    },
  };
}
