import type { FileFacts } from '../core/file-facts.ts';
import type { Finding } from '../core/finding.ts';
import type { TextEdit } from '../core/text.ts';
import { byPlace, type FileJudgement } from './judge-file.ts';

/** What is remembered of a version without syntax errors. */
export interface LastGood {
  readonly findings: readonly Finding[];
  readonly functions: number;
}

/**
 * An unclosed `"""` swallows the rest of a file: without this, all squiggles below it would go and come back.
 * While a version has syntax errors and fewer functions than the last good one, findings behind the first error stay.
 */
export function keepLastGood(
  judgement: FileJudgement,
  facts: FileFacts,
  lastGood: LastGood | undefined,
): FileJudgement {
  const [firstError] = facts.syntaxErrors;
  if (!firstError || !lastGood || functionCount(facts) >= lastGood.functions) return judgement;

  const isKnown = (finding: Finding): boolean =>
    judgement.findings.some(({ ruleId, range }) => ruleId === finding.ruleId && range.start === finding.range.start);
  const kept = lastGood.findings.filter(finding => finding.range.start >= firstError.start && !isKnown(finding));
  return { ...judgement, findings: [...judgement.findings, ...kept].sort(byPlace) };
}

/** What to keep of a version for the next ones; a broken version passes on what it was given. */
export function nextLastGood(
  judgement: FileJudgement,
  facts: FileFacts,
  lastGood: LastGood | undefined,
): LastGood | undefined {
  if (facts.syntaxErrors.length > 0) return lastGood;
  return { findings: judgement.findings, functions: functionCount(facts) };
}

/** Findings at their places after an edit; those that it touches are gone. */
export function moveFindings(findings: readonly Finding[], { range, newText }: TextEdit): readonly Finding[] {
  const shift = newText.length - (range.end - range.start);
  return findings
    .filter(finding => finding.range.end <= range.start || finding.range.start >= range.end)
    .map(finding => (finding.range.end <= range.start ? finding : moved(finding, shift)));
}

function moved(finding: Finding, shift: number): Finding {
  const { start, end } = finding.range;
  return { ...finding, range: { start: start + shift, end: end + shift }, fix: undefined, data: undefined };
}

function functionCount(facts: FileFacts): number {
  return facts.python?.functions.length ?? 0;
}
