import { randomUUID } from 'node:crypto';
import { access, chmod, constants, lstat, open, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Gives a file new content, in one step and with its mode kept.
 * @param expected what the new content was made from; a file that holds something else by now is left alone
 * @returns why the file was left alone, as a sentence; undefined when it was written
 */
export async function replaceFile(path: string, expected: Uint8Array, bytes: Uint8Array): Promise<string | undefined> {
  try {
    if ((await realpath(path)) !== path) return 'It is reached through a symbolic link.';
    const { mode } = await lstat(path);
    await access(path, constants.W_OK);
    if (!(await readFile(path)).equals(expected)) return 'It was changed by someone else meanwhile.';
    await writeAndRename(path, bytes, mode & 0o7777);
    return undefined;
  } catch (cause) {
    return `It could not be written: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}

/** Makes a file that must not be there yet; returns why it was not made, as a sentence, or undefined. */
export async function createFile(path: string, bytes: Uint8Array): Promise<string | undefined> {
  try {
    await writeFile(path, bytes, { flag: 'wx' });
    return undefined;
  } catch (cause) {
    return `It could not be written: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}

/** A crash in between leaves the old content. */
async function writeAndRename(path: string, bytes: Uint8Array, mode: number): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    // The process may be set up to withhold some rights from new files.
    await chmod(temporary, mode);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
}
