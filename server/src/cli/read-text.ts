import { readFile } from 'node:fs/promises';
import { decodeText } from '../workspace/decode.ts';

/**
 * Text of a file, as the analysis counts places in it: without byte order mark. Undefined when it can't be read.
 * A file that is too large to be analysed still has text: findings elsewhere may point to it.
 */
export async function readText(path: string): Promise<string | undefined> {
  try {
    const bytes = await readFile(path);
    const decoded = decodeText(path, bytes);
    return decoded.kind === 'text' ? decoded.text : new TextDecoder().decode(bytes);
  } catch {
    // Not there, or not for us; the caller does without.
    return undefined;
  }
}
