import type { Applicability, Finding } from '../core/finding.ts';
import { applyEdits } from '../core/text.ts';
import type { Session } from '../engine/session.ts';
import { openDraft, type Draft } from './draft.ts';
import { planAcrossFiles } from './plan-across-files.ts';
import type { Scope } from '../report/collect-review.ts';

export interface FixRequest {
  readonly grade: Applicability;
  /** Whether all rules are to be fixed, or those of wanted findings alone. */
  readonly everyRule: boolean;
}

/** A file with what fixes make of it; nothing is written yet. */
export interface PlannedFix {
  /** Relative to the root. */
  readonly path: string;
  /** Undefined for a file that the fixes make. */
  readonly before: string | undefined;
  readonly after: string;
  /** Undefined along with `before`. */
  readonly bytesBefore: Uint8Array | undefined;
  /** In the encoding of the file; undefined when that has no place for a character of the fix. */
  readonly bytesAfter: Uint8Array | undefined;
}

/** Computes the fixes of all selected files, each on top of the ones before. The session is left as it was. */
export async function planFixes(session: Session, scope: Scope, request: FixRequest): Promise<readonly PlannedFix[]> {
  const drafts = new Map<string, Draft>();
  const isWanted = (finding: Finding): boolean => isFixable(finding.fix, request.grade) && scope.isWanted(finding);
  const fixable = session
    .analyses()
    .map(({ path, findings }) => ({ path, rules: findings.filter(isWanted) }))
    .filter(({ path, rules }) => rules.length > 0 && scope.isSelected(path))
    .sort((left, right) => (left.path < right.path ? -1 : 1));
  try {
    for (const { path, rules } of fixable) {
      const ruleIds = request.everyRule ? [undefined] : [...new Set(rules.map(({ ruleId }) => ruleId))].sort();
      await planFile(session, path, ruleIds, request.grade, drafts);
    }
    for (const { path } of fixable) await planAcrossFiles(session, path, request.grade, isWanted, drafts);
  } finally {
    for (const path of drafts.keys()) session.close(path);
    // What the session knows of them now holds for the fixed texts.
    for (const { path, before, after } of drafts.values()) if (before !== after) await session.analyze(path);
  }
  return [...drafts.values()].filter(({ before, after }) => before !== after).map(toPlannedFix);
}

function isFixable(fix: Applicability | undefined, grade: Applicability): boolean {
  return fix === 'safe' || (fix === 'suggested' && grade === 'suggested');
}

/** Fixes a file as far as it goes without other files. */
async function planFile(
  session: Session,
  path: string,
  ruleIds: readonly (string | undefined)[],
  grade: Applicability,
  drafts: Map<string, Draft>,
): Promise<void> {
  const draft = await openDraft(session.root, path);
  if (!draft) return;
  drafts.set(path, draft);
  // Opened, the text that the edits are made for is exactly this one, whatever happens on disk.
  session.open(path, draft.after, 0);
  for (const ruleId of ruleIds) {
    const edits = await session.fixAll(path, { grade, ...(ruleId !== undefined && { ruleId }) });
    if (edits.length === 0) continue;
    draft.after = applyEdits(draft.after, edits);
    draft.version++;
    session.change(path, draft.after, draft.version, undefined);
  }
}

function toPlannedFix({ path, before, after, bytesBefore, encode }: Draft): PlannedFix {
  return { path, before, after, bytesBefore, bytesAfter: encode(after) };
}
