import type { TextEdit } from '../../server/src/core/text.ts';
import { unifiedDiff } from '../../server/src/report/unified-diff.ts';

/** Edits of whole lines that turn one text into another: what a reader of the diff sees. */
export function lineEdits(before: string, after: string): readonly TextEdit[] {
  const starts = [0, ...[...before.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const edits: TextEdit[] = [];
  for (const hunk of unifiedDiff('text', before, after)
    .split(/^(?=@@ )/m)
    .slice(1)) {
    const first = Number(/^@@ -(\d+)/.exec(hunk)?.[1] ?? 1);
    const removesNothing = /^@@ -\d+,0 /.test(hunk);
    let line = removesNothing ? first : first - 1;
    let open: { start: number; newText: string; end: number } | undefined;
    let last: string | undefined;
    const close = (): void => {
      if (open) edits.push({ range: { start: open.start, end: open.end }, newText: open.newText });
      open = undefined;
    };
    for (const [written = ''] of hunk.slice(hunk.indexOf('\n') + 1).matchAll(/[^\n]*\n|[^\n]+$/g)) {
      const mark = written[0];
      // "No newline at end of file" speaks of the line above.
      if (mark === '\\') {
        if (open && last === '+') open.newText = open.newText.slice(0, -1);
        continue;
      }
      last = mark;
      if (mark === ' ') close();
      else {
        const at = starts[line] ?? before.length;
        open ??= { start: at, newText: '', end: at };
        if (mark === '+') open.newText += written.slice(1);
        else open.end = starts[line + 1] ?? before.length;
      }
      if (mark !== '+') line++;
    }
    close();
  }
  return edits;
}
