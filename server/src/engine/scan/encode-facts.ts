import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { FileFacts } from '../../core/file-facts.ts';

/** First byte of the encoding: what follows is JSON as it is, or deflated. */
const PLAIN = 0;
const DEFLATED = 1;

/** Up to so many bytes, starting the compressor costs more than it saves; most files that hold no facts are below. */
const SMALL = 1024;

/** Facts as bytes, for the cache and for the way between threads: a seventh of their JSON, and as fast to write. */
export function encodeFacts(facts: FileFacts): Uint8Array<ArrayBuffer> {
  const json = Buffer.from(JSON.stringify(facts));
  return json.length <= SMALL ? tagged(PLAIN, json) : tagged(DEFLATED, deflateRawSync(json, { level: 1 }));
}

/**
 * The facts that {@link encodeFacts} was given.
 * @throws Error when the bytes are something else.
 */
export function decodeFacts(bytes: Uint8Array): FileFacts {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset + 1, bytes.length - 1);
  const json = bytes[0] === PLAIN ? body : inflateRawSync(body);
  // Facts survive JSON by contract, and the cache holds a checksum for what `encodeFacts` has written.
  return JSON.parse(json.toString('utf8')) as FileFacts;
}

/** Small buffers share memory with others; a copy of its own can be handed to another thread. */
function tagged(tag: number, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(body.length + 1);
  bytes[0] = tag;
  bytes.set(body, 1);
  return bytes;
}
