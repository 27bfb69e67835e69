import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ROOT } from '../support/paths.ts';
import { mustRun } from '../support/processes.ts';

const VSCE = join(dirname(createRequire(import.meta.url).resolve('@vscode/vsce/package.json')), 'vsce');

const FLAGS = [
  // The bundles hold everything that they need.
  '--no-dependencies',
  // Links in the README stay as they are: the pages are inside the package.
  '--no-rewrite-relative-links',
  '--allow-missing-repository',
  // The pages about secrets show made-up ones.
  '--allow-package-all-secrets',
];

/** Packs what `.vscodeignore` allows, with the bundles as they are; returns the path of the `.vsix`. */
export async function packageExtension(): Promise<string> {
  const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { name: string; version: string };
  const vsix = join(ROOT, `${manifest.name}-${manifest.version}.vsix`);
  await mustRun('package the extension', process.execPath, [VSCE, 'package', ...FLAGS, '--out', vsix], { cwd: ROOT });
  return vsix;
}
