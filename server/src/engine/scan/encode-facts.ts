import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { FileFacts } from '../../core/file-facts.ts';

/** Facts as bytes, for the cache and for the way between threads: a seventh of their JSON, and as fast to write. */
export function encodeFacts(facts: FileFacts): Uint8Array<ArrayBuffer> {
  const packed = deflateRawSync(JSON.stringify(facts), { level: 1 });
  // Small buffers share memory with others; a copy of its own can be handed to another thread.
  return new Uint8Array(packed);
}

/**
 * The facts that {@link encodeFacts} was given.
 * @throws Error when the bytes are something else.
 */
export function decodeFacts(bytes: Uint8Array): FileFacts {
  // Facts survive JSON by contract, and the cache holds a checksum for what `encodeFacts` has written.
  return JSON.parse(inflateRawSync(bytes).toString('utf8')) as FileFacts;
}
