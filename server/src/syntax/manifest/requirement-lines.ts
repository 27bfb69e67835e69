import { joined, sliceOf, type SourceText } from './source-text.ts';

/** A logical line of a requirements file: physical lines joined at `\`, without the comment. */
export interface RequirementLine {
  readonly source: SourceText;
  /** The comment, from `#` to the end of its line. */
  readonly comment: SourceText | undefined;
  /** Whether the comment has a line of its own. */
  readonly commentOnly: boolean;
}

const LINE = /([^\r\n]*)(\r\n|\n|\r|$)/y;
const COMMENT = /(?:^|\s)#/;

/** Splits a requirements file into logical lines, as pip does. */
export function requirementLines(text: string): readonly RequirementLine[] {
  const lines: RequirementLine[] = [];
  let pieces: SourceText[] = [];
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  for (const line of physicalLines(text, start)) {
    const comment = COMMENT.exec(line.text);
    const code = comment ? sliceOf(text, line.start, line.start + comment.index) : line;
    const continues = !comment && line.text.endsWith('\\');
    pieces.push(continues ? sliceOf(text, line.start, line.start + line.text.length - 1) : code);
    if (continues) continue;
    lines.push({
      source: joined(pieces),
      comment: comment ? commentOf(text, line, comment) : undefined,
      commentOnly: line.text.trimStart().startsWith('#'),
    });
    pieces = [];
  }
  if (pieces.length > 0) lines.push({ source: joined(pieces), comment: undefined, commentOnly: false });
  return lines;
}

function* physicalLines(text: string, from: number): Generator<SourceText> {
  let offset = from;
  while (offset < text.length) {
    LINE.lastIndex = offset;
    const match = LINE.exec(text);
    const length = match?.[1]?.length ?? 0;
    yield sliceOf(text, offset, offset + length);
    offset += Math.max(1, match?.[0].length ?? 1);
  }
}

function commentOf(text: string, line: SourceText, match: RegExpExecArray): SourceText {
  const hash = line.start + match.index + match[0].length - 1;
  return sliceOf(text, hash, line.start + line.text.length);
}
