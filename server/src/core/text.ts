/** A half-open span of a text, in UTF-16 code units from its start. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** One replacement in a text; an empty range inserts, an empty `newText` deletes. */
export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** A place as editors count it: 0-based line, 0-based UTF-16 column. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Whether `inner` lies completely inside `outer`; equal ranges count. */
export function containsRange(outer: TextRange, inner: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether two ranges share at least one code unit, or an insertion point lies strictly inside the other. */
export function overlaps(left: TextRange, right: TextRange): boolean {
  if (left.start === right.start && left.end === right.end) return true;
  return left.start < right.end && right.start < left.end;
}

/**
 * Applies edits that were all computed on `text`.
 * @throws RangeError when two edits overlap or one lies outside the text: applying them would corrupt the file.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  let result = '';
  let offset = 0;
  for (const { range, newText } of ordered) {
    if (range.start < offset || range.end < range.start || range.end > text.length) {
      throw new RangeError(`Edit ${range.start}-${range.end} overlaps another one or leaves the text.`);
    }
    result += text.slice(offset, range.start) + newText;
    offset = range.end;
  }
  return result + text.slice(offset);
}

/** Converts between offsets and positions of one text. Line ends are `\n`, `\r\n` and a lone `\r`, as in LSP. */
export class LineIndex {
  readonly #starts: number[];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    this.#starts = [0];
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit === 13 && text.charCodeAt(i + 1) === 10) continue;
      if (unit === 10 || unit === 13) this.#starts.push(i + 1);
    }
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** Offset at which a 0-based line starts; lines past the end give the end of the text. */
  lineStart(line: number): number {
    return this.#starts[line] ?? this.#length;
  }

  /** Position of an offset; offsets outside the text are clamped. */
  position(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: clamped - (this.#starts[low] ?? 0) };
  }

  /** Offset of a position; a column past the end of its line is clamped to the start of the next one. */
  offset(position: Position): number {
    const start = this.lineStart(position.line);
    return Math.min(start + position.character, this.lineStart(position.line + 1));
  }
}
