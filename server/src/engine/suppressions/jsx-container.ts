import type { TextRange } from '../../core/text.ts';

/** Blanks between a comment and its braces, and before them; more is no comment of JSX. */
const MOST_BLANKS = 200;

/**
 * The braces around a block comment that has its line to itself with them, as JSX writes comments; undefined without.
 * In other code they may be a block.
 */
export function jsxContainer(text: string, comment: TextRange): TextRange | undefined {
  const before = /(?:^|[\r\n])[ \t]*(\{[ \t]*)$/.exec(
    text.slice(Math.max(0, comment.start - MOST_BLANKS), comment.start),
  )?.[1];
  const after = /^([ \t]*\})[ \t]*(?:$|[\r\n])/.exec(text.slice(comment.end, comment.end + MOST_BLANKS))?.[1];
  if (before === undefined || after === undefined) return undefined;
  return { start: comment.start - before.length, end: comment.end + after.length };
}

/** Whether a place can't be the body of a statement: it comes after an element, a block or a container of JSX. */
export function isBetweenElements(text: string, offset: number): boolean {
  return /(?:\}|[^=]>)$/.test(text.slice(Math.max(0, offset - MOST_BLANKS), offset).trimEnd());
}
