import { readEwahBitmap } from './ewah-bitmap.ts';

/** One path that git tracks. Conflicting versions of one file are one entry. */
export interface GitIndexEntry {
  /** Relative to the top of the work tree, forward slashes. */
  readonly path: string;
  /** `folder` stands for everything below it, in a sparse index. */
  readonly kind: 'file' | 'link' | 'submodule' | 'folder';
}

/** What a split index says about the shared index that it builds on. */
export interface SharedIndexLink {
  /** Hexadecimal name of the shared index. */
  readonly hash: string;
  /** Positions of entries of the shared index that are gone. Replaced entries keep their path and need no list. */
  readonly deleted: ReadonlySet<number>;
}

/** The content of a git index, or why it can't be read, in words that finish "the git index …". */
export type GitIndex =
  | { readonly kind: 'index'; readonly entries: readonly GitIndexEntry[]; readonly shared: SharedIndexLink | undefined }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Bytes before the object name of an entry: times, device, inode, mode, owner, size. */
const STAT_BYTES = 40;
const MODE_OFFSET = 24;
const HEADER_BYTES = 12;
const EXTENDED_FLAG = 0x4000;
/** No system has longer paths; in version 4 a broken index could make each path longer than the one before. */
const MAX_PATH_BYTES = 65_536;
const UTF8 = new TextDecoder();

/**
 * Reads a git index of version 2, 3 or 4 (the format is described in git's `gitformat-index`). Never throws.
 * `hashBytes` is 20 for SHA-1 repositories and 32 for SHA-256.
 */
export function parseGitIndex(bytes: Uint8Array, hashBytes: 20 | 32): GitIndex {
  if (bytes.length < HEADER_BYTES + hashBytes || latin1(bytes, 0, 4) !== 'DIRC') return unreadable('is not one');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(4);
  if (version < 2 || version > 4) return unreadable(`has version ${version}, which is not known`);

  const end = bytes.length - hashBytes;
  const found = parseEntries({ bytes, view, end, hashBytes, version }, view.getUint32(8));
  if (found === undefined) return unreadable('ends in the middle of an entry');
  const shared = parseExtensions({ bytes, view, end, hashBytes, version }, found.offset);
  if (typeof shared === 'string') return unreadable(shared);
  return { kind: 'index', entries: found.entries, shared };
}

/** The entries of a split index put together with those of the shared index it links to; sorted by path. */
export function mergeSharedIndex(
  own: readonly GitIndexEntry[],
  shared: readonly GitIndexEntry[],
  link: SharedIndexLink,
): GitIndexEntry[] {
  const byPath = new Map<string, GitIndexEntry>();
  for (const [position, entry] of shared.entries()) if (!link.deleted.has(position)) byPath.set(entry.path, entry);
  // An entry without a path replaces the metadata of a shared one, which is of no interest here.
  for (const entry of own) if (entry.path !== '') byPath.set(entry.path, entry);
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

interface IndexBytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Where the checksum starts. */
  readonly end: number;
  readonly hashBytes: number;
  readonly version: number;
}

function parseEntries(index: IndexBytes, count: number): { entries: GitIndexEntry[]; offset: number } | undefined {
  const { view, end, hashBytes, version } = index;
  const entries: GitIndexEntry[] = [];
  let offset = HEADER_BYTES;
  let previous: Uint8Array = new Uint8Array(0);

  for (let position = 0; position < count; position++) {
    const flagsAt = offset + STAT_BYTES + hashBytes;
    if (flagsAt + 4 > end) return undefined;
    const isExtended = version >= 3 && (view.getUint16(flagsAt) & EXTENDED_FLAG) !== 0;
    const nameAt = flagsAt + (isExtended ? 4 : 2);
    const name = version === 4 ? readSharedPrefixName(index, nameAt, previous) : readPlainName(index, nameAt);
    if (name === undefined) return undefined;

    entries.push({ path: decodePath(name.path), kind: kindOf(view.getUint32(offset + MODE_OFFSET)) });
    previous = name.path;
    // Versions 2 and 3 fill up with one to eight zero bytes, so that entries stay aligned.
    offset = version === 4 ? name.end + 1 : offset + ((name.end - offset + 8) & ~7);
  }
  return { entries, offset };
}

interface EntryName {
  readonly path: Uint8Array;
  /** Where its closing zero byte is. */
  readonly end: number;
}

function readPlainName({ bytes, end }: IndexBytes, start: number): EntryName | undefined {
  const zero = bytes.indexOf(0, start);
  return zero === -1 || zero >= end ? undefined : { path: bytes.subarray(start, zero), end: zero };
}

/** Version 4 writes how many bytes to drop from the end of the previous path, and what follows. */
function readSharedPrefixName(index: IndexBytes, start: number, previous: Uint8Array): EntryName | undefined {
  const dropped = readOffsetVarint(index, start);
  if (dropped === undefined || dropped.value > previous.length) return undefined;
  const rest = readPlainName(index, dropped.next);
  if (rest === undefined || previous.length > MAX_PATH_BYTES) return undefined;

  const kept = previous.subarray(0, previous.length - dropped.value);
  const path = new Uint8Array(kept.length + rest.path.length);
  path.set(kept);
  path.set(rest.path, kept.length);
  return { path, end: rest.end };
}

/** The variable-length number of git's pack files: seven bits per byte, each further byte counting one more. */
function readOffsetVarint({ bytes, end }: IndexBytes, start: number): { value: number; next: number } | undefined {
  let value = 0;
  for (let at = start; at < end && at < start + 5; at++) {
    const byte = bytes[at] ?? 0;
    value = value * 128 + (byte & 127);
    if ((byte & 128) === 0) return { value, next: at + 1 };
    value += 1;
  }
  return undefined;
}

function kindOf(mode: number): GitIndexEntry['kind'] {
  switch (mode & 0o170000) {
    case 0o120000:
      return 'link';
    case 0o160000:
      return 'submodule';
    case 0o040000:
      return 'folder';
    default:
      return 'file';
  }
}

/** Reads what follows the entries. Returns the link of a split index, or in words why the index can't be understood. */
function parseExtensions(index: IndexBytes, start: number): SharedIndexLink | string | undefined {
  const { bytes, view, end } = index;
  let link: SharedIndexLink | undefined;
  let offset = start;
  while (offset + 8 <= end) {
    const signature = latin1(bytes, offset, 4);
    const size = view.getUint32(offset + 4);
    const bodyEnd = offset + 8 + size;
    if (bodyEnd > end) return 'ends in the middle of an extension';
    if (signature === 'link') {
      link = parseLink(index, offset + 8, bodyEnd);
      if (link === undefined) return 'is split, and its link to the shared index is broken';
    } else if (signature !== 'sdir' && !/^[A-Z]/.test(signature)) {
      // A capital letter marks extensions that may be skipped; any other changes what the entries mean.
      return `needs the extension \`${signature.replace(/[^\x20-\x7e]/g, '?')}\`, which is not known`;
    }
    offset = bodyEnd;
  }
  return link;
}

function parseLink({ bytes, hashBytes }: IndexBytes, start: number, end: number): SharedIndexLink | undefined {
  if (start + hashBytes > end) return undefined;
  const hash = Array.from(bytes.subarray(start, start + hashBytes), byte => byte.toString(16).padStart(2, '0')).join(
    '',
  );
  // Without bitmaps nothing of the shared index is deleted or replaced.
  if (start + hashBytes === end) return { hash, deleted: new Set() };
  const deleted = readEwahBitmap(bytes.subarray(start + hashBytes, end));
  return deleted && { hash, deleted };
}

function decodePath(path: Uint8Array): string {
  return UTF8.decode(path);
}

function latin1(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}

function unreadable(reason: string): GitIndex {
  return { kind: 'unreadable', reason };
}
