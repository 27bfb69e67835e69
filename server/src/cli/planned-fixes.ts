import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Applicability } from '../core/finding.ts';
import { applyEdits } from '../core/text.ts';
import type { Session } from '../engine/session.ts';
import { decodeText, encodeText } from '../workspace/decode.ts';
import type { Scope } from './review-session.ts';

export interface FixRequest {
  readonly grade: Applicability;
  /** Whether all rules are to be fixed, or those of wanted findings alone. */
  readonly everyRule: boolean;
}

/** A file with what fixes make of it; nothing is written yet. */
export interface PlannedFix {
  /** Relative to the root. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly bytesBefore: Uint8Array;
  /** In the encoding of the file; undefined when that has no place for a character of the fix. */
  readonly bytesAfter: Uint8Array | undefined;
}

/** Computes the fixes of all selected files, each on top of the ones before. The session is left as it was. */
export async function planFixes(session: Session, scope: Scope, request: FixRequest): Promise<readonly PlannedFix[]> {
  const planned: PlannedFix[] = [];
  const opened: string[] = [];
  const fixable = session
    .analyses()
    .map(({ path, findings }) => ({
      path,
      rules: findings.filter(finding => isFixable(finding.fix, request.grade) && scope.isWanted(finding)),
    }))
    .filter(({ path, rules }) => rules.length > 0 && scope.isSelected(path))
    .sort((left, right) => (left.path < right.path ? -1 : 1));
  try {
    for (const { path, rules } of fixable) {
      const ruleIds = request.everyRule ? [undefined] : [...new Set(rules.map(({ ruleId }) => ruleId))].sort();
      opened.push(path);
      const fix = await planFile(session, path, ruleIds, request.grade);
      if (fix) planned.push(fix);
    }
  } finally {
    for (const path of opened) session.close(path);
  }
  return planned;
}

function isFixable(fix: Applicability | undefined, grade: Applicability): boolean {
  return fix === 'safe' || (fix === 'suggested' && grade === 'suggested');
}

async function planFile(
  session: Session,
  path: string,
  ruleIds: readonly (string | undefined)[],
  grade: Applicability,
): Promise<PlannedFix | undefined> {
  const bytesBefore = await readFile(join(session.root, path));
  const decoded = decodeText(path, bytesBefore);
  if (decoded.kind !== 'text') return undefined;

  // Opened, the text that the edits are made for is exactly this one, whatever happens on disk.
  session.open(path, decoded.text, 0);
  let after = decoded.text;
  for (const [index, ruleId] of ruleIds.entries()) {
    const edits = await session.fixAll(path, { grade, ...(ruleId !== undefined && { ruleId }) });
    if (edits.length === 0) continue;
    after = applyEdits(after, edits);
    session.change(path, after, index + 1, undefined);
  }
  if (after === decoded.text) return undefined;
  return { path, before: decoded.text, after, bytesBefore, bytesAfter: encodeText(after, decoded) };
}
