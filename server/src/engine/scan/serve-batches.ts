import type { MessagePort } from 'node:worker_threads';
import type { BatchMessage, WorkerMessage, WorkerResult } from './worker-protocol.ts';

/**
 * The worker's side of the pool: measures the files of each batch, one after the other, and posts every result as it
 * comes. What `measure` throws ends the thread, and the pool takes it from there.
 */
export function serveBatches<Result>(
  port: MessagePort,
  measure: (path: string, detail: unknown) => WorkerResult<Result> | Promise<WorkerResult<Result>>,
): void {
  const post = (message: WorkerMessage<Result>, transfer: readonly ArrayBuffer[] = []): void => {
    port.postMessage(message, transfer);
  };
  // Only the pool posts here, only batches, and the next one when this one is done.
  port.on('message', async ({ paths, details }: BatchMessage) => {
    for (const [index, path] of paths.entries()) {
      const { result, transfer } = await measure(path, details?.[index]);
      post({ kind: 'done', result }, transfer);
    }
  });
  post({ kind: 'ready' });
}
