import { NEVER_CANCELLED } from '../core/cancellation.ts';
import type { Finding } from '../core/finding.ts';
import {
  BASELINE_PATH,
  removableEntries,
  withFindings,
  withoutEntries,
  type Baseline,
} from '../engine/baseline/baseline.ts';
import { saveBaseline } from '../engine/baseline/save-baseline.ts';
import type { Session } from '../engine/session.ts';
import type { WorkspaceRoot } from './workspace-root.ts';

/** Accepts findings of a root. @throws Error with a sentence for the user when the baseline can't be read or written */
export async function acceptFindings(root: WorkspaceRoot, findings: readonly Finding[], reason: string): Promise<void> {
  if (findings.length === 0) return;
  const said = reason.trim();
  await changeBaseline(root, baseline => withFindings(baseline, findings, said === '' ? undefined : said));
}

/** Takes one finding of a fingerprint back; whether it was there. @throws Error as {@link acceptFindings} */
export async function unacceptFinding(root: WorkspaceRoot, fingerprint: string): Promise<boolean> {
  let found = false;
  await changeBaseline(root, baseline => {
    const entry = baseline.find(candidate => candidate.fingerprint === fingerprint);
    found = entry !== undefined;
    return entry ? withoutEntries(baseline, [{ ...entry, count: 1 }]) : baseline;
  });
  return found;
}

/** Takes out what no longer occurs; how many findings that were. @throws Error as {@link acceptFindings} */
export async function pruneBaseline(root: WorkspaceRoot): Promise<number> {
  // What is not known yet must not be taken for gone.
  if (!root.scanned) throw new Error('The workspace has not been scanned yet.');
  let removed = 0;
  await changeBaseline(root, (baseline, session) => {
    const accepted = session.analyses().flatMap(analysis => analysis.accepted);
    const gone = removableEntries(baseline, accepted);
    removed = gone.reduce((sum, { count }) => sum + count, 0);
    return withoutEntries(baseline, gone);
  });
  return removed;
}

/** Reads what is on disk now, changes it, and has the results follow; one change at a time. */
async function changeBaseline(
  root: WorkspaceRoot,
  change: (baseline: Baseline, session: Session) => Baseline,
): Promise<void> {
  await root.baselineChanges.run(async () => {
    const { session } = root;
    if (!session) throw new Error('The analysis of this folder has not started.');
    // The client reports changes on disk with a delay, and what somebody else wrote must not be lost.
    await session.refresh([BASELINE_PATH], NEVER_CANCELLED);
    const problem = session.configurationProblems.find(({ path }) => path === BASELINE_PATH);
    if (problem) throw new Error(`${BASELINE_PATH} has to be mended first. ${problem.message}`);

    const before = session.baseline;
    const after = change(before, session);
    if (after !== before) await saveBaseline(session.root, after);
    await root.baselineChanged();
  });
}
