import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { JsonValue } from '../../core/json.ts';
import type { FileStamp } from './file-stamp.ts';

/** Where the facts of a file are. */
export interface PackedBody {
  /** File name of the pack. */
  readonly pack: string;
  readonly offset: number;
  readonly length: number;
  readonly checksum: number;
}

/** What the index says of one file. */
export interface CacheEntry {
  readonly path: string;
  readonly stamp: FileStamp;
  /** When the content was read, in milliseconds since 1970. */
  readonly readAt: number;
  readonly contentHash: string;
  readonly body: PackedBody;
  /** Whatever the caller wants to know without decoding the facts. */
  readonly summary: JsonValue;
}

/** All that an index holds. */
export interface CacheIndex {
  readonly entries: readonly CacheEntry[];
  /** Whatever the caller wants to know of the files as a whole. */
  readonly whole: JsonValue;
}

/** Shape of the file; another one is another version, and is not read. */
const FORMAT = 3;

const EMPTY: CacheIndex = { entries: [], whole: null };

/** Reads an index. One that is missing, torn, or of another format is empty: the cache is rebuilt. */
export function readIndex(file: string): CacheIndex {
  try {
    const content = readFileSync(file, 'utf8');
    const headEnd = content.indexOf('\n');
    const json = content.slice(headEnd + 1);
    if (content.slice(0, headEnd) !== headOf(json)) return EMPTY;
    // The checksum says that it is what `writeIndex` of this format has written.
    return JSON.parse(json) as CacheIndex;
  } catch (error) {
    if (isFileSystemError(error)) return EMPTY;
    throw error;
  }
}

/** Replaces an index in one step, so that another process sees the old one or the new one. */
export async function writeIndex(file: string, index: CacheIndex, scratchName: string): Promise<void> {
  const json = JSON.stringify(index);
  await writeFile(scratchName, `${headOf(json)}\n${json}`);
  await rename(scratchName, file);
}

/** Whether Node says that a file could not be used; bugs of ours have no code. */
export function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

function headOf(json: string): string {
  return `readiness-cache ${FORMAT} ${json.length} ${crc32(json)}`;
}
