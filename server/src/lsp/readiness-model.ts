import { PRIORITIES, type Priority } from '../core/finding.ts';
import { HASH_SEED, hashSpan } from '../core/hash.ts';
import type { RuleOutcome } from '../core/outcome.ts';
import { ASPECTS, type RuleMeta } from '../core/rule.ts';
import type { AcceptedRow, FindingRow, NotMeasuredRow, RootModel, RuleRow } from '../protocol/model.ts';
import { toRange } from './convert.ts';
import type { LocatedFinding, PublishedFile } from './publish-diagnostics.ts';
import type { RulePages } from './rule-pages.ts';
import type { WorkspaceRoot } from './workspace-root.ts';

/** What the panel shows of a root. */
export async function rootModel(root: WorkspaceRoot, pages: RulePages): Promise<RootModel> {
  const { uri, name } = root.options;
  const readiness = root.session?.readiness();
  const byRule = findingsByRule(root.publisher.files());
  const outcomes = new Map(readiness?.outcomes.map(outcome => [outcome.ruleId, outcome]));
  return {
    uri,
    name,
    activity: root.activity,
    score: readiness?.score,
    rules: [...pages.all()].sort(byAspect).map(meta => ruleRow(meta, outcomes.get(meta.id), byRule.get(meta.id) ?? [])),
    notMeasured: readiness?.notMeasured.map(file => notMeasuredRow(root, file)) ?? [],
    accepted: acceptedSummary(root),
    counts: readiness?.counts ?? { critical: 0, high: 0, medium: 0, low: 0 },
    files: readiness?.files ?? 0,
    failures: readiness?.failures ?? [],
    brokenConfiguration: await brokenConfiguration(root),
  };
}

/** Findings of one rule, sorted by path and place. */
export function findingRows(root: WorkspaceRoot, ruleId: string): FindingRow[] {
  const seen = new Map<string, number>();
  return (findingsByRule(root.publisher.files()).get(ruleId) ?? []).map(({ finding, range }) => {
    // Equal code in one symbol has equal fingerprints.
    const count = seen.get(finding.fingerprint) ?? 0;
    seen.set(finding.fingerprint, count + 1);
    return {
      id: `${finding.fingerprint}#${count}`,
      ruleId,
      fingerprint: finding.fingerprint,
      uri: root.options.texts.uri(finding.path),
      path: finding.path,
      range,
      message: finding.message,
      priority: finding.priority,
      fix: finding.fix,
    };
  });
}

/** Accepted findings, at their comments where a comment accepts them, sorted by path and place. */
export async function acceptedRows({ session, options: { texts } }: WorkspaceRoot): Promise<AcceptedRow[]> {
  const files = (session?.analyses() ?? []).filter(({ accepted }) => accepted.length > 0);
  const rows: AcceptedRow[] = [];
  for (const { path, accepted } of files.sort((left, right) => (left.path < right.path ? -1 : 1))) {
    const positions = await texts.positions(path);
    if (!positions) continue;
    for (const [index, { finding, reason, by }] of accepted.entries()) {
      const { ruleId, fingerprint } = finding;
      const id = `${fingerprint}#${index}`;
      const place = by === 'baseline' ? finding.range : by;
      rows.push({
        id,
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

function acceptedSummary({ session }: WorkspaceRoot): RootModel['accepted'] {
  let [count, hash] = [0, HASH_SEED];
  for (const { path, accepted } of session?.analyses() ?? []) {
    count += accepted.length;
    for (const { finding, reason, by } of accepted) {
      const place = by === 'baseline' ? finding.range : by;
      hash = hashSpan(hash, `${path}:${finding.ruleId}:${place.start}:${reason ?? ''};`);
    }
  }
  return { count, revision: hash.toString(16) };
}

function byAspect(left: RuleMeta, right: RuleMeta): number {
  return ASPECTS.indexOf(left.aspect) - ASPECTS.indexOf(right.aspect);
}

function findingsByRule(files: Iterable<PublishedFile>): Map<string, LocatedFinding[]> {
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

function byPathAndPlace({ finding: left }: LocatedFinding, { finding: right }: LocatedFinding): number {
  if (left.path !== right.path) return left.path < right.path ? -1 : 1;
  return left.range.start - right.range.start;
}

function ruleRow(meta: RuleMeta, outcome: RuleOutcome | undefined, findings: readonly LocatedFinding[]): RuleRow {
  const { id: ruleId, title, aspect, priority } = meta;
  return {
    ruleId,
    title,
    aspect,
    priority: mostUrgent(findings) ?? priority,
    outcome: outcome ?? { ruleId, kind: 'notMeasured', reason: 'Not scanned yet.' },
    findings: findings.length,
    revision: revisionOf(findings),
  };
}

function mostUrgent(findings: readonly LocatedFinding[]): Priority | undefined {
  return PRIORITIES.find(priority => findings.some(({ finding }) => finding.priority === priority));
}

function revisionOf(findings: readonly LocatedFinding[]): string {
  let hash = HASH_SEED;
  for (const { finding, range } of findings) {
    hash = hashSpan(hash, `${finding.fingerprint}:${range.start.line}:${range.start.character}:${finding.message};`);
  }
  return `${findings.length}-${hash.toString(16)}`;
}

function notMeasuredRow(root: WorkspaceRoot, { path, reason }: { path: string; reason: string }): NotMeasuredRow {
  return { uri: root.options.texts.uri(path), path, reason };
}

async function brokenConfiguration({
  session,
  options: { texts },
}: WorkspaceRoot): Promise<RootModel['brokenConfiguration']> {
  const problem = session?.configurationProblems.find(({ fatal }) => fatal);
  if (!problem) return undefined;
  const positions = await texts.positionsOnDisk(problem.path);
  const start = { line: 0, character: 0 };
  return {
    uri: texts.uri(problem.path),
    range: positions ? toRange(problem.range, positions) : { start, end: start },
    message: problem.message,
  };
}
