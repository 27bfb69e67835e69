import type { CommentFact } from '../../core/python-facts.ts';
import type { Suppression } from '../../core/suppression.ts';
import { LineIndex, type TextEdit, type TextRange } from '../../core/text.ts';
import { parseSuppressions } from './parse-suppressions.ts';
import { cleanReason, commentStyleOf, printReason, printSuppression, type CommentStyle } from './print-suppression.ts';

/** Longer lines get their comment above them. */
const MAX_WIDTH = 100;

/** What shall be suppressed, in which text. */
export interface SuppressRequest {
  readonly path: string;
  readonly text: string;
  readonly comments: readonly CommentFact[];
  /** Stretches inside which a comment would be content: strings over several lines, templates, JSX text, block scalars. */
  readonly literals: readonly TextRange[];
  readonly ruleId: string;
  /** Place of the finding. */
  readonly range: TextRange;
  readonly scope: 'line' | 'file';
  /** May be empty. */
  readonly reason: string;
}

/**
 * The edits that suppress a finding: an existing suppression of its line or file is extended, else a comment is written
 * behind the line, or above it, or, where neither is possible, for the file. Empty when the finding is suppressed
 * already or the file's format has no comments.
 */
export function suppressEdits(request: SuppressRequest): readonly TextEdit[] {
  const style = commentStyleOf(request.path);
  if (!style) return [];

  const lines = new LineIndex(request.text);
  const { suppressions } = parseSuppressions(request.text, lines, request.comments);
  const line = lines.position(request.range.start).line;
  const present = suppressions.filter(suppression => suppression.line === undefined || suppression.line === line);
  if (present.some(suppression => suppression.ruleIds.includes(request.ruleId))) return [];

  const writtenForLine = request.scope === 'line' ? suppressLine(request, style, lines, line, present) : undefined;
  return writtenForLine ?? suppressFile(request, style, present);
}

function suppressLine(
  request: SuppressRequest,
  style: CommentStyle,
  lines: LineIndex,
  line: number,
  present: readonly Suppression[],
): readonly TextEdit[] | undefined {
  const existing = present.find(suppression => suppression.line === line);
  if (existing) return extend(request, existing);

  const comment = printSuppression('line', [request.ruleId], request.reason, style);
  const content = contentOf(request.text, lines, line);
  const above = canStandAbove(request, content.start)
    ? [{ range: { start: content.start, end: content.start }, newText: indented(request.text, content, comment) }]
    : undefined;
  if (!style.trailing || !canStandBehind(request, content.end)) return above;

  const code = request.text.slice(content.start, content.end).trimEnd();
  const isShort = code.length + style.gap.length + comment.length <= MAX_WIDTH;
  if (!isShort && above) return above;
  return [{ range: { start: content.start + code.length, end: content.end }, newText: style.gap + comment }];
}

/** A line without its line end. */
function contentOf(text: string, lines: LineIndex, line: number): TextRange {
  // A byte order mark has to stay in front of everything.
  const start = line === 0 && text.startsWith('\ufeff') ? 1 : lines.lineStart(line);
  let end = line + 1 < lines.lineCount ? lines.lineStart(line + 1) : text.length;
  while (end > start && isLineEnd(text[end - 1])) end--;
  return { start, end };
}

function canStandBehind(request: SuppressRequest, end: number): boolean {
  return !isInsideLiteral(request, end) && !isContinued(request, end);
}

function canStandAbove(request: SuppressRequest, start: number): boolean {
  let previousEnd = start;
  while (isLineEnd(request.text[previousEnd - 1])) previousEnd--;
  return !isInsideLiteral(request, start) && !isContinued(request, previousEnd);
}

/** Comments over several lines are as closed to another comment as strings are. */
function isInsideLiteral({ literals, comments }: SuppressRequest, offset: number): boolean {
  const isInside = ({ start, end }: TextRange): boolean => start < offset && offset < end;
  return literals.some(isInside) || comments.some(comment => isInside(comment.range));
}

/** Whether the line that ends here goes on after a backslash. */
function isContinued({ text, comments }: SuppressRequest, end: number): boolean {
  return text[end - 1] === '\\' && !comments.some(({ range }) => range.start < end && end <= range.end);
}

function suppressFile(
  request: SuppressRequest,
  style: CommentStyle,
  present: readonly Suppression[],
): readonly TextEdit[] {
  const existing = present.find(suppression => suppression.scope === 'file');
  if (existing) return extend(request, existing);

  const comment = printSuppression('file', [request.ruleId], request.reason, style);
  const start = endOfPreamble(request.text, style);
  const eol = lineEndOf(request.text);
  const isOpenLine = start > 0 && request.text[start - 1] !== '\ufeff' && !isLineEnd(request.text[start - 1]);
  const newText = isOpenLine ? eol + comment : comment + eol;
  return [{ range: { start, end: start }, newText }];
}

/** Lines that have to stay first: `#!`, the coding line, `# syntax=`, the XML declaration, front matter. */
function endOfPreamble(text: string, style: CommentStyle): number {
  const start = text.startsWith('\ufeff') ? 1 : 0;
  const rest = text.slice(start);
  const line = String.raw`[^\r\n]*(?:\r\n|\r|\n|$)`;
  const preamble = style.open.startsWith('<')
    ? new RegExp(String.raw`^(?:<\?xml${line}|---[ \t]*(?:\r\n|\r|\n)(?:(?!---[ \t]*(?:[\r\n]|$))${line})*?---${line})`)
    : new RegExp(
        String.raw`^(?:#!${line})?(?:#[^\r\n]*?coding[:=]${line}|(?:#[ \t]*(?:syntax|escape|check)[ \t]*=${line})+)?`,
      );
  return start + (preamble.exec(rest)?.[0].length ?? 0);
}

/** Adds the rule to a suppression that is there, and the reason to its reason. */
function extend(request: SuppressRequest, existing: Suppression): readonly TextEdit[] {
  const lastId = existing.idRanges.at(-1);
  if (!lastId) return [];

  const id: TextEdit = { range: { start: lastId.end, end: lastId.end }, newText: `, ${request.ruleId}` };
  const reason = cleanReason(request.reason);
  if (reason === '' || existing.reason?.includes(reason) === true) return [id];

  const newText = existing.reason === undefined ? printReason(reason) : `; ${reason}`;
  return [id, { range: { start: existing.range.end, end: existing.range.end }, newText }];
}

function indented(text: string, { start, end }: TextRange, comment: string): string {
  const indentation = /^[ \t\f]*/.exec(text.slice(start, end))?.[0] ?? '';
  return indentation + comment + lineEndOf(text, start);
}

/** The line end in use at an offset: the next one, else the one before, else `\n`. */
function lineEndOf(text: string, offset = 0): string {
  return /\r\n|\r|\n/.exec(text.slice(offset))?.[0] ?? /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
}

function isLineEnd(unit: string | undefined): boolean {
  return unit === '\n' || unit === '\r';
}
