import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonValue } from '../../core/json.ts';
import { isFileSystemError, readIndex, writeIndex, type CacheEntry, type PackedBody } from './cache-index.ts';
import { decodeBody, type FileBody } from './encode-body.ts';
import { isSettled, sameStamp, type FileStamp } from './file-stamp.ts';
import { createPackReader, createPackWriter, type PackReader, type PackWriter } from './pack.ts';

/** What the cache knows of one file. */
export interface CachedFile {
  readonly contentHash: string;
  /** As it was stored, without decoding the body. */
  readonly summary: JsonValue;
  /** Decodes the body; undefined when it is damaged or another process has removed it: measure again. */
  body(): FileBody | undefined;
}

/** A file that was read and measured. */
export interface MeasuredFile {
  readonly path: string;
  /** Taken before the file was read. */
  readonly stamp: FileStamp;
  /** When it was read, in milliseconds since 1970. */
  readonly readAt: number;
  readonly contentHash: string;
  /** As `encodeBody` gives it. */
  readonly body: Uint8Array;
  readonly summary: JsonValue;
}

/** Facts of the files of one root, kept on disk between runs. Paths are relative to the root. */
export interface FactsCache {
  /** Where it is on disk; for `pruneCaches` to leave it alone. */
  readonly folder: string;
  /** The entry of a file that is as it was, going by its stamp alone; undefined when it has to be read. */
  match(path: string, stamp: FileStamp): CachedFile | undefined;
  /** Whether there is an entry of that size, so that reading the file to compare its content may be worth it. */
  knows(path: string, size: number): boolean;
  /** The entry of a file whose content is as it was; from now on its new stamp counts. */
  matchContent(path: string, contentHash: string, stamp: FileStamp, readAt: number): CachedFile | undefined;
  store(file: MeasuredFile): void;
  /** Replaces the summary of a file that is in the cache. */
  summarise(path: string, summary: JsonValue): void;
  /** What {@link keepWhole} was given last; null in a new cache. */
  whole(): JsonValue;
  /** Replaces what is known of the files as a whole. Whether it still holds for them is up to the caller. */
  keepWhole(whole: JsonValue): void;
  /**
   * Writes what is new. Files that are not among `paths` are forgotten. A disk that can't be written to is not an error:
   * the next run is slower, that is all.
   * @returns whether a cache was written where none could be read before
   */
  save(paths: ReadonlySet<string>): Promise<boolean>;
  dispose(): Promise<void>;
}

/** Where and how a cache is kept. */
export interface CacheOptions {
  /** Folder of this root's cache; made when something is saved. */
  readonly folder: string;
  /** Names the code that extracts facts: another version never sees these entries. */
  readonly engineVersion: string;
  /** Files beyond this size of all bodies are not stored; 256 MB when absent. */
  readonly maxBytes?: number;
}

const INDEX = 'index';
const DEFAULT_MAX_BYTES = 256 * 1024 * 1024;
/** More packs than this are merged, so that a later run opens few files. */
const MAX_PACKS = 8;
/** Dead bytes that are not worth the work of a merge. */
const SLACK = 1 << 20;
/** An unknown pack may be one that another process is still writing. */
const ORPHAN_AGE = 60 * 60 * 1000;

/** Opens the cache of a root. Never fails: what can't be read is an empty cache. */
export function openFactsCache({ folder, engineVersion, maxBytes = DEFAULT_MAX_BYTES }: CacheOptions): FactsCache {
  const home = join(folder, `v-${engineVersion.replace(/[^\w.-]/g, '_')}`);
  const index = readIndex(join(home, INDEX));
  const entries = new Map(index.entries.map(entry => [entry.path, entry]));
  const isNew = index.entries.length === 0;
  let whole = index.whole;
  const reader = createPackReader(home);
  /** The last one takes what is stored; the others are being saved. */
  const writers: PackWriter[] = [];
  let bytes = [...entries.values()].reduce((sum, { body }) => sum + body.length, 0);
  let changed = false;

  const put = (entry: CacheEntry): void => {
    bytes += entry.body.length - (entries.get(entry.path)?.body.length ?? 0);
    entries.set(entry.path, entry);
    changed = true;
  };
  const forget = (isGone: (entry: CacheEntry) => boolean): void => {
    for (const entry of entries.values()) {
      if (!isGone(entry)) continue;
      entries.delete(entry.path);
      bytes -= entry.body.length;
      changed = true;
    }
  };
  const view = (entry: CacheEntry): CachedFile => ({
    contentHash: entry.contentHash,
    summary: entry.summary,
    body() {
      const pending = writers.map(writer => writer.pending(entry.body)).find(found => found !== undefined);
      const found = pending ?? reader.read(entry.body);
      return found === undefined ? undefined : decodeBody(found);
    },
  });
  const write = async (): Promise<void> => {
    const flushed = writers.splice(0);
    try {
      for (const writer of flushed) await finish(writer);
    } catch (error) {
      // Nobody can read what didn't reach the disk.
      forget(({ body }) => flushed.some(writer => writer.name === body.pack));
      throw error;
    }
    const written = [...entries.values()].filter(({ body }) => writers.every(writer => writer.name !== body.pack));
    for (const { entry, body } of await mergePacks(written, home, reader)) {
      // What was stored meanwhile is newer.
      if (entries.get(entry.path) !== entry) continue;
      if (body) put({ ...entry, body });
      else forget(({ path }) => path === entry.path);
    }
    await mkdir(home, { recursive: true });
    await writeIndex(
      join(home, INDEX),
      { entries: [...entries.values()], whole },
      join(home, `${INDEX}-${randomName()}`),
    );
    await removeOrphans(home, new Set([...entries.values()].map(({ body }) => body.pack)));
  };

  return {
    folder: home,
    match(path, stamp) {
      const entry = entries.get(path);
      if (!entry || !sameStamp(entry.stamp, stamp)) return undefined;
      return isSettled(entry.stamp, entry.readAt) ? view(entry) : undefined;
    },
    knows: (path, size) => entries.get(path)?.stamp.size === size,
    matchContent(path, contentHash, stamp, readAt) {
      const entry = entries.get(path);
      if (entry?.contentHash !== contentHash) return undefined;
      const renewed = { ...entry, stamp, readAt };
      put(renewed);
      return view(renewed);
    },
    store({ body, ...file }) {
      if (bytes + body.length > maxBytes) return;
      const writer = writers.at(-1) ?? createPackWriter(home, newPackName());
      if (writers.length === 0) writers.push(writer);
      put({ ...file, body: writer.append(body) });
    },
    summarise(path, summary) {
      const entry = entries.get(path);
      if (entry) put({ ...entry, summary });
    },
    whole: () => whole,
    keepWhole(value) {
      whole = value;
      changed = true;
    },
    async save(paths) {
      forget(({ path }) => !paths.has(path));
      const isStale = changed;
      changed = false;
      try {
        if (isStale) await write();
        else await touch(join(home, INDEX));
      } catch (error) {
        if (!isFileSystemError(error)) throw error;
        changed = true;
      }
      return isNew && isStale && !changed;
    },
    async dispose() {
      reader.close();
      for (const writer of writers.splice(0)) await writer.close();
    },
  };
}

async function finish(writer: PackWriter): Promise<void> {
  await writer.flush();
  await writer.close();
}

/** Tells `pruneCaches` that the cache is in use. */
async function touch(index: string): Promise<void> {
  const now = new Date();
  await utimes(index, now, now);
}

/** New places of all entries, in one pack, when there are many packs or much of them is dead; no body: it is damaged. */
async function mergePacks(
  entries: readonly CacheEntry[],
  home: string,
  reader: PackReader,
): Promise<readonly { readonly entry: CacheEntry; readonly body: PackedBody | undefined }[]> {
  const packs = new Set(entries.map(({ body }) => body.pack));
  const used = entries.reduce((sum, { body }) => sum + body.length, 0);
  const isDense = packs.size <= MAX_PACKS && (await sizeOf(home, packs)) <= 2 * used + SLACK;
  if (isDense) return [];

  const writer = createPackWriter(home, newPackName());
  const moved = entries.map(entry => {
    const bytes = reader.read(entry.body);
    return { entry, body: bytes && writer.append(bytes) };
  });
  await finish(writer);
  return moved;
}

async function sizeOf(home: string, packs: ReadonlySet<string>): Promise<number> {
  const present = (await readdir(home)).filter(name => packs.has(name));
  const sizes = await Promise.all(present.map(async name => (await stat(join(home, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function removeOrphans(home: string, known: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(home)) {
    if (name === INDEX || known.has(name)) continue;
    const file = join(home, name);
    // Another process may have finished, and renamed or removed it.
    const found = statSync(file, { throwIfNoEntry: false });
    if (found && Date.now() - found.mtimeMs > ORPHAN_AGE) await rm(file, { force: true });
  }
}

function newPackName(): string {
  return `pack-${randomName()}`;
}

function randomName(): string {
  return randomBytes(8).toString('hex');
}
