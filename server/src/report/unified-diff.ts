/** Lines around a change that a reader needs to find it. */
const CONTEXT = 3;

/** One line of a comparison: kept, removed or added. Indices are those of the line in both texts. */
interface ComparedLine {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
  readonly old: number;
  readonly fresh: number;
}

/**
 * A unified diff of one file, as `patch -p1` and `git apply` take it; empty for equal texts.
 * @param before undefined for a file that is not there yet
 */
export function unifiedDiff(path: string, before: string | undefined, after: string): string {
  if (before === after) return '';
  const lines = compareLines(splitLines(before ?? ''), splitLines(after));
  return `--- ${before === undefined ? '/dev/null' : `a/${path}`}\n+++ b/${path}\n${hunksOf(lines).map(renderHunk).join('')}`;
}

/** Lines with their line ends, so that a change of the line end shows. */
function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function compareLines(before: readonly string[], after: readonly string[]): readonly ComparedLine[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;

  const middle = shortestScript(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  const marks = [...kept(head), ...middle, ...kept(tail)];
  let [old, fresh] = [0, 0];
  return marks.map(mark => {
    const line = { mark, text: (mark === '+' ? after[fresh] : before[old]) ?? '', old, fresh };
    if (mark !== '+') old++;
    if (mark !== '-') fresh++;
    return line;
  });
}

function kept(count: number): readonly ' '[] {
  return Array.from({ length: count }, () => ' ' as const);
}

/** Myers' greedy algorithm: the fewest removals and additions that turn one list into the other. */
function shortestScript(before: readonly string[], after: readonly string[]): readonly ComparedLine['mark'][] {
  const most = before.length + after.length;
  const furthest = new Map<number, number>([[1, 0]]);
  const history: ReadonlyMap<number, number>[] = [];
  for (let changes = 0; changes <= most; changes++) {
    history.push(new Map(furthest));
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      let old = stepTo(furthest, diagonal, changes).old;
      while (old < before.length && old - diagonal < after.length && before[old] === after[old - diagonal]) old++;
      furthest.set(diagonal, old);
      if (old >= before.length && old - diagonal >= after.length) return walkBack(history, before.length, after.length);
    }
  }
  return [];
}

/** The step that reaches furthest on a diagonal: from the one above it adds a line, from the one below it removes one. */
function stepTo(
  furthest: ReadonlyMap<number, number>,
  diagonal: number,
  changes: number,
): { readonly mark: '+' | '-'; readonly old: number } {
  const below = furthest.get(diagonal - 1) ?? -1;
  const above = furthest.get(diagonal + 1) ?? -1;
  if (diagonal === -changes || (diagonal !== changes && below < above)) return { mark: '+', old: above };
  return { mark: '-', old: below + 1 };
}

function walkBack(
  history: readonly ReadonlyMap<number, number>[],
  oldLength: number,
  freshLength: number,
): readonly ComparedLine['mark'][] {
  const marks: ComparedLine['mark'][] = [];
  let [old, fresh] = [oldLength, freshLength];
  for (let changes = history.length - 1; changes >= 0; changes--) {
    const { mark, old: landing } = stepTo(history[changes] ?? new Map<number, number>(), old - fresh, changes);
    for (let i = landing; i < old; i++) marks.push(' ');
    fresh -= old - landing;
    old = landing;
    if (changes === 0) break;
    marks.push(mark);
    if (mark === '+') fresh--;
    else old--;
  }
  return marks.reverse();
}

/** Cuts a comparison into the changes with their surroundings; changes that are close share one. */
function hunksOf(lines: readonly ComparedLine[]): readonly (readonly ComparedLine[])[] {
  const spans: { start: number; end: number }[] = [];
  for (const [index, { mark }] of lines.entries()) {
    if (mark === ' ') continue;
    const last = spans.at(-1);
    if (last && index - CONTEXT <= last.end) last.end = index + CONTEXT + 1;
    else spans.push({ start: Math.max(0, index - CONTEXT), end: index + CONTEXT + 1 });
  }
  return spans.map(({ start, end }) => lines.slice(start, end));
}

function renderHunk(hunk: readonly ComparedLine[]): string {
  const [first] = hunk;
  const oldCount = hunk.filter(({ mark }) => mark !== '+').length;
  const freshCount = hunk.filter(({ mark }) => mark !== '-').length;
  const header = `@@ -${span(first?.old ?? 0, oldCount)} +${span(first?.fresh ?? 0, freshCount)} @@\n`;
  return header + hunk.map(renderLine).join('');
}

/** Where a side has no line, the format names the line before. */
function span(start: number, count: number): string {
  return `${count === 0 ? start : start + 1},${count}`;
}

function renderLine({ mark, text }: ComparedLine): string {
  return text.endsWith('\n') ? `${mark}${text}` : `${mark}${text}\n\\ No newline at end of file\n`;
}
