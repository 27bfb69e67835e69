import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';

/** What a file system says of a file without reading it. */
export interface FileStamp {
  readonly size: number;
  /** Milliseconds since 1970 of the last change of the content. Programs can set it back. */
  readonly modified: number;
  /** Milliseconds since 1970 of the last change of anything. Programs can't set it. */
  readonly changed: number;
  readonly inode: number;
}

/** Coarsest clock of a common file system (FAT). */
const CLOCK_GRAIN = 2000;

/** Reads the stamp of a file; undefined when there is no regular file of that path. */
export function readStamp(path: string): FileStamp | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) return undefined;
  return { size: found.size, modified: found.mtimeMs, changed: found.ctimeMs, inode: found.ino };
}

export function sameStamp(left: FileStamp, right: FileStamp): boolean {
  return (
    left.size === right.size &&
    left.modified === right.modified &&
    left.changed === right.changed &&
    left.inode === right.inode
  );
}

/**
 * Whether an equal stamp proves equal content. It doesn't when the file was written so shortly before it was read that
 * another write could have got the same time.
 */
export function isSettled(stamp: FileStamp, readAt: number): boolean {
  return Math.max(stamp.modified, stamp.changed) + CLOCK_GRAIN < readAt;
}

/** Names a content; not for secrets. */
export function hashContent(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
}
