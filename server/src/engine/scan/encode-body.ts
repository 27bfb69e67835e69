import type { FileFacts } from '../../core/file-facts.ts';
import { decodeFacts, encodeFacts } from './encode-facts.ts';

/** What the main thread and the cache keep of a file, beside its summary. */
export interface FileBody {
  /** Undefined for files that workspace rules don't look into. */
  readonly facts: FileFacts | undefined;
  /** The outline of a Python file, packed. */
  readonly outline: Uint8Array | undefined;
}

/** Bytes that say how long the facts are. */
const HEAD = 4;

/** A body as bytes, in memory of its own: length of the facts, facts, outline. */
export function encodeBody({ facts, outline }: FileBody): Uint8Array<ArrayBuffer> {
  const encoded = facts ? encodeFacts(facts) : EMPTY;
  const bytes = new Uint8Array(HEAD + encoded.length + (outline?.length ?? 0));
  new DataView(bytes.buffer).setUint32(0, encoded.length);
  bytes.set(encoded, HEAD);
  if (outline) bytes.set(outline, HEAD + encoded.length);
  return bytes;
}

/**
 * The body that {@link encodeBody} was given; the outline is a part of the same memory.
 * @throws Error when the bytes are something else.
 */
export function decodeBody(bytes: Uint8Array): FileBody {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(0);
  const end = HEAD + length;
  if (end > bytes.length) throw new Error('The body of the file is cut off.');
  return {
    facts: length > 0 ? decodeFacts(bytes.subarray(HEAD, end)) : undefined,
    outline: end < bytes.length ? bytes.subarray(end) : undefined,
  };
}

const EMPTY = new Uint8Array(0);
