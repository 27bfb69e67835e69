import { closeSync, openSync, readSync } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { isFileSystemError, type PackedBody } from './cache-index.ts';

/** Bytes that wait in memory before they are written. */
const CHUNK = 1 << 20;

/** A pack that grows; it is never changed once its index is written. */
export interface PackWriter {
  /** File name of the pack. */
  readonly name: string;
  /** Adds bytes at the end; they can be read after `flush`. */
  append(bytes: Uint8Array): PackedBody;
  /** Bytes that `append` was given and that are not in the file yet. */
  pending(body: PackedBody): Uint8Array | undefined;
  /**
   * Waits until all is written.
   * @throws Error when the disk is full or the folder gone.
   */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a new pack; folder and file are made with the first bytes. */
export function createPackWriter(folder: string, name: string): PackWriter {
  let handle: FileHandle | undefined;
  let size = 0;
  let waiting: { readonly body: PackedBody; readonly bytes: Uint8Array }[] = [];
  let waitingBytes = 0;
  const unwritten = new Map<number, Uint8Array>();
  let tail: Promise<void> = Promise.resolve();

  const write = async (batch: typeof waiting): Promise<void> => {
    if (!handle) {
      await mkdir(folder, { recursive: true });
      handle = await open(join(folder, name), 'wx');
    }
    const [first] = batch;
    if (first)
      await handle.writev(
        batch.map(({ bytes }) => bytes),
        first.body.offset,
      );
    for (const { body } of batch) unwritten.delete(body.offset);
  };
  const schedule = (): void => {
    const batch = waiting;
    waiting = [];
    waitingBytes = 0;
    tail = tail.then(() => write(batch));
    // Whoever flushes gets the error; until then it must not count as unhandled.
    tail.catch(() => undefined);
  };

  return {
    name,
    append(bytes) {
      const body = { pack: name, offset: size, length: bytes.length, checksum: crc32(bytes) };
      size += bytes.length;
      unwritten.set(body.offset, bytes);
      waiting.push({ body, bytes });
      waitingBytes += bytes.length;
      if (waitingBytes >= CHUNK) schedule();
      return body;
    },
    pending: body => (body.pack === name ? unwritten.get(body.offset) : undefined),
    async flush() {
      if (waiting.length > 0) schedule();
      await tail;
    },
    async close() {
      await handle?.close();
      handle = undefined;
    },
  };
}

/** Reads bodies of packs; keeps the files open until it is closed. */
export interface PackReader {
  /** The bytes of a body; undefined when the pack is gone or holds something else there. */
  read(body: PackedBody): Uint8Array | undefined;
  close(): void;
}

export function createPackReader(folder: string): PackReader {
  const open = new Map<string, number>();
  return {
    read(body) {
      try {
        const file = open.get(body.pack) ?? openSync(join(folder, body.pack), 'r');
        open.set(body.pack, file);
        const bytes = new Uint8Array(body.length);
        const count = readSync(file, bytes, 0, body.length, body.offset);
        return count === body.length && crc32(bytes) === body.checksum ? bytes : undefined;
      } catch (error) {
        if (isFileSystemError(error)) return undefined;
        throw error;
      }
    },
    close() {
      for (const file of open.values()) closeSync(file);
      open.clear();
    },
  };
}
