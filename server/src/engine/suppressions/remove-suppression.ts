import type { Suppression } from '../../core/suppression.ts';
import type { TextEdit, TextRange } from '../../core/text.ts';
import { isBetweenElements, jsxContainer } from './jsx-container.ts';

/** The parts of a suppression that removing needs. */
type Removable = Pick<Suppression, 'range' | 'commentRange'>;

/** The edit that removes a suppression, with its whole comment where nothing else is in it; no blank is left behind. */
export function removeSuppression(text: string, suppression: Removable): TextEdit {
  const comment = text.slice(suppression.commentRange.start, suppression.commentRange.end);
  const isBlock = comment.startsWith('/*') || comment.startsWith('<!--');
  const range = isBlock ? rangeInBlock(text, suppression) : rangeInLine(text, suppression);
  return { range, newText: '' };
}

/** The edit that removes some ids of a suppression; with all of them, the suppression goes. */
export function removeIds(text: string, suppression: Suppression, indices: ReadonlySet<number>): TextEdit {
  const kept = suppression.ruleIds.filter((_, index) => !indices.has(index));
  const [first] = suppression.idRanges;
  const last = suppression.idRanges.at(-1);
  if (kept.length === 0 || !first || !last) return removeSuppression(text, suppression);
  return { range: { start: first.start, end: last.end }, newText: kept.join(', ') };
}

/** In `# noqa  # readiness: …  # nosec` one segment goes and the others stay as they are. */
function rangeInLine(text: string, { range, commentRange }: Removable): TextRange {
  let opener = range.start;
  while (opener > commentRange.start && isBlank(text[opener - 1])) opener--;
  while (opener > commentRange.start && /[#/]/.test(text[opener - 1] ?? '')) opener--;

  let before = opener;
  while (before > commentRange.start && isBlank(text[before - 1])) before--;
  if (before > commentRange.start) return { start: before, end: range.end };

  let after = range.end;
  while (after < commentRange.end && isBlank(text[after])) after++;
  return after < commentRange.end ? { start: commentRange.start, end: after } : wholeComment(text, commentRange);
}

function rangeInBlock(text: string, { range, commentRange }: Removable): TextRange {
  const rest = text.slice(commentRange.start, range.start) + text.slice(range.end, commentRange.end);
  const hasOtherWords = /[^\s*/<>!-]/.test(rest);
  if (!hasOtherWords) {
    const container = jsxContainer(text, commentRange);
    return wholeComment(text, container && isBetweenElements(text, container.start) ? container : commentRange);
  }

  const line = lineAround(text, range);
  const isInner = line.start > commentRange.start && line.end < commentRange.end;
  const others = text.slice(line.start, range.start) + text.slice(range.end, line.end);
  return isInner && /^[\s*]*$/.test(others)
    ? withLineEnd(text, line)
    : { start: skipBack(text, range.start), end: range.end };
}

function wholeComment(text: string, comment: TextRange): TextRange {
  const start = skipBack(text, comment.start);
  let end = comment.end;
  while (isBlank(text[end])) end++;
  const startsLine = start === 0 || isLineEnd(text[start - 1]) || (start === 1 && text.startsWith('\ufeff'));
  const endsLine = end === text.length || isLineEnd(text[end]);
  if (startsLine && endsLine) return withLineEnd(text, { start, end });
  // Code behind the comment keeps the space or indentation before it.
  return endsLine ? { start, end } : { start: comment.start, end };
}

/** A line with the line end behind it, or, when it is the last one of the file, with the one before it. */
function withLineEnd(text: string, { start, end }: TextRange): TextRange {
  if (end < text.length) return { start, end: end + (text.startsWith('\r\n', end) ? 2 : 1) };
  if (start === 0 || !isLineEnd(text[start - 1])) return { start, end };
  return { start: start - (text.startsWith('\r\n', start - 2) ? 2 : 1), end };
}

function lineAround(text: string, range: TextRange): TextRange {
  let { start, end } = range;
  while (start > 0 && !isLineEnd(text[start - 1])) start--;
  while (end < text.length && !isLineEnd(text[end])) end++;
  return { start, end };
}

function skipBack(text: string, offset: number): number {
  let start = offset;
  while (isBlank(text[start - 1])) start--;
  return start;
}

function isBlank(unit: string | undefined): boolean {
  return unit === ' ' || unit === '\t';
}

function isLineEnd(unit: string | undefined): boolean {
  return unit === '\n' || unit === '\r';
}
