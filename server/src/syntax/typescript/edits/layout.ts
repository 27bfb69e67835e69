import type { ts } from 'ts-morph';
import type { OpenFile } from './open-file.ts';

/** How a file is laid out at a place. */
export interface Layout {
  readonly newline: '\n' | '\r\n';
  /** White space before the line of the place. */
  readonly indent: string;
  /** One more step to the right. */
  readonly step: string;
}

/** Layout around an offset: indentation of its line, and the file's own step and line ending. */
export function layoutAt({ source }: OpenFile, offset: number): Layout {
  const { text } = source;
  const indent = indentOf(text, lineStart(text, offset));
  return { newline: text.includes('\r\n') ? '\r\n' : '\n', indent, step: stepOf(text) };
}

/** White space with which the line of a node begins. */
export function indentOfNode(node: ts.Node, { source }: OpenFile): string {
  return indentOf(source.text, lineStart(source.text, node.getStart(source)));
}

function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

function indentOf(text: string, start: number): string {
  let end = start;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return text.slice(start, end);
}

/** The first indentation in the file; two spaces where there is none. Comments with a star in front are no code. */
function stepOf(text: string): string {
  let start = 0;
  while (start < text.length) {
    const indent = indentOf(text, start);
    const next = text[start + indent.length];
    if (indent !== '' && next !== '*' && next !== '\r' && next !== '\n') return indent.startsWith('\t') ? '\t' : indent;
    const end = text.indexOf('\n', start);
    if (end < 0) break;
    start = end + 1;
  }
  return '  ';
}
