import type { FileFacts, NotMeasured } from '../core/file-facts.ts';
import type { Suppression } from '../core/suppression.ts';
import { LineIndex } from '../core/text.ts';
import { parseSuppressions } from '../engine/suppressions/parse-suppressions.ts';

/** Facts of a text, by the path of its file. */
export type MeasureText = (path: string, text: string) => Promise<FileFacts | NotMeasured>;

/** The suppressions of a text; none when its file can't be measured. */
export async function suppressionsIn(
  path: string,
  text: string,
  measure: MeasureText,
): Promise<readonly Suppression[]> {
  // Extracting facts takes a while, and most files have no such comment.
  if (!/readiness/i.test(text)) return [];
  const facts = await measure(path, text);
  return 'reason' in facts ? [] : parseSuppressions(text, new LineIndex(text), facts.comments).suppressions;
}
