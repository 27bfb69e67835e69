import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { CACHE, ROOT } from '../support/paths.ts';
import type { Suite } from './suites.ts';

const TESTS = join(ROOT, 'test/editor');

/** VS Code runs tests only beside an extension under development; ours is installed, so this one is empty. */
const DRIVER_MANIFEST = {
  name: 'readiness-editor-tests',
  publisher: 'readiness',
  version: '0.0.0',
  engines: { vscode: '*' },
};

/** Bundles the tests of a suite, or those in files whose names contain `only`; returns the folder with their `index.cjs`, or nothing when there is no test. */
export async function bundleEditorTests(suite: Suite, only = ''): Promise<string | undefined> {
  const files = (await readdir(TESTS)).filter(file => suite.includes(file) && file.includes(only));
  if (files.length === 0) return undefined;

  // Inside the checkout, where `require('mocha')` finds ours.
  const driver = join(CACHE, 'editor-tests', suite.name);
  await rm(driver, { recursive: true, force: true });
  await mkdir(driver, { recursive: true });
  await writeFile(join(driver, 'package.json'), JSON.stringify(DRIVER_MANIFEST));
  await build({
    entryPoints: [
      { in: join(ROOT, 'scripts/editor/run-mocha.ts'), out: 'index' },
      ...files.map(file => ({ in: join(TESTS, file), out: file.replace(/\.ts$/, '') })),
    ],
    outdir: driver,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    define: { 'import.meta.dirname': '__dirname' },
    logLevel: 'warning',
  });
  return driver;
}
