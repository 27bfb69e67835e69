import type { NotMeasured } from '../core/file-facts.ts';
import { PRIORITIES, type Priority } from '../core/finding.ts';
import { HASH_SEED, hashSpan } from '../core/hash.ts';
import type { RuleOutcome } from '../core/outcome.ts';
import { ASPECTS, type RuleMeta } from '../core/rule.ts';
import { BASELINE_PATH, removableEntries } from '../engine/baseline/baseline.ts';
import type { BaselineView, NotMeasuredRow, RootModel, RuleRow, Unpublished } from '../protocol/model.ts';
import { toRange } from './convert.ts';
import { findingsByRule } from './finding-rows.ts';
import type { LocatedFinding } from './publish-diagnostics.ts';
import { CRASHED } from './quarantine.ts';
import type { RulePages } from './rule-pages.ts';
import { relativeTo } from './uris.ts';
import type { WorkspaceRoot } from './workspace-root.ts';

/** What the panel shows of a root. */
export async function rootModel(root: WorkspaceRoot, pages: RulePages): Promise<RootModel> {
  const { uri, name } = root.options;
  const readiness = root.session?.readiness(root.options.owns);
  const byRule = findingsByRule(root.publisher.files());
  const outcomes = new Map(readiness?.outcomes.map(outcome => [outcome.ruleId, outcome]));
  return {
    uri,
    name,
    activity: root.activity,
    score: readiness?.score,
    rules: [...pages.all()].sort(byAspect).map(meta => ruleRow(meta, outcomes.get(meta.id), byRule.get(meta.id) ?? [])),
    notMeasured: [...(readiness?.notMeasured ?? []), ...crashed(root)].map(file => notMeasuredRow(root, file)),
    accepted: acceptedSummary(root),
    baseline: baselineView(root),
    unpublished: unpublishedOf(root),
    counts: readiness?.counts ?? { critical: 0, high: 0, medium: 0, low: 0 },
    files: readiness?.files ?? 0,
    failures: readiness?.failures ?? [],
    brokenConfiguration: await brokenConfiguration(root),
  };
}

function acceptedSummary({ session, options: { owns } }: WorkspaceRoot): RootModel['accepted'] {
  let [count, hash] = [0, HASH_SEED];
  for (const { path, accepted } of session?.analyses() ?? []) {
    if (!owns(path)) continue;
    count += accepted.length;
    for (const { finding, reason, by } of accepted) {
      const place = by === 'baseline' ? finding.range : by;
      hash = hashSpan(hash, `${path}:${finding.ruleId}:${place.start}:${reason ?? ''};`);
    }
  }
  return { count, revision: hash.toString(16) };
}

function baselineView(root: WorkspaceRoot): BaselineView {
  const { session } = root;
  const entries = session?.baseline ?? [];
  const accepted = (session?.analyses() ?? []).flatMap(analysis => analysis.accepted);
  // Before the first scan nothing is known of most files, and nothing can be said to be gone.
  const removable = session && root.scanned ? removableEntries(entries, accepted) : [];
  return {
    uri: root.options.texts.uri(BASELINE_PATH),
    exists: entries.length > 0,
    accepted: accepted.filter(({ by }) => by === 'baseline').length,
    removable: removable.reduce((sum, { count }) => sum + count, 0),
    fresh: root.freshFindings().size,
  };
}

/** Documents that are left alone after a crash, beside those of which the session knows itself. */
function crashed({ session, options: { path: root, quarantine } }: WorkspaceRoot): readonly NotMeasured[] {
  const paths = quarantine.paths();
  // The panel asks after every pause, and the readiness of a whole root takes some milliseconds.
  if (paths.length === 0) return [];
  const known = new Set(session?.readiness().notMeasured.map(({ path }) => path));
  return paths.flatMap(absolute => {
    const path = relativeTo(root, absolute);
    return path === undefined || known.has(path) ? [] : [{ path, reason: CRASHED }];
  });
}

function unpublishedOf({ publisher }: WorkspaceRoot): Unpublished {
  const keptBack = [...publisher.files()]
    .map(({ findings, shown }) => findings.length - shown)
    .filter(count => count > 0);
  return { findings: keptBack.reduce((sum, count) => sum + count, 0), files: keptBack.length };
}

function byAspect(left: RuleMeta, right: RuleMeta): number {
  return ASPECTS.indexOf(left.aspect) - ASPECTS.indexOf(right.aspect);
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
    fixable: findings.filter(({ finding }) => finding.fix !== undefined).length,
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
