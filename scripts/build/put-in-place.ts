import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file that is to be in a folder. */
export interface NewFile {
  /** Without folders. */
  readonly name: string;
  readonly content: Uint8Array | string;
  /** Permissions; the system's usual ones when absent. */
  readonly mode?: number;
}

/** Prefix of the folders in which files wait for their place. */
const WAITING = '.new-';

/** A waiting folder of that age belongs to a build that was killed. */
const ABANDONED = 10 * 60 * 1000;

/**
 * Writes files into a folder, which is made when it is not there. Each of them is written aside first and then takes
 * its place in one step, so whoever reads meanwhile gets the old content or the new one, whole.
 * @param alone whether to remove all other files of the folder afterwards
 * @throws Error when the disk can't be written to.
 */
export async function putInPlace(
  folder: string,
  files: readonly NewFile[],
  { alone }: { readonly alone: boolean },
): Promise<void> {
  // Beside the places themselves: only within one file system is renaming a single step.
  const waiting = join(folder, `${WAITING}${randomBytes(6).toString('hex')}`);
  await mkdir(waiting, { recursive: true });
  try {
    await Promise.all(
      files.map(({ name, content, mode }) =>
        writeFile(join(waiting, name), content, mode === undefined ? {} : { mode }),
      ),
    );
    for (const { name } of files) await rename(join(waiting, name), join(folder, name));
  } finally {
    await rm(waiting, { recursive: true, force: true });
  }
  if (alone) await removeOthers(folder, new Set(files.map(({ name }) => name)));
}

async function removeOthers(folder: string, names: ReadonlySet<string>): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (names.has(entry.name)) continue;
    const path = join(folder, entry.name);
    // Another build may be at work; its files wait in a folder of its own.
    if (entry.name.startsWith(WAITING) && !(await isAbandoned(path))) continue;
    await rm(path, { recursive: true, force: true });
  }
}

async function isAbandoned(folder: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(folder)).mtimeMs > ABANDONED;
  } catch {
    // Its build has ended meanwhile, and taken it away.
    return false;
  }
}
