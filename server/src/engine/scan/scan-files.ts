import type { CancellationToken } from '../../core/cancellation.ts';
import type { NotMeasured } from '../../core/file-facts.ts';
import { fromSummary, type Summary } from '../measure-content.ts';
import { hashContent, readStamp } from './file-stamp.ts';
import { decodeBody, type FileBody } from './encode-body.ts';
import type { FactsCache } from './cache.ts';
import type { WorkerAnswer } from './worker-answer.ts';
import type { WorkerPool } from './worker-pool.ts';

/** A file that a scan has measured, or why it has not. */
export type ScannedFile =
  | {
      readonly kind: 'measured';
      readonly path: string;
      readonly contentHash: string;
      readonly summary: Summary;
      readonly body: FileBody;
    }
  | ({ readonly kind: 'notMeasured' } & NotMeasured);

export interface ScanRequest {
  /** Relative to the root. */
  readonly paths: readonly string[];
  /** Absolute path of a file of the root. */
  readonly toSystem: (path: string) => string;
  readonly readNow: (path: string) => Uint8Array;
  /** Undefined to measure everything anew. */
  readonly cache: FactsCache | undefined;
  readonly pool: Pick<WorkerPool<WorkerAnswer>, 'run'>;
}

/** Measures files: from the cache where nothing changed, else in threads. The sink gets every file once. */
export async function scanFiles(
  request: ScanRequest,
  sink: (file: ScannedFile) => void,
  token: CancellationToken,
): Promise<void> {
  const remaining: string[] = [];
  for (const path of request.paths) {
    if (token.isCancellationRequested) return;
    const cached = fromCache(request, path);
    if (cached) sink(cached);
    else remaining.push(path);
  }
  await request.pool.run(
    remaining,
    {
      result: result => {
        if (result.kind === 'notMeasured') sink(result);
        if (result.kind !== 'measured') return;
        const { kind, path, contentHash, summary, body } = result;
        sink({ kind, path, contentHash, summary: fromSummary(summary), body: decodeBody(body) });
        request.cache?.store(result);
      },
      notMeasured: file => {
        sink({ kind: 'notMeasured', ...file });
      },
    },
    token,
  );
}

function fromCache({ cache, toSystem, readNow }: ScanRequest, path: string): ScannedFile | undefined {
  const stamp = cache && readStamp(toSystem(path));
  if (!cache || !stamp) return undefined;
  const readAt = Date.now();
  const entry =
    cache.match(path, stamp) ??
    (cache.knows(path, stamp.size) ? cache.matchContent(path, hashContent(readNow(path)), stamp, readAt) : undefined);
  if (!entry) return undefined;
  const summary = fromSummary(entry.summary);
  const body = summary.hasBody ? entry.body() : NO_BODY;
  return body && { kind: 'measured', path, contentHash: entry.contentHash, summary, body };
}

const NO_BODY: FileBody = { facts: undefined, outline: undefined };
