import { Lexer } from 'yaml';
import type { TextRange } from '../../core/text.ts';

/** Marks that the lexer puts between the pieces of the text: document, flow error, scalar. */
const MARKS = new Set(['\u0002', '\u0018', '\u001f']);

/** Places of all comments of a YAML text; `#` inside scalars is none. */
export function findYamlComments(text: string): TextRange[] {
  const comments: TextRange[] = [];
  let offset = 0;
  let isScalar = false;
  for (const piece of new Lexer().lex(text)) {
    if (MARKS.has(piece)) {
      isScalar = piece === '\u001f';
      continue;
    }
    if (!isScalar && piece.startsWith('#')) comments.push({ start: offset, end: offset + piece.length });
    isScalar = false;
    offset += piece.length;
  }
  return comments;
}
