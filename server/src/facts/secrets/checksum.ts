const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECKSUM_LENGTH = 6;

/** Whether the last six characters of a token are the CRC-32 of those before them, behind the prefix up to `_`. */
export function hasValidChecksum(token: string): boolean {
  const payload = token.slice(token.indexOf('_') + 1);
  return payload.slice(-CHECKSUM_LENGTH) === checksumOf(payload.slice(0, -CHECKSUM_LENGTH));
}

/** CRC-32 of an ASCII text in base 62, six digits. */
export function checksumOf(text: string): string {
  let rest = crc32(text);
  let digits = '';
  while (rest > 0) {
    digits = `${ALPHABET[rest % 62] ?? ''}${digits}`;
    rest = Math.floor(rest / 62);
  }
  return digits.padStart(CHECKSUM_LENGTH, '0');
}

function crc32(text: string): number {
  let sum = 0xffffffff;
  for (let index = 0; index < text.length; index++) {
    sum ^= text.charCodeAt(index);
    for (let bit = 0; bit < 8; bit++) sum = (sum & 1) === 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
