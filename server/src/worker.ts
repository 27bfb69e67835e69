/** The worker thread of scans: measures files with the same rules and settings as the main thread. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { RULES } from '../../rules/catalogue.ts';
import { createExtractor } from './engine/extract.ts';
import { measureContent } from './engine/measure-content.ts';
import { judgeLinkedFile, type PlainNames } from './engine/scan/judge-linked-file.ts';
import { measureFile } from './engine/scan/measure-file.ts';
import { serveBatches } from './engine/scan/serve-batches.ts';
import type { WorkerAnswer } from './engine/scan/worker-answer.ts';
import type { WorkerInput } from './engine/scan/worker-input.ts';

// Only `scanFiles` starts this script.
const { root, settings, assetFolder } = workerData as WorkerInput;

// A failure to start ends the thread, which the pool turns into an error of the scan.
void createExtractor({ readAsset: name => readFileSync(join(assetFolder, name)) }).then(found => {
  if (!parentPort) return;
  const extractor = found.knowing(settings.knowledge);
  const judging = { root, extractor, rules: RULES, settings };
  serveBatches<WorkerAnswer>(parentPort, (path, detail) =>
    detail === undefined
      ? measureFile(root, path, (name, bytes) => measureContent(name, bytes, extractor, RULES, settings))
      : // Nothing but names is sent along with a path.
        { result: judgeLinkedFile(path, detail as PlainNames, judging) },
  );
});
