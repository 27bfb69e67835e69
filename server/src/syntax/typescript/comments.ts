import { ts } from 'ts-morph';
import type { CommentFact } from '../../core/python-facts.ts';
import type { Walk } from './walk.ts';

const SLASH = 47;
const STAR = 42;

/**
 * All comments of a file in source order. The compiler's tree has none, so they are looked for in the text, where
 * every `//` and `/*` outside of a string, template, regular expression or JSX text starts one.
 */
export function findComments({ source, opaque }: Walk): readonly CommentFact[] {
  const { text } = source;
  const comments: CommentFact[] = [];
  let next = 0;
  let offset = text.indexOf('/', ts.getShebang(text)?.length ?? 0);

  while (offset >= 0) {
    const second = text.charCodeAt(offset + 1);
    if (second !== SLASH && second !== STAR) {
      offset = text.indexOf('/', offset + 1);
      continue;
    }

    while ((opaque[next]?.end ?? Infinity) <= offset) next++;
    const literal = opaque[next];
    if (literal && startOf(literal, source) <= offset) {
      offset = text.indexOf('/', literal.end);
      continue;
    }

    const end = endOfComment(text, offset, second);
    comments.push({
      range: { start: offset, end },
      text: text.slice(offset, end),
      ownLine: isFirstOnLine(text, offset),
    });
    offset = text.indexOf('/', end);
  }
  return comments;
}

function startOf(literal: ts.Node, source: ts.SourceFile): number {
  // JSX text starts at once: the slashes in it are text, not a comment before it.
  return literal.kind === ts.SyntaxKind.JsxText ? literal.pos : literal.getStart(source);
}

function endOfComment(text: string, start: number, second: number): number {
  if (second === STAR) {
    const end = text.indexOf('*/', start + 2);
    return end < 0 ? text.length : end + 2;
  }
  let end = start + 2;
  while (end < text.length && !ts.isLineBreak(text.charCodeAt(end))) end++;
  return end;
}

function isFirstOnLine(text: string, offset: number): boolean {
  let before = offset - 1;
  while (before >= 0 && ts.isWhiteSpaceSingleLine(text.charCodeAt(before))) before--;
  return before < 0 || ts.isLineBreak(text.charCodeAt(before));
}
