import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { messageOf } from '../support/console.ts';
import { CACHE } from '../support/paths.ts';
import { bundleEditorTests } from './bundle-editor-tests.ts';
import { prepareProfile, type Profile } from './code-server.ts';
import { findEditor } from './editor-under-test.ts';
import { SUITES, type Suite } from './suites.ts';

export interface EditorTestRequest {
  /** The packaged extension; the source tree is never loaded. */
  readonly vsix: string;
  /** Runs only the tests whose full title contains this text. */
  readonly grep?: string | undefined;
  /** Runs only the files whose names contain this text. */
  readonly file?: string | undefined;
}

/** What the test module writes at the end of its run. */
interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
}

/** Runs all suites one after the other, each with a new profile and a new copy of its workspace. */
export async function runEditorTests({ vsix, grep, file }: EditorTestRequest): Promise<SuiteResult> {
  const editor = await findEditor(message => {
    console.log(message);
  });
  const results: SuiteResult[] = [];
  for (const suite of SUITES) {
    const driver = await bundleEditorTests(suite, file);
    if (driver === undefined) continue;

    console.log(`\n${suite.title}`);
    const scratch = await realpath(await mkdtemp(join(tmpdir(), 'readiness-editor-tests-')));
    try {
      const profile = { dataDir: join(scratch, 'data'), extensionsDir: join(scratch, 'extensions') };
      await prepareProfile(profile);
      await editor.installExtension(profile, vsix);
      results.push(await runSuite(suite, { driver, scratch, profile, executable: editor.executable, grep }));
    } finally {
      await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
    }
  }
  return {
    passed: results.reduce((sum, { passed }) => sum + passed, 0),
    failed: results.reduce((sum, { failed }) => sum + failed, 0),
  };
}

interface SuiteRun {
  readonly driver: string;
  readonly scratch: string;
  readonly profile: Profile;
  readonly executable: string;
  readonly grep: string | undefined;
}

async function runSuite(suite: Suite, { driver, scratch, profile, executable, grep }: SuiteRun): Promise<SuiteResult> {
  const resultFile = join(scratch, 'result.json');
  const pictures = join(CACHE, 'editor-tests');
  await mkdir(pictures, { recursive: true });
  const failure = await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: driver,
    extensionTestsPath: join(driver, 'index.cjs'),
    launchArgs: [
      await suite.prepare(join(scratch, 'workspace')),
      `--user-data-dir=${profile.dataDir}`,
      `--extensions-dir=${profile.extensionsDir}`,
    ],
    extensionTestsEnv: {
      RESULT_FILE: resultFile,
      EDITOR_SCREENSHOT: join(pictures, `${suite.name}-failure.png`),
      ...(grep === undefined ? {} : { GREP: grep }),
    },
  }).then(
    () => undefined,
    (error: unknown) => messageOf(error),
  );

  // An exit code can lie in both directions: only a run that came to its end has written its result.
  if (!existsSync(resultFile)) {
    console.error(`${suite.title}: the tests ended without a result. ${failure ?? ''}`);
    return { passed: 0, failed: 1 };
  }
  const result = JSON.parse(await readFile(resultFile, 'utf8')) as SuiteResult;
  if (failure === undefined || result.failed > 0) return result;
  console.error(`${suite.title}: the editor did not end well. ${failure}`);
  return { ...result, failed: 1 };
}
