import type { FactMap } from '../../core/fact.ts';
import { findBlockingCalls } from '../blocking-calls/find-blocking-calls.ts';
import { extractPythonExceptionHandlers } from '../exception-handlers/python.ts';
import { findPythonHttpCalls } from '../http-calls/python.ts';
import { findWorkerSleeps } from '../worker-sleeps/find-worker-sleeps.ts';
import { findPythonSecrets } from '../secrets/python.ts';
import { findResources } from '../resources/python.ts';
import type { PythonFile } from './python-file.ts';

/** Recognises facts of one kind in the tree of one file. */
export type PythonExtractor<Kind extends keyof FactMap> = (file: PythonFile) => readonly FactMap[Kind][];

/** Extractors by the kind of fact that they find; each stands in a folder of its own under `facts/`. */
export const extractors: { readonly [Kind in keyof FactMap]?: PythonExtractor<Kind> } = {
  exceptionHandler: extractPythonExceptionHandlers,
  httpCall: findPythonHttpCalls,
  resource: findResources,
  blockingCall: findBlockingCalls,
  workerSleep: findWorkerSleeps,
  secret: findPythonSecrets,
};
