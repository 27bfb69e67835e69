/** A worker for the tests of the pool: what it does with a file depends on the file's name. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { parentPort, threadId, workerData } from 'node:worker_threads';
import { serveBatches } from '../../../server/src/engine/scan/serve-batches.ts';

/** What the worker says about a file. */
export interface ClumsyResult {
  readonly path: string;
  readonly thread: number;
  readonly bytes: Uint8Array;
  /** What it was told besides the path. */
  readonly detail: unknown;
}

// The tests give the folder for marks; null makes the worker fail at once.
const marks = workerData as string | null;
if (marks === null) throw new Error('no knowledge of the shop');

serveBatches<ClumsyResult>(parentPort!, (path, detail) => {
  if (path.includes('crash')) throw new Error(`no idea what ${path} is`);
  if (path.includes('exit')) process.exit(3);
  if (path.includes('hang')) for (;;);
  if (path.includes('hog')) hog();
  if (path.includes('meet')) meet(path);
  if (path.includes('once') && !existsSync(`${marks}/${path}`)) {
    writeFileSync(`${marks}/${path}`, '');
    throw new Error('bad luck');
  }
  const bytes = new Uint8Array([path.length]);
  return { result: { path, thread: threadId, bytes, detail }, transfer: [bytes.buffer] };
});

/** Returns when two files have come here. */
function meet(path: string): void {
  writeFileSync(`${marks ?? ''}/${path}`, '');
  while (readdirSync(marks ?? '').length < 2) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}

function hog(): never {
  const memory: string[][] = [];
  for (;;) memory.push(new Array<string>(100_000).fill(String(memory.length)));
}
