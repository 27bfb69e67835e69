const CODING = /^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)/;
const BLANK_OR_COMMENT = /^[ \t\f]*(?:#.*)?$/;

/** Bytes in which the first two lines of a sane file end. */
const HEAD_BYTES = 1024;

/**
 * The encoding that a Python file declares in its first or second line (PEP 263), as written; undefined without one.
 * The second line counts only after a blank line or a comment.
 */
export function findCodingLine(bytes: Uint8Array): string | undefined {
  // Every file that is read comes by here: spreading the bytes as arguments took as long as opening the file.
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES)).toString('latin1');
  if (!head.includes('coding')) return undefined;
  const [first = '', second = ''] = head.split(/\r\n|\r|\n/, 2);
  const inFirst = CODING.exec(first)?.[1];
  if (inFirst !== undefined || !BLANK_OR_COMMENT.test(first)) return inFirst;
  return CODING.exec(second)?.[1];
}
