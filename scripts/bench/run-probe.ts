import { join } from 'node:path';
import { ROOT } from '../support/paths.ts';
import { mustRun } from '../support/processes.ts';
import type { ProbeAnswers, ProbeWork } from './probe-work.ts';

/**
 * Measures something in a process of its own, so that no work leaves memory or compiled code behind for the next.
 * @param script the bundled probe
 * @throws Error with what the probe has printed, when it fails.
 */
export async function runProbe<Work extends ProbeWork>(
  script: string,
  work: Work,
): Promise<ProbeAnswers[Work['kind']]> {
  const output = await mustRun('measure', process.execPath, [script, ROOT, JSON.stringify(work)], {
    cwd: join(script, '..'),
  });
  // What the probe prints for a kind of work, `ProbeAnswers` says.
  return JSON.parse(output.slice(output.lastIndexOf('\n') + 1)) as ProbeAnswers[Work['kind']];
}
