import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NotMeasured } from '../../core/file-facts.ts';
import type { JsonValue } from '../../core/json.ts';
import { isFileSystemError } from './cache-index.ts';
import type { MeasuredFile } from './cache.ts';
import { encodeBody, type FileBody } from './encode-body.ts';
import { hashContent, readStamp } from './file-stamp.ts';
import type { WorkerResult } from './worker-protocol.ts';

/** No source file is larger; what is would only fill the memory before it is turned down. */
const READ_LIMIT = 32 * 1024 * 1024;

/** What measuring the content of a file gives. */
export interface Measurement {
  readonly body: FileBody;
  readonly summary: JsonValue;
}

/** Turns the bytes of a file into what is kept of it. Paths are relative to the root. */
export type MeasureContent = (path: string, bytes: Uint8Array) => Promise<Measurement | NotMeasured>;

/** What a worker finds out about a file: everything that the cache wants, or why there is nothing. */
export type MeasureResult =
  ({ readonly kind: 'measured' } & MeasuredFile) | ({ readonly kind: 'notMeasured' } & NotMeasured);

/** Reads a file of a root and measures it; what is kept is encoded, in memory that can go to another thread. */
export async function measureFile(
  root: string,
  path: string,
  measure: MeasureContent,
): Promise<WorkerResult<MeasureResult>> {
  const notMeasured = (reason: string): WorkerResult<MeasureResult> => ({
    result: { kind: 'notMeasured', path, reason },
  });
  const file = join(root, path);
  // In this order: a write in between makes the stamp too old, and the file is read again next time.
  const readAt = Date.now();
  const stamp = readStamp(file);
  if (!stamp) return notMeasured('The file is gone.');
  if (stamp.size > READ_LIMIT) return notMeasured('The file is larger than 32 MB.');

  try {
    const bytes = readFileSync(file);
    const found = await measure(path, bytes);
    if ('reason' in found) return notMeasured(found.reason);
    const body = encodeBody(found.body);
    const contentHash = hashContent(bytes);
    const { summary } = found;
    const result = { kind: 'measured', path, stamp, readAt, contentHash, body, summary } as const;
    return { result, transfer: [body.buffer] };
  } catch (error) {
    if (isFileSystemError(error)) return notMeasured(`The file can't be read: ${error.code ?? error.message}.`);
    throw error;
  }
}
