import type { Applicability, Priority } from '../../core/finding.ts';
import type { RuleMeta } from '../../core/rule.ts';
import type { ReportedFinding } from '../review.ts';
import { byFile, type RuleGroup } from './groups.ts';

/** Places that a person can look through in one change. */
const PLACES_PER_STEP = 10;

/** A change that is small enough to be reviewed at once. */
export interface PlanStep {
  readonly rule: RuleMeta;
  readonly priority: Priority;
  readonly isBlocking: boolean;
  /** How the places are mended; `hand` where Readiness offers nothing. */
  readonly way: Applicability | 'hand';
  /** 1-based place of the step among those of the same rule, priority and way, and their number. */
  readonly part: number;
  readonly parts: number;
  readonly findings: readonly ReportedFinding[];
}

/**
 * Splits the findings into small steps, keeping their order of risk. Of one rule and priority, what a safe fix mends
 * comes first, in one step: a tool does it. The rest is cut at the borders of files.
 */
export function planSteps(groups: readonly RuleGroup[]): readonly PlanStep[] {
  return groups.flatMap(group =>
    WAYS.flatMap(way => {
      const own = group.findings.filter(({ finding }) => (finding.fix ?? 'hand') === way);
      const chunks = way === 'safe' ? (own.length === 0 ? [] : [own]) : cutByFile(own);
      const { rule, priority, isBlocking } = group;
      return chunks.map((findings, index) => {
        return { rule, priority, isBlocking, way, part: index + 1, parts: chunks.length, findings };
      });
    }),
  );
}

const WAYS: readonly PlanStep['way'][] = ['safe', 'suggested', 'hand'];

/** Puts whole files together up to the limit; a file with more findings than that is a chunk of its own. */
function cutByFile(findings: readonly ReportedFinding[]): readonly (readonly ReportedFinding[])[] {
  const chunks: ReportedFinding[][] = [];
  for (const file of byFile(findings).values()) {
    const last = chunks.at(-1);
    if (last && last.length + file.length <= PLACES_PER_STEP) last.push(...file);
    else chunks.push([...file]);
  }
  return chunks;
}
