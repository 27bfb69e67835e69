import { findCodingLine } from './coding-line.ts';
import { encodingOf, type TextEncoding } from './text-encoding.ts';

/** Bytes of text, in UTF-8, above which a file is not measured. */
export const MAX_TEXT_BYTES = 1_000_000;
/** Length of a line, in UTF-16 units, above which a file is not measured: nobody wrote it by hand. */
export const MAX_LINE_LENGTH = 10_000;

/** A file's text as an editor shows it, without byte order mark, line endings as they are; or why it has none. */
export type DecodedText =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly encoding: TextEncoding;
      /** Whether the file starts with a byte order mark, which `text` leaves out. */
      readonly bom: boolean;
    }
  | {
      readonly kind: 'notMeasured';
      /** A sentence for the user. */
      readonly reason: string;
    };

/** Turns the bytes of a file into text. `path` decides whether a Python coding line counts. Never throws. */
export function decodeText(path: string, bytes: Uint8Array): DecodedText {
  // UTF-16 needs at most two bytes where UTF-8 needs one, so anything larger is too large in every encoding.
  if (bytes.length > 2 * MAX_TEXT_BYTES + 2) return notMeasured(TOO_LARGE);

  const mark = findByteOrderMark(bytes);
  const body = bytes.subarray(mark?.length ?? 0);
  if (mark?.encoding === undefined && body.includes(0)) return notMeasured('The file is binary, not text.');

  const declared = mark === undefined && /\.pyw?$/.test(path) ? findCodingLine(body) : undefined;
  const encoding = declared === undefined ? (mark?.encoding ?? encodingOf('utf-8')) : encodingOf(declared);
  if (encoding === undefined)
    return notMeasured(`The encoding \`${declared ?? ''}\` that the file declares is not known.`);

  const text = encoding.decode(body);
  if (text === undefined)
    return notMeasured(
      `The file is not valid ${encoding.name}${declared === undefined ? ' and declares no other encoding' : ', which it declares'}.`,
    );
  const limit = findExceededLimit(text);
  return limit === undefined ? { kind: 'text', text, encoding, bom: mark !== undefined } : notMeasured(limit);
}

/**
 * Bytes of a changed text in the form that its file had; for writing fixes to disk.
 * Undefined when the encoding has no such character, or is one that can only be read.
 */
export function encodeText(
  text: string,
  form: { readonly encoding: TextEncoding; readonly bom: boolean },
): Uint8Array | undefined {
  return form.encoding.encode(form.bom ? `\uFEFF${text}` : text);
}

/** Why a text is too much to be measured, as a sentence; undefined when it is not. For open documents too. */
export function findExceededLimit(text: string): string | undefined {
  if (isLongerInUtf8(text, MAX_TEXT_BYTES)) return TOO_LARGE;

  let lineStart = 0;
  while (lineStart < text.length) {
    const newline = text.indexOf('\n', lineStart);
    const lineEnd = newline === -1 ? text.length : newline;
    if (lineEnd - lineStart > MAX_LINE_LENGTH && longestPart(text.slice(lineStart, lineEnd)) > MAX_LINE_LENGTH) {
      return `A line is longer than ${MAX_LINE_LENGTH.toLocaleString('en')} characters.`;
    }
    lineStart = lineEnd + 1;
  }
  return undefined;
}

const TOO_LARGE = 'The file is larger than 1 MB.';

function notMeasured(reason: string): DecodedText {
  return { kind: 'notMeasured', reason };
}

/** A lone carriage return ends a line too, and a carriage return before the newline is no part of it. */
function longestPart(line: string): number {
  return Math.max(...line.split('\r').map(part => part.length));
}

function isLongerInUtf8(text: string, limit: number): boolean {
  if (text.length > limit) return true;
  if (text.length * 3 <= limit) return false;
  return new TextEncoder().encode(text).length > limit;
}

function findByteOrderMark(bytes: Uint8Array): { length: number; encoding: TextEncoding | undefined } | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { length: 3, encoding: encodingOf('utf-8') };
  // Two zero bytes more make it UTF-32, which no tool of our languages reads.
  if (first === 0xff && second === 0xfe && !(third === 0 && fourth === 0))
    return { length: 2, encoding: encodingOf('utf-16le') };
  if (first === 0xfe && second === 0xff) return { length: 2, encoding: encodingOf('utf-16be') };
  return undefined;
}
