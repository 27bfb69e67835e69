import type { Finding } from '../core/finding.ts';
import type { FileAnalysis } from '../engine/model.ts';

/** Whether two results would be shown alike. Findings of one result are sorted, so they are compared in order. */
export function sameFindings(left: FileAnalysis, right: FileAnalysis): boolean {
  if (left === right || left.findings === right.findings) return true;
  if (left.findings.length !== right.findings.length) return false;
  return left.findings.every((finding, index) => {
    const other = right.findings[index];
    return other !== undefined && (finding === other || sameFinding(finding, other));
  });
}

function sameFinding(left: Finding, right: Finding): boolean {
  return (
    left.ruleId === right.ruleId &&
    left.fingerprint === right.fingerprint &&
    left.message === right.message &&
    left.priority === right.priority &&
    left.fix === right.fix &&
    left.range.start === right.range.start &&
    left.range.end === right.range.end &&
    JSON.stringify([left.related, left.data]) === JSON.stringify([right.related, right.data])
  );
}
