import type { CancellationToken } from '../core/cancellation.ts';
import type { FileEdit } from '../core/fix.ts';
import type { PublishedFile } from './publish-diagnostics.ts';
import type { WorkspaceRoot } from './workspace-root.ts';

/** Everything that fixing a rule in a whole root would change. */
export interface RuleFixes {
  readonly files: readonly FileEdit[];
  /** Whether one of the fixes needs a person's look. */
  readonly suggested: boolean;
}

/** The files of a root where a rule has findings with a fix. */
export function fixableFiles(root: WorkspaceRoot, ruleId: string): readonly PublishedFile[] {
  return [...root.publisher.files()].filter(file =>
    file.findings.some(({ finding }) => finding.ruleId === ruleId && finding.fix !== undefined),
  );
}

/** Works out all fixes of a rule in a root; ends early, with what there is, when cancelled. */
export async function fixRuleEverywhere(
  root: WorkspaceRoot,
  ruleId: string,
  token: CancellationToken,
): Promise<RuleFixes> {
  const wanted = fixableFiles(root, ruleId);
  const suggested = wanted.some(({ findings }) =>
    findings.some(({ finding }) => finding.ruleId === ruleId && finding.fix === 'suggested'),
  );
  const files: FileEdit[] = [];
  for (const { path } of wanted) {
    if (token.isCancellationRequested) break;
    const grade = suggested ? 'suggested' : 'safe';
    const edits = await root.session?.fixAll(path, { grade, ruleId });
    if (edits && edits.length > 0) files.push({ path, edits });
    // Whoever types meanwhile shall not wait for all of the files.
    await new Promise(resolve => setImmediate(resolve));
  }
  return { files: files.sort((left, right) => (left.path < right.path ? -1 : 1)), suggested };
}
