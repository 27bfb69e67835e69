import { join } from 'node:path';
import type { Settings } from '../../core/settings.ts';
import type { ScanRequest } from '../scan/scan-files.ts';
import type { RootFiles } from './root-files.ts';
import type { SessionCache } from './session-cache.ts';
import type { SessionOptions } from './session-options.ts';

/** What a scan of some files of a root is given. */
export function scanRequestFor(
  paths: readonly string[],
  { root, assetFolder, jobs }: SessionOptions,
  files: RootFiles,
  settings: Settings,
  cache: SessionCache | undefined,
): ScanRequest {
  return {
    paths,
    toSystem: path => files.toSystem(path),
    readNow: path => files.host.readBytesNow(path),
    cache: cache?.facts,
    workerScript: join(assetFolder, 'worker.js'),
    worker: { root, settings, assetFolder },
    jobs,
  };
}
