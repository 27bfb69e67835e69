import type { CommentFact } from '../../core/python-facts.ts';
import type { Suppression } from '../../core/suppression.ts';
import type { LineIndex, TextRange } from '../../core/text.ts';
import { segmentsOf } from './comment-segments.ts';
import { jsxContainer } from './jsx-container.ts';

/** `readiness: ignore[http-timeout, bare-except] -- the reason`, and nothing else. */
const GRAMMAR = /^readiness:[ \t]*(ignore|ignore-file)\[([^[\]]*)\](?:[ \t]+--[ \t]+(\S.*))?$/s;
const ID = /^[^\s,[\]]+$/;
/** What a person writes who means a suppression; prose such as `readiness: ignored by the probe` is none. */
const ATTEMPT =
  /^readiness[ \t]*:[ \t]*ignore(?:[-_][\w-]+)?[ \t]*(?:$|[[(:=]|--|[a-z0-9]+(?:-[a-z0-9]+)+)|^readiness[ \t]+ignore(?:-file)?[ \t]*\[/i;

/** A comment that was meant as a suppression and is none. */
export interface MalformedSuppression {
  /** From `readiness` to the end of the words. */
  readonly range: TextRange;
  readonly commentRange: TextRange;
  /** What is wrong, as a sentence. */
  readonly message: string;
}

/** All suppressions of a file, in the order of their places. */
export interface ParsedSuppressions {
  readonly suppressions: readonly Suppression[];
  readonly malformed: readonly MalformedSuppression[];
}

/** Whether a file may have suppressions at all; false saves the caller from reading its text. */
export function mentionsSuppression(comments: readonly CommentFact[]): boolean {
  return comments.some(comment => /readiness/i.test(comment.text));
}

/**
 * Reads the suppressions among the comments of a file. One behind code covers its line; one on its own line covers the
 * next line, other comments in between left out; `ignore-file` covers the file from wherever it stands.
 */
export function parseSuppressions(
  text: string,
  lines: LineIndex,
  comments: readonly CommentFact[],
): ParsedSuppressions {
  const suppressions: Suppression[] = [];
  const malformed: MalformedSuppression[] = [];
  if (!mentionsSuppression(comments)) return { suppressions, malformed };

  const commentLines = linesOfComments(text, lines, comments);
  for (const comment of comments) {
    for (const range of segmentsOf(comment)) {
      const words = text.slice(range.start, range.end);
      const parsed = parseWords(words);
      if (parsed.kind === 'other') continue;
      if (parsed.kind === 'malformed') {
        malformed.push({ range, commentRange: comment.range, message: parsed.message });
        continue;
      }
      const { scope, ids, reason } = parsed;
      suppressions.push({
        scope,
        ruleIds: ids.map(id => id.text),
        reason,
        range,
        commentRange: comment.range,
        idRanges: ids.map(id => ({ start: range.start + id.start, end: range.start + id.start + id.text.length })),
        line: scope === 'file' ? undefined : coveredLine(comment, text, lines, commentLines),
      });
    }
  }
  return { suppressions, malformed };
}

type ParsedWords =
  | { readonly kind: 'other' }
  | { readonly kind: 'malformed'; readonly message: string }
  | {
      readonly kind: 'suppression';
      readonly scope: 'line' | 'file';
      readonly ids: readonly { readonly text: string; readonly start: number }[];
      readonly reason: string | undefined;
    };

function parseWords(words: string): ParsedWords {
  const match = GRAMMAR.exec(words);
  if (!match) return ATTEMPT.test(words) ? { kind: 'malformed', message: explain(words) } : { kind: 'other' };

  const [, keyword, list = '', reason] = match;
  const ids = splitIds(list, words.indexOf('[') + 1);
  if (!ids.every(id => ID.test(id.text))) {
    return {
      kind: 'malformed',
      message: 'This suppression names no rule, or has an empty place in its list of rules.',
    };
  }
  return { kind: 'suppression', scope: keyword === 'ignore' ? 'line' : 'file', ids, reason: reason?.trim() };
}

function splitIds(list: string, offset: number): readonly { readonly text: string; readonly start: number }[] {
  let start = offset;
  return list.split(',').map(part => {
    const id = { text: part.trim(), start: start + (part.length - part.trimStart().length) };
    start += part.length + 1;
    return id;
  });
}

function explain(words: string): string {
  if (/^readiness:[ \t]*(?:ignore|ignore-file)\[[^[\]]+\]/.test(words)) {
    return 'This suppression has text behind its rules. Write ` -- ` before the reason.';
  }
  return "This suppression can't be read, so it suppresses nothing. Write `readiness: ignore[rule-id] -- reason`.";
}

function coveredLine(comment: CommentFact, text: string, lines: LineIndex, commentLines: ReadonlySet<number>): number {
  let line = lines.position(comment.range.end).line;
  if (!standsAlone(comment, text)) return line;
  do line++;
  while (commentLines.has(line));
  return line;
}

/** Lines that hold nothing but comments. */
function linesOfComments(text: string, lines: LineIndex, comments: readonly CommentFact[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const comment of comments) {
    if (!standsAlone(comment, text)) continue;
    const last = lines.position(comment.range.end).line;
    for (let line = lines.position(comment.range.start).line; line <= last; line++) found.add(line);
  }
  return found;
}

/** Whether there is no code before the comment nor behind it, as a block comment can have. */
function standsAlone(comment: CommentFact, text: string): boolean {
  if (comment.text.startsWith('/*') && jsxContainer(text, comment.range)) return true;
  return comment.ownLine && /^[ \t]*(?:$|[\r\n])/.test(text.slice(comment.range.end, comment.range.end + 200));
}
