import { PRIORITIES, type Priority } from '../../core/finding.ts';
import type { RuleMeta } from '../../core/rule.ts';
import { compareText, type ReportedFinding, type Review } from '../review.ts';
import type { ReportModel } from '../report-model.ts';

/** Findings of one rule that have the same priority, sorted by place. */
export interface RuleGroup {
  readonly rule: RuleMeta;
  readonly priority: Priority;
  readonly findings: readonly ReportedFinding[];
  /** Whether the rule keeps the service from the level that its tier asks for. */
  readonly isBlocking: boolean;
}

/** Findings by rule and priority in the order of risk: priority, then what blocks, then how many places there are. */
export function groupFindings({ review, rules }: Pick<ReportModel, 'review' | 'rules'>): readonly RuleGroup[] {
  const blocking = new Set(review.score.blocking.map(({ ruleId }) => ruleId));
  const groups = rules.flatMap(rule =>
    PRIORITIES.map(priority => ({
      rule,
      priority,
      findings: review.findings.filter(({ finding }) => finding.ruleId === rule.id && finding.priority === priority),
      isBlocking: blocking.has(rule.id),
    })),
  );
  return groups.filter(({ findings }) => findings.length > 0).sort(byRisk);
}

/** Groups of files in the order of their paths; the findings in each keep their order. */
export function byFile(findings: readonly ReportedFinding[]): ReadonlyMap<string, readonly ReportedFinding[]> {
  const files = new Map<string, ReportedFinding[]>();
  for (const reported of findings) {
    const group = files.get(reported.path);
    if (group) group.push(reported);
    else files.set(reported.path, [reported]);
  }
  return files;
}

/** Number of findings of each priority, highest first, those without one left out. */
export function countsByPriority({ findings }: Pick<Review, 'findings'>): readonly (readonly [Priority, number])[] {
  return PRIORITIES.map(priority => {
    return [priority, findings.filter(({ finding }) => finding.priority === priority).length] as const;
  }).filter(([, count]) => count > 0);
}

function byRisk(left: RuleGroup, right: RuleGroup): number {
  return (
    PRIORITIES.indexOf(left.priority) - PRIORITIES.indexOf(right.priority) ||
    Number(right.isBlocking) - Number(left.isBlocking) ||
    right.findings.length - left.findings.length ||
    compareText(left.rule.id, right.rule.id)
  );
}
