/** FNV-1a offset basis, 32 bit (http://www.isthe.com/chongo/tech/comp/fnv/). */
export const HASH_SEED = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Folds a span of `text` into a running 32-bit FNV-1a hash over UTF-16 units; start with {@link HASH_SEED}. */
export function hashSpan(hash: number, text: string, start = 0, end: number = text.length): number {
  let value = hash;
  for (let i = start; i < end; i++) value = Math.imul(value ^ text.charCodeAt(i), FNV_PRIME);
  return value >>> 0;
}

/** 16 hexadecimal digits that name a sequence of strings; not for secrets. */
export function fingerprint(...parts: readonly string[]): string {
  let forward = HASH_SEED;
  let salted = HASH_SEED ^ 0x5bd1e995;
  for (const part of parts) {
    forward = hashSpan(hashSpan(forward, part), '\u0000');
    salted = hashSpan(hashSpan(salted, '\u0001'), part);
  }
  return forward.toString(16).padStart(8, '0') + salted.toString(16).padStart(8, '0');
}
