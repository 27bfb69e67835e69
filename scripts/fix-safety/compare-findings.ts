import type { Finding } from '../../server/src/core/finding.ts';
import type { TextEdit, TextRange } from '../../server/src/core/text.ts';
import type { Complaint } from './model.ts';
import { isKnownSuccessor, staysOnPurpose } from './successors.ts';

/** Findings of one file before and after some edits. */
export interface FindingsChange {
  /** Rules whose findings the edits are to mend. */
  readonly mended: readonly string[];
  /** The one finding that has to go; undefined where several may. */
  readonly finding: Finding | undefined;
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
  /** What led from one to the other; on the text before. */
  readonly edits: readonly TextEdit[];
}

/** Whether the finding is gone and no other one has come. */
export function compareFindings(change: FindingsChange): readonly Complaint[] {
  return [...complainIfThere(change), ...complainAboutNew(change)];
}

function complainIfThere({ finding, before, after, edits }: FindingsChange): readonly Complaint[] {
  if (!finding || staysOnPurpose(finding.ruleId)) return [];
  const count = (findings: readonly Finding[]): number =>
    findings.filter(({ ruleId }) => ruleId === finding.ruleId).length;
  const place = moveRange(finding.range, edits);
  const isThere = after.some(({ ruleId, range }) => ruleId === finding.ruleId && meets(range, place));
  if (!isThere && count(after) < count(before)) return [];
  return [{ check: 'gone', detail: `The finding of ${finding.ruleId} is still there: ${finding.message}` }];
}

function complainAboutNew({ mended, finding, before, after, edits }: FindingsChange): readonly Complaint[] {
  const left = before
    .filter(old => old !== finding || staysOnPurpose(old.ruleId))
    .map(old => ({ finding: old, place: moveRange(old.range, edits) }));
  const take = (fits: (old: (typeof left)[number]) => boolean): boolean => {
    const index = left.findIndex(fits);
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  };
  const elsewhere = after.filter(
    ({ ruleId, range }) =>
      !take(old => old.finding.ruleId === ruleId && old.place.start === range.start && old.place.end === range.end),
  );
  // Edits around a finding move its ends; what it says, and the code that it stands in, tell it.
  const unknown = elsewhere.filter(
    ({ ruleId, range, fingerprint, message }) =>
      !take(old => old.finding.ruleId === ruleId && old.finding.message === message) &&
      !take(old => old.finding.ruleId === ruleId && meets(range, old.place)) &&
      !take(old => old.finding.ruleId === ruleId && old.finding.fingerprint === fingerprint),
  );
  return unknown
    .filter(appeared => !isKnownSuccessor(mended, appeared))
    .map(({ ruleId, range, message }) => ({
      check: 'new',
      detail: `There is a new finding of ${ruleId} at offset ${range.start}: ${message}`,
    }));
}

function meets(left: TextRange, right: TextRange): boolean {
  return left.start <= right.end && right.start <= left.end;
}

/** Where a range is after edits; what is inserted at its start goes before it, what is inserted at its end behind it. */
export function moveRange({ start, end }: TextRange, edits: readonly TextEdit[]): TextRange {
  const moved = moveOffset(start, edits, true);
  return { start: moved, end: Math.max(moved, moveOffset(end, edits, false)) };
}

function moveOffset(offset: number, edits: readonly TextEdit[], passesInsertion: boolean): number {
  let shift = 0;
  for (const { range, newText } of edits) {
    const isBefore = range.end < offset || (range.end === offset && (passesInsertion || range.start < range.end));
    if (isBefore) shift += newText.length - (range.end - range.start);
    else if (range.start < offset) shift += Math.min(newText.length, offset - range.start) - (offset - range.start);
  }
  return offset + shift;
}
