import type { CommentFact } from '../../core/python-facts.ts';
import type { TextRange } from '../../core/text.ts';

/** Words of other tools that are often written right behind `#` or `//`; anything else needs a space to begin a segment. */
const TOOL = String.raw`(?:readiness|noqa|nosec|nosonar|type|pylint|pragma|fmt|pyright|mypy|ruff|isort|yapf|eslint|@ts|prettier|biome|c8|v8|istanbul)\b`;
/** Where a further comment begins inside a line comment: `# noqa: E501  # readiness: …`. */
const HASH_START = new RegExp(String.raw`\s+#+(?=\s|${TOOL})`, 'gi');
const SLASH_START = new RegExp(String.raw`\s+//+(?=\s|${TOOL})`, 'gi');

/**
 * The parts of a comment that may each be a suppression, as ranges of the file, without openers and surrounding space:
 * the comments that share a `#` or `//` comment, or the lines of a `/*` or `<!--` comment.
 */
export function segmentsOf(comment: CommentFact): readonly TextRange[] {
  const { text } = comment;
  if (text.startsWith('/*')) return blockSegments(comment, /^\/\*+|\*+\/$/g);
  if (text.startsWith('<!--')) return blockSegments(comment, /^<!--|-->$/g);
  return lineSegments(comment, text.startsWith('//') ? SLASH_START : HASH_START);
}

function lineSegments({ text, range }: CommentFact, opener: RegExp): readonly TextRange[] {
  const starts = [0, ...[...text.matchAll(opener)].map(match => match.index)];
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? text.length;
    const opening = /^\s*[#/]*/.exec(text.slice(start, end))?.[0].length ?? 0;
    return trimmed(text, start + opening, end, range.start);
  });
}

function blockSegments({ text, range }: CommentFact, fences: RegExp): readonly TextRange[] {
  // Blanks of the same length keep every offset.
  const body = text.replace(fences, fence => ' '.repeat(fence.length));
  return [...body.matchAll(/[^\r\n]+/g)].map(({ 0: line, index }) => {
    const gutter = /^\s*\*?/.exec(line)?.[0].length ?? 0;
    return trimmed(body, index + gutter, index + line.length, range.start);
  });
}

function trimmed(text: string, start: number, end: number, offset: number): TextRange {
  let [from, to] = [start, end];
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return { start: offset + from, end: offset + to };
}

function isBlank(unit: number): boolean {
  return unit === 32 || (unit >= 9 && unit <= 13);
}
