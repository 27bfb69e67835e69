import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { BUNDLES } from '../build/bundles.ts';
import { ROOT } from '../support/paths.ts';
import { listZipEntries } from './zip-entries.ts';

const MEGABYTE = 1_000_000;
const LIMIT = 4 * MEGABYTE;

/** What may be in the package; `.vscodeignore` says the same, and vsce puts its own files beside. */
const ALLOWED = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(package\.json|package\.nls[\w.-]*\.json|(readme|architecture|contributing|changelog)\.md|LICENSE\.txt)$/i,
  /^extension\/(l10n|media)\//,
  /^extension\/docs\/([\w-]+\.md|images\/[\w-]+\.png)$/,
  /^extension\/client\/icon\.png$/,
  /^extension\/dist\/(\w+\.c?js|[\w-]+\.wasm|package\.json)$/,
  /^extension\/schema\/[\w.-]+\.json$/,
  /^extension\/rules\/[\w-]+\/[\w-]+\/README\.md$/i,
];

/** What is wrong with a packaged extension, as sentences. */
export interface PackageCheck {
  readonly megabytes: number;
  readonly problems: readonly string[];
}

/** Holds a `.vsix` to its size and its contents. */
export async function checkPackage(vsix: string): Promise<PackageCheck> {
  const archive = await readFile(vsix);
  const names = listZipEntries(archive).map(({ name }) => name);
  const megabytes = archive.length / MEGABYTE;
  const present = new Set(names.map(name => name.toLowerCase()));

  const tooLarge = archive.length > LIMIT ? [`The package has ${megabytes.toFixed(2)} MB; 4 MB are allowed.`] : [];
  const strangers = names
    .filter(name => !name.endsWith('/') && !ALLOWED.some(pattern => pattern.test(name)))
    .map(name => `${name} does not belong into the package.`);
  const missing = (await requiredFiles())
    .filter(file => !present.has(`extension/${file}`.toLowerCase()))
    .map(file => `${file} is missing in the package.`);
  return { megabytes, problems: [...tooLarge, ...strangers, ...missing] };
}

async function requiredFiles(): Promise<readonly string[]> {
  const pages = (await readdir(join(ROOT, 'rules'), { recursive: true }))
    .map(path => path.split(sep).join('/'))
    .filter(path => /^[^/]+\/[^/]+\/README\.md$/.test(path))
    .map(path => `rules/${path}`);
  const bundles = BUNDLES.map(({ outfile }) => `dist/${outfile}`);
  const parsers = ['dist/web-tree-sitter.wasm', 'dist/tree-sitter-python.wasm'];
  const texts = ['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE.txt', 'client/icon.png'];
  return [...texts, 'dist/package.json', ...bundles, ...parsers, ...pages];
}
