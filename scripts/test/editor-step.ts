import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { ROOT } from '../support/paths.ts';
import { runCommand } from '../support/processes.ts';
import type { StepResult } from './step.ts';

const TSX = createRequire(import.meta.url).resolve('tsx');

/** Runs the editor tests on the built files, in a process of their own, because they write to the terminal. */
export async function runEditorStep(): Promise<StepResult> {
  const { code, output } = await runCommand(
    process.execPath,
    ['--import', pathToFileURL(TSX).href, join(ROOT, 'scripts/test-editor.ts'), '--built'],
    { cwd: ROOT },
  );
  const [, passed, failed] = /Editor tests: (\d+) passed, (\d+) failed/.exec(output) ?? [];
  if (passed === undefined || failed === undefined) return { passed: 0, failed: 1, output };
  const failures = Math.max(Number(failed), code === 0 ? 0 : 1);
  return { passed: Number(passed), failed: failures, summary: `${Number(passed) + failures} tests`, output };
}
