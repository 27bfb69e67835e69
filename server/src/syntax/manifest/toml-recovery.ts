import { parseTOML, type AST } from 'toml-eslint-parser';
import type { TextRange } from '../../core/text.ts';

/** A document, or what was left of it after broken parts were blanked out. */
export interface TolerantParse {
  /** Undefined when nothing could be saved. */
  readonly program: AST.TOMLProgram | undefined;
  /** The text that was parsed: as long as the original, with spaces in place of what was left out. */
  readonly readable: string;
  readonly errors: readonly { readonly range: TextRange; readonly message: string }[];
}

type Attempt =
  | { readonly kind: 'program'; readonly program: AST.TOMLProgram; readonly text: string }
  | { readonly kind: 'failure'; readonly index: number; readonly message: string; readonly text: string };

/** A document with more mistakes than this is being rewritten; its facts can wait. */
const MOST_ERRORS = 5;
const HEADER = /^[ \t]*\[/;

/** Parses TOML; the parser itself gives up at the first mistake, so the part with the mistake is taken out. */
export function parseTolerantly(text: string): TolerantParse {
  // The parser knows no byte order mark; a space keeps all offsets.
  let attempt = parseOnce(text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text);
  const errors: { range: TextRange; message: string }[] = [];
  while (attempt.kind === 'failure' && errors.length < MOST_ERRORS) {
    const best = bestRemoval(attempt.text, attempt.index);
    errors.push({ range: best?.range ?? lineAt(attempt.text, attempt.index), message: attempt.message });
    if (!best) break;
    attempt = best.attempt;
  }
  return { program: attempt.kind === 'program' ? attempt.program : undefined, readable: attempt.text, errors };
}

function parseOnce(text: string): Attempt {
  try {
    return { kind: 'program', program: parseTOML(text), text };
  } catch (error) {
    // The parser says where it stopped; any other error (a nesting too deep) concerns the file as a whole.
    const index = error instanceof Error && 'index' in error && typeof error.index === 'number' ? error.index : 0;
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'failure', index: Math.min(index, Math.max(0, text.length - 1)), message, text };
  }
}

/** The smallest part without which the document parses, else the one that gets the parser furthest. */
function bestRemoval(
  text: string,
  index: number,
): { readonly range: TextRange; readonly attempt: Attempt } | undefined {
  let best: { range: TextRange; attempt: Attempt } | undefined;
  for (const range of suspects(text, index)) {
    const attempt = parseOnce(blanked(text, range));
    if (attempt.kind === 'program') return { range, attempt };
    const isFurther = best?.attempt.kind !== 'failure' || attempt.index > best.attempt.index;
    if (isFurther) best = { range, attempt };
  }
  return best;
}

/** A mistake is often noticed only after it: on the next line, or in the next table when a bracket is open. */
function suspects(text: string, index: number): readonly TextRange[] {
  const line = lineAt(text, index);
  const before = text.slice(0, line.start).trimEnd();
  const lines = [line, lineAt(text, Math.max(0, before.length - 1))];
  const section = sectionAt(text, index);
  const sections = [section, sectionAt(text, Math.max(0, section.start - 1))];
  // Without its header, the content of a table would count for the table above.
  const removable = lines.filter(range => !HEADER.test(text.slice(range.start, range.end)));
  return [...removable, ...sections].filter(range => text.slice(range.start, range.end).trim() !== '');
}

function lineAt(text: string, index: number): TextRange {
  const start = text.lastIndexOf('\n', index - 1) + 1;
  const end = text.indexOf('\n', start);
  return { start, end: end === -1 ? text.length : end };
}

function sectionAt(text: string, index: number): TextRange {
  let start = 0;
  for (const header of text.matchAll(/^[ \t]*\[/gm)) {
    if (header.index > index) return { start, end: header.index };
    start = header.index;
  }
  return { start, end: text.length };
}

function blanked(text: string, range: TextRange): string {
  const blank = text.slice(range.start, range.end).replace(/[^\r\n]/g, ' ');
  return text.slice(0, range.start) + blank + text.slice(range.end);
}
