import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeBaseline } from './baseline-file.ts';
import { BASELINE_PATH, type Baseline } from './baseline.ts';

/**
 * Writes the baseline of a root: beside the old one, then renamed, so that a crash in between leaves the old one.
 * @param root absolute path
 * @throws Error when the folder can't be written to
 */
export async function saveBaseline(root: string, entries: Baseline): Promise<void> {
  const path = join(root, BASELINE_PATH);
  const temporary = `${path}.${randomUUID()}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(temporary, writeBaseline(entries), { flag: 'wx' });
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
