/** Fails when `npm run generate` changes anything; leaves the fresh files in place. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fail, messageOf } from './support/console.ts';
import { ROOT } from './support/paths.ts';
import { mustRun, npmCommand } from './support/processes.ts';

/** Nothing in these folders is kept in the repository. */
const SKIPPED = new Set(['node_modules', 'dist', '.cache', '.git', '.vscode-test', 'coverage']);

const before = await fingerprints(ROOT);
const [npm, ...npmArgs] = npmCommand();
try {
  await mustRun('generate files', npm, [...npmArgs, 'run', '--silent', 'generate'], { cwd: ROOT });
} catch (error) {
  fail(messageOf(error));
}
const after = await fingerprints(ROOT);

const changed = [...new Set([...before.keys(), ...after.keys()])].filter(file => before.get(file) !== after.get(file));
if (changed.length > 0) {
  fail(`Generated files were stale, and are fresh now; commit them:\n${changed.map(file => `  ${file}`).join('\n')}`);
}

/** A hash of every file, by its path. */
async function fingerprints(folder: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) {
      for (const [file, hash] of await fingerprints(path)) found.set(file, hash);
    } else if (entry.isFile() && !entry.name.endsWith('.vsix')) {
      found.set(
        relative(ROOT, path),
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
      );
    }
  }
  return found;
}
