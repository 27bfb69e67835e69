import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NewFile } from './put-in-place.ts';

/** What facts and judgements in the cache depend on. */
const ANALYSIS = [
  'worker.js',
  'typescript.js',
  'manifest.js',
  'workflow.js',
  'yaml.js',
  'toml.js',
  'knowledge.js',
  'web-tree-sitter.wasm',
  'tree-sitter-python.wasm',
];

/**
 * The `package.json` beside the bundles. It says that they are CommonJS, because the package around them is not, and
 * names the analysis that they hold: the same name whenever, wherever and in whatever parts that was built.
 * @param folder where files are that this build leaves as they are
 * @param files what this build is about to write there
 */
export async function describeBuild(folder: string, files: readonly NewFile[]): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ANALYSIS) {
    const content = files.find(file => file.name === name)?.content ?? (await readIfThere(join(folder, name)));
    if (content !== undefined) hash.update(content);
  }
  return `${JSON.stringify({ type: 'commonjs', analysis: hash.digest('hex').slice(0, 16) })}\n`;
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    // Errors of the file system have a code.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
