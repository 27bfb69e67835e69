import { isAlias, isScalar, type Document, type Node } from 'yaml';
import type { TextRange } from '../../core/text.ts';

/** The text of a YAML scalar, and where its parts stand in the file. */
export interface ScalarText {
  readonly value: string;
  /** The whole scalar in the file, quotes and block header included. */
  readonly range: TextRange;
  /** Place of a part of `value`; the whole scalar where escapes or folding keep the parts from being told apart. */
  rangeOf(start: number, end: number): TextRange;
}

/** A run of units that stand together in the value and in the file. */
interface Piece {
  readonly value: number;
  readonly source: number;
}

/** Text of a string, number or boolean node; aliases are followed. Undefined for everything else. */
export function scalarText(node: unknown, document: Document, text: string): ScalarText | undefined {
  const scalar = isAlias(node) ? node.resolve(document) : node;
  if (!isScalar(scalar) || scalar.range === null || scalar.range === undefined) return undefined;
  const value = typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? '');
  const range = { start: scalar.range[0], end: scalar.range[1] };
  const pieces = findPieces(scalar, value, text, range);
  return { value, range, rangeOf: (start, end) => mapRange(pieces, start, end) ?? range };
}

function findPieces(scalar: Node & { type?: string }, value: string, text: string, range: TextRange): readonly Piece[] {
  if (scalar.type === 'BLOCK_LITERAL' || scalar.type === 'BLOCK_FOLDED') {
    return blockPieces(value, text, range, scalar.type === 'BLOCK_FOLDED');
  }
  const start = scalar.type === 'QUOTE_SINGLE' || scalar.type === 'QUOTE_DOUBLE' ? range.start + 1 : range.start;
  return text.startsWith(value, start) ? [{ value: 0, source: start }] : [];
}

/** Rebuilds a block scalar line by line; without pieces when that gives another value than the parser's. */
function blockPieces(value: string, text: string, range: TextRange, folded: boolean): readonly Piece[] {
  const header = text.indexOf('\n', range.start);
  if (header === -1 || header >= range.end) return [];

  const lines = splitLines(text, header + 1, range.end);
  const indent = lines.find(line => line.text.trim() !== '')?.text.search(/[^ ]/) ?? 0;
  const pieces: Piece[] = [];
  let at = 0;
  for (const line of lines) {
    const content = line.text.slice(indent);
    // Folding turns the end of a line into a space or into nothing; either way the next line goes on in order.
    const found = content === '' ? at : value.indexOf(content, at);
    if (found === -1 || found - at > (folded ? 2 : 1)) return [];
    pieces.push({ value: found, source: line.start + Math.min(indent, line.text.length) });
    at = found + content.length;
    if (!folded && value[at] === '\n') at += 1;
  }
  return pieces;
}

function splitLines(text: string, start: number, end: number): { start: number; text: string }[] {
  const lines: { start: number; text: string }[] = [];
  for (let at = start; at < end;) {
    const newline = text.indexOf('\n', at);
    const lineEnd = newline === -1 || newline > end ? end : newline;
    lines.push({ start: at, text: text.slice(at, lineEnd).replace(/\r$/, '') });
    at = lineEnd + 1;
  }
  return lines;
}

function mapRange(pieces: readonly Piece[], start: number, end: number): TextRange | undefined {
  const first = pieceAt(pieces, start);
  const last = pieceAt(pieces, Math.max(start, end - 1));
  if (first === undefined || last === undefined) return undefined;
  return { start: first.source + start - first.value, end: last.source + end - last.value };
}

/** The last piece that starts at or before an offset. */
function pieceAt(pieces: readonly Piece[], offset: number): Piece | undefined {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.value ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return pieces[low - 1];
}
