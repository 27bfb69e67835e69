import type { PythonSource } from '../../../core/source-file.ts';
import type { TextEdit, TextRange } from '../../../core/text.ts';
import { Field, Kind } from '../kinds.ts';
import { childByField, firstChild, nodeAt } from '../tree.ts';
import { hasMultilineString, indentationAt, lineEndOf, lineStartOf, nextLineOf, startsLine } from './indentation.ts';

/**
 * Edits that keep the arguments of a call below its bracket when that moves by `columns` on its line; none where they are
 * laid out in any other way.
 */
export function realignArguments(source: PythonSource, call: TextRange, columns: number): readonly TextEdit[] {
  const { tree, text } = source;
  const list = childByField(tree, nodeAt(tree, call, Kind.call), Field.arguments);
  const start = tree.starts[list] ?? 0;
  const end = tree.ends[list] ?? 0;
  const first = firstChild(tree, list);
  if (columns === 0 || first < 0 || startsLine(text, tree.starts[first] ?? 0)) return [];
  if (hasMultilineString(source, { start, end })) return [];

  const column = start + 1 - lineStartOf(text, start);
  const edits: TextEdit[] = [];
  for (let line = nextLineOf(text, start); line < end; line = nextLineOf(text, line)) {
    if (text.slice(line, lineEndOf(text, line)).trim() === '') continue;
    const indentation = indentationAt(text, line);
    if (indentation.length < column || indentation.includes('\t')) return [];
    const range = { start: line, end: columns > 0 ? line : line - columns };
    edits.push({ range, newText: ' '.repeat(Math.max(0, columns)) });
  }
  return edits;
}
