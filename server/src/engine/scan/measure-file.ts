import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileFacts, NotMeasured } from '../../core/file-facts.ts';
import { isFileSystemError } from './cache-index.ts';
import type { MeasuredFile } from './cache.ts';
import { encodeFacts } from './encode-facts.ts';
import { hashContent, readStamp } from './file-stamp.ts';
import type { WorkerResult } from './worker-protocol.ts';

/** No source file is larger; what is would only fill the memory before it is turned down. */
const READ_LIMIT = 32 * 1024 * 1024;

/** Turns the bytes of a file into facts. Paths are relative to the root. */
export interface Extractor {
  extract(path: string, bytes: Uint8Array): FileFacts | NotMeasured;
}

/** What a worker finds out about a file: everything that the cache wants, or why there is nothing. */
export type MeasureResult =
  ({ readonly kind: 'measured' } & Omit<MeasuredFile, 'summary'>) | ({ readonly kind: 'notMeasured' } & NotMeasured);

/** Reads a file of a root and extracts its facts, encoded, in memory that can go to another thread. */
export function measureFile(root: string, path: string, extractor: Extractor): WorkerResult<MeasureResult> {
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
    const found = extractor.extract(path, bytes);
    if ('reason' in found) return notMeasured(found.reason);
    const facts = encodeFacts(found);
    const result = { kind: 'measured', path, stamp, readAt, contentHash: hashContent(bytes), facts } as const;
    return { result, transfer: [facts.buffer] };
  } catch (error) {
    if (isFileSystemError(error)) return notMeasured(`The file can't be read: ${error.code ?? error.message}.`);
    throw error;
  }
}
