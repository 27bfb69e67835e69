/** Runs inside the extension host: VS Code imports this module and calls `run`. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** Runs the bundled tests beside this file, and writes how they ended to `RESULT_FILE`. */
export async function run(): Promise<void> {
  const grep = process.env['GREP'];
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 30_000, ...(grep === undefined ? {} : { fgrep: grep }) });
  const files = readdirSync(import.meta.dirname).filter(file => file.endsWith('.test.cjs'));
  for (const file of files.sort()) mocha.addFile(join(import.meta.dirname, file));

  const result = { passed: 0, failed: 0 };
  await new Promise<void>(resolve => {
    const runner = mocha.run(() => {
      resolve();
    });
    // Counted here: a hook that fails is a failure too, though it is no test.
    runner.on(Mocha.Runner.constants.EVENT_TEST_PASS, () => result.passed++);
    runner.on(Mocha.Runner.constants.EVENT_TEST_FAIL, () => result.failed++);
  });

  const file = process.env['RESULT_FILE'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(result));
  if (result.failed > 0) throw new Error(`${result.failed} tests failed`);
}
