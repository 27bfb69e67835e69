import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeText, encodeText } from '../workspace/decode.ts';

/** A file while its fixes are planned; nothing is written yet. */
export interface Draft {
  /** Relative to the root. */
  readonly path: string;
  /** Undefined when there is no such file yet. */
  readonly before: string | undefined;
  readonly bytesBefore: Uint8Array | undefined;
  /** The text as it is to be; grows with every fix. */
  after: string;
  /** Version that the session knows the text by. */
  version: number;
  /** Bytes in the encoding of the file; undefined when that has no place for a character. */
  readonly encode: (text: string) => Uint8Array | undefined;
}

/** Reads a file to be fixed. Undefined when it is no text. @throws Error when it can't be read. */
export async function openDraft(root: string, path: string): Promise<Draft | undefined> {
  const bytesBefore = await readFile(join(root, path));
  const decoded = decodeText(path, bytesBefore);
  if (decoded.kind !== 'text') return undefined;
  const { text } = decoded;
  return { path, before: text, bytesBefore, after: text, version: 0, encode: changed => encodeText(changed, decoded) };
}

/** A file that a fix makes. Undefined when it is there already. */
export function newDraft(root: string, path: string, text: string): Draft | undefined {
  if (existsSync(join(root, path))) return undefined;
  const encoder = new TextEncoder();
  return {
    path,
    before: undefined,
    bytesBefore: undefined,
    after: text,
    version: 0,
    encode: changed => encoder.encode(changed),
  };
}
