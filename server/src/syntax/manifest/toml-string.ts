import type { TextRange } from '../../core/text.ts';
import { joined, sliceOf, type SourceText } from './source-text.ts';

const ESCAPE = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|([^\r\n \t])|[ \t]*\r?\n\s*)/g;
const SHORT: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\u001B' };

/**
 * The content of a TOML string with the place of each of its units.
 * @param range the string with its quotes
 * @param value what the parser read; a content that differs (line ends inside) has no simple places
 * @returns undefined when the places can't be told
 */
export function tomlStringText(file: string, range: TextRange, value: string): SourceText | undefined {
  const raw = file.slice(range.start, range.end);
  const quotes = /^(?:"""|''')/.test(raw) ? 3 : 1;
  const leading = quotes === 3 ? (/^\r?\n/.exec(raw.slice(3))?.[0].length ?? 0) : 0;
  const content = sliceOf(file, range.start + quotes + leading, range.end - quotes);
  const source = raw.startsWith('"') ? unescaped(file, content) : content;
  return source.text === value ? source : undefined;
}

function unescaped(file: string, content: SourceText): SourceText {
  if (!content.text.includes('\\')) return content;
  const pieces: SourceText[] = [];
  let offset = 0;
  for (const match of content.text.matchAll(ESCAPE)) {
    pieces.push(sliceOf(file, content.start + offset, content.start + match.index));
    pieces.push(escapePiece(match, content.start + match.index));
    offset = match.index + match[0].length;
  }
  pieces.push(sliceOf(file, content.start + offset, content.start + content.text.length));
  return joined(pieces);
}

function escapePiece(match: RegExpMatchArray, start: number): SourceText {
  const [written, short16, long32, byte, letter] = match;
  const code = short16 ?? long32 ?? byte;
  const text = code === undefined ? (letter === undefined ? '' : (SHORT[letter] ?? letter)) : characterOf(code);
  const units = [...Array(text.length).keys()];
  return { text, starts: units.map(() => start), ends: units.map(() => start + written.length), start };
}

function characterOf(code: string): string {
  const point = Number.parseInt(code, 16);
  return point > 0x10ffff ? '' : String.fromCodePoint(point);
}
