import { indentationAt, indentationUnit, newlineOf, type PythonSource, type TextEdit, type TextRange } from '#rule-kit';

/**
 * Edits that turn the statement `time.sleep(x)` into `if stop.wait(x):` with a `break` below; a comment behind it stays on
 * its line. Nothing else may stand on the lines of the statement.
 * @param callee range of `time.sleep`
 * @param end offset of the end of the statement
 * @param call what is called instead
 */
export function leaveLoop(source: PythonSource, callee: TextRange, end: number, call: string): readonly TextEdit[] {
  const { text } = source;
  const rest = /^[^\r\n]*/.exec(text.slice(end))?.[0].length ?? 0;
  const lineEnd = end + rest;
  const indentation = indentationAt(text, callee.start) + indentationUnit(source, callee.start);
  const leave = `${newlineOf(text)}${indentation}break`;
  const head = { range: callee, newText: `if ${call}` };
  if (rest === 0) return [head, { range: { start: end, end }, newText: `:${leave}` }];
  return [
    head,
    { range: { start: end, end }, newText: ':' },
    { range: { start: lineEnd, end: lineEnd }, newText: leave },
  ];
}
