import type { TextRange } from '../../core/text.ts';

/** A text together with the places of its units in a file: a string without its quotes and escapes, a joined line. */
export interface SourceText {
  readonly text: string;
  /** Where each unit of `text` starts in the file; undefined when they simply follow each other from `start` on. */
  readonly starts?: readonly number[];
  /** Where each unit ends; present when `starts` is. */
  readonly ends?: readonly number[];
  /** File offset of the first unit, or of the place where an empty text would stand. */
  readonly start: number;
}

/** The stretch `start` to `end` of a file, unchanged. */
export function sliceOf(file: string, start: number, end: number): SourceText {
  return { text: file.slice(start, end), start };
}

/** Part of a text, with its places; positions are units of `source.text`. */
export function partOf(source: SourceText, start: number, end: number): SourceText {
  const text = source.text.slice(start, end);
  if (!source.starts || !source.ends) return { text, start: source.start + start };
  return {
    text,
    starts: source.starts.slice(start, end),
    ends: source.ends.slice(start, end),
    start: rangeOf(source, start, start).start,
  };
}

/** File range of the units `start` to `end` of a text; an empty one stands right after the unit before it. */
export function rangeOf(source: SourceText, start: number, end: number): TextRange {
  const { starts, ends } = source;
  if (!starts || !ends) return { start: source.start + start, end: source.start + Math.max(start, end) };
  if (end > start) return { start: starts[start] ?? source.start, end: ends[end - 1] ?? source.start };
  const place = ends[start - 1] ?? starts[start] ?? source.start;
  return { start: place, end: place };
}

/** Several texts of one file read as one, in order. */
export function joined(pieces: readonly SourceText[]): SourceText {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const starts: number[] = [];
  const ends: number[] = [];
  for (const piece of pieces) {
    for (let i = 0; i < piece.text.length; i++) {
      const range = rangeOf(piece, i, i + 1);
      starts.push(range.start);
      ends.push(range.end);
    }
  }
  return { text: pieces.map(piece => piece.text).join(''), starts, ends, start: only?.start ?? 0 };
}

/** The text without white space at both ends. */
export function trimmed(source: SourceText): SourceText {
  const start = source.text.length - source.text.trimStart().length;
  return partOf(source, start, Math.max(start, source.text.trimEnd().length));
}
