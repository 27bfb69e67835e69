import type { RuleMeta } from '../core/rule.ts';
import type { FileAnalysis } from '../engine/model.ts';
import type { ReportedFinding } from './review.ts';

/** What a task for a coding assistant is made of. */
export interface AssistantTask {
  readonly reported: ReportedFinding;
  /** Text of the finding's file, as it was analysed. */
  readonly text: string;
  /** All that is known of that file: secrets in it are left out of the task. */
  readonly analysis: Pick<FileAnalysis, 'findings' | 'accepted'>;
  readonly rule: RuleMeta;
  /** The rule's page, as Markdown. */
  readonly page: string | undefined;
  /** Titles of the fixes that Readiness offers, the preferred one first. */
  readonly fixes: readonly string[];
}

/** A finding as a task for a coding assistant, as Markdown with a line end: what is wrong where, why, and when it is done. */
export function renderAssistantTask({ reported, rule }: AssistantTask): string {
  return `# ${rule.title}\n\n${reported.path}:${reported.start.line + 1}: ${reported.finding.message}\n`;
}
