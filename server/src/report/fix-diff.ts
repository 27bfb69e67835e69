import type { FileEdit } from '../core/fix.ts';
import { applyEdits } from '../core/text.ts';
import { unifiedDiff } from './unified-diff.ts';

/**
 * What the edits of a fix change, as a unified diff of all its files.
 * @param textOf the text that the edits are made for; undefined for a file that can't be read
 * @param show what is shown of a text of that path, such as without its secrets; all of it when absent
 */
export async function diffOfEdits(
  edits: readonly FileEdit[],
  textOf: (path: string) => Promise<string | undefined>,
  show: (text: string, path: string) => string = text => text,
): Promise<string> {
  const diffs = edits.map(async ({ path, edits: changes, create }) => {
    if (create !== undefined) return unifiedDiff(path, undefined, show(create, path));
    const before = (await textOf(path)) ?? '';
    return unifiedDiff(path, show(before, path), show(applyEdits(before, changes), path));
  });
  return (await Promise.all(diffs)).join('');
}
