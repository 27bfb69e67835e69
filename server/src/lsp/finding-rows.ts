import type { Finding } from '../core/finding.ts';
import type { AcceptedRow, Aspect, FindingRow } from '../protocol/model.ts';
import { toRange } from './convert.ts';
import type { LocatedFinding, PublishedFile } from './publish-diagnostics.ts';
import type { RulePages } from './rule-pages.ts';
import type { WorkspaceRoot } from './workspace-root.ts';

/** Active findings of one rule, or of all rules, sorted by path and place. */
export function findingRows(root: WorkspaceRoot, pages: RulePages, ruleId?: string): FindingRow[] {
  const isWanted = ({ finding }: LocatedFinding): boolean => ruleId === undefined || finding.ruleId === ruleId;
  const located = [...root.publisher.files()].flatMap(file => file.findings.filter(isWanted)).sort(byPathAndPlace);
  const fresh = root.freshFindings();
  const seen = new Map<string, number>();
  return located.map(each => {
    // Equal code in one symbol has equal fingerprints.
    const count = seen.get(each.finding.fingerprint) ?? 0;
    seen.set(each.finding.fingerprint, count + 1);
    return toRow(each, { root, pages, count, fresh });
  });
}

/** Accepted findings, at their comments where a comment accepts them, sorted by path and place. */
export async function acceptedRows({ session, options: { texts, owns } }: WorkspaceRoot): Promise<AcceptedRow[]> {
  const files = (session?.analyses() ?? []).filter(({ path, accepted }) => accepted.length > 0 && owns(path));
  const rows: AcceptedRow[] = [];
  for (const { path, accepted } of files.sort((left, right) => (left.path < right.path ? -1 : 1))) {
    const positions = await texts.positions(path);
    if (!positions) continue;
    for (const [index, { finding, reason, by }] of accepted.entries()) {
      const { ruleId, fingerprint } = finding;
      const place = by === 'baseline' ? finding.range : by;
      rows.push({
        id: `${fingerprint}#${index}`,
        ruleId,
        fingerprint,
        uri: texts.uri(path),
        path,
        range: toRange(place, positions),
        reason,
        by: by === 'baseline' ? 'baseline' : 'comment',
      });
    }
  }
  return rows;
}

/** Groups what is published by rule, each sorted by path and place. */
export function findingsByRule(files: Iterable<PublishedFile>): ReadonlyMap<string, readonly LocatedFinding[]> {
  const byRule = new Map<string, LocatedFinding[]>();
  for (const { findings } of files) {
    for (const located of findings) {
      const list = byRule.get(located.finding.ruleId);
      if (list) list.push(located);
      else byRule.set(located.finding.ruleId, [located]);
    }
  }
  for (const list of byRule.values()) list.sort(byPathAndPlace);
  return byRule;
}

interface RowContext {
  readonly root: WorkspaceRoot;
  readonly pages: RulePages;
  /** Equal findings before this one. */
  readonly count: number;
  readonly fresh: ReadonlySet<Finding>;
}

function toRow({ finding, range, related }: LocatedFinding, { root, pages, count, fresh }: RowContext): FindingRow {
  const { ruleId, fingerprint, path, message, priority, fix } = finding;
  return {
    id: `${fingerprint}#${count}`,
    ruleId,
    fingerprint,
    uri: root.options.texts.uri(path),
    path,
    range,
    message,
    priority,
    aspect: aspectOf(ruleId, pages),
    fix,
    isNew: fresh.has(finding),
    related,
  };
}

function aspectOf(ruleId: string, pages: RulePages): Aspect {
  // The engine makes findings of rules of the catalogue only.
  return pages.meta(ruleId)?.aspect ?? 'documentation';
}

function byPathAndPlace({ finding: left }: LocatedFinding, { finding: right }: LocatedFinding): number {
  if (left.path !== right.path) return left.path < right.path ? -1 : 1;
  return left.range.start - right.range.start;
}
