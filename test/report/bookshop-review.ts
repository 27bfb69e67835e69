import type { Finding } from '../../server/src/core/finding.ts';
import type { RuleMeta } from '../../server/src/core/rule.ts';
import type { ReportModel } from '../../server/src/report/report-model.ts';
import type { ReportedFinding, Review } from '../../server/src/report/review.ts';

/** A rule of a bookshop's review. */
export function ruleMeta(parts: Partial<RuleMeta> & Pick<RuleMeta, 'id'>): RuleMeta {
  return {
    title: 'Till without a receipt',
    aspect: 'reliability',
    priority: 'high',
    confidence: 'high',
    languages: ['Python'],
    fix: 'suggested',
    since: '0.1.0',
    requiredFor: 'standard',
    ...parts,
  };
}

/** A finding at the start of a 0-based line. */
export function reported(path: string, line: number, parts: Partial<Finding> = {}): ReportedFinding {
  const finding: Finding = {
    ruleId: 'till-without-receipt',
    path,
    range: { start: line * 10, end: line * 10 + 4 },
    message: '`sell` prints no receipt. Print one.',
    priority: 'high',
    confidence: 'high',
    related: [],
    fix: undefined,
    data: undefined,
    fingerprint: `${path}-${line}`,
    ...parts,
  };
  const [start, end] = [
    { line, character: 0 },
    { line, character: 4 },
  ];
  return { path, absolute: `/bookshop/${path}`, start, end, finding, aspect: 'reliability', related: [] };
}

/** A review in which one rule has these findings. */
export function reviewOf(findings: readonly ReportedFinding[], parts: Partial<Review> = {}): Review {
  const ruleId = 'till-without-receipt';
  return {
    findings,
    accepted: [],
    outcomes:
      findings.length === 0
        ? [{ ruleId, kind: 'passed', examined: 4 }]
        : [{ ruleId, kind: 'failed', examined: 9, failed: findings.length, accepted: 0 }],
    score: {
      value: findings.length === 0 ? 100 : 72,
      measured: 1,
      total: 1,
      files: { measured: 7, total: 7 },
      level: findings.length === 0 ? 'critical' : 'experimental',
      wanted: 'standard',
      blocking: findings.length === 0 ? [] : [{ ruleId, level: 'standard', findings: findings.length }],
      aspects: [{ aspect: 'reliability', score: findings.length === 0 ? 100 : 72, terms: [] }],
    },
    notMeasured: [],
    failures: [],
    problems: [],
    files: 7,
    ...parts,
  };
}

/** A report on a review. */
export function modelOf(review: Review, parts: Partial<ReportModel> = {}): ReportModel {
  return {
    subject: 'bookshop',
    date: '2026-11-21',
    version: '1.2.3',
    review,
    rules: [ruleMeta({ id: 'till-without-receipt' })],
    pageOf: () => '<!-- end of generated part -->\n\nA till owes\na receipt.\n\n## Bad\n',
    base: '/bookshop',
    ...parts,
  };
}
