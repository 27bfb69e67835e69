import type { Finding } from '../../core/finding.ts';
import type { AcceptedFinding } from '../model.ts';

/** Where a workspace root keeps its baseline, relative to the root. */
export const BASELINE_PATH = '.readiness/baseline.json';

/** Findings of one rule in one symbol that were there when the baseline was made, and may stay. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly ruleId: string;
  /** Relative to the root, forward slashes; for the reader, since the fingerprint holds it too. */
  readonly path: string;
  /** At least 1. */
  readonly count: number;
  readonly reason?: string | undefined;
}

/** Accepted findings, each fingerprint once; sorted by path, rule and fingerprint. */
export type Baseline = readonly BaselineEntry[];

/** A baseline as it is looked up. */
export type BaselineIndex = ReadonlyMap<string, BaselineEntry>;

/** Finds entries by fingerprint. */
export function indexBaseline(baseline: Baseline): BaselineIndex {
  return new Map(baseline.map(entry => [entry.fingerprint, entry]));
}

/** Findings of one file, told apart by whether the baseline accepts them. */
export interface BaselineResult {
  readonly active: readonly Finding[];
  readonly accepted: readonly AcceptedFinding[];
}

/**
 * Accepts findings by fingerprint and count, never by line: with two accepted findings in a function, the third is new.
 * @param findings of one file, sorted by place; the first ones of a fingerprint are the accepted ones
 */
export function applyBaseline(findings: readonly Finding[], baseline: BaselineIndex): BaselineResult {
  if (baseline.size === 0) return { active: findings, accepted: [] };
  const used = new Map<string, number>();
  const active: Finding[] = [];
  const accepted: AcceptedFinding[] = [];
  for (const finding of findings) {
    const entry = baseline.get(finding.fingerprint);
    const count = used.get(finding.fingerprint) ?? 0;
    if (entry && count < entry.count) {
      used.set(finding.fingerprint, count + 1);
      accepted.push({ finding, reason: entry.reason, by: 'baseline' });
    } else {
      active.push(finding);
    }
  }
  return { active, accepted };
}

/** What of a baseline no longer occurs, `count` being how many of each are too many. */
export function removableEntries(baseline: Baseline, accepted: Iterable<AcceptedFinding>): Baseline {
  const used = countByFingerprint(baselined(accepted));
  return baseline.flatMap(entry => {
    const count = entry.count - (used.get(entry.fingerprint) ?? 0);
    return count > 0 ? [{ ...entry, count }] : [];
  });
}

/** A baseline without some of its entries, or with a lower count where fewer are taken away. */
export function withoutEntries(baseline: Baseline, removed: Baseline): Baseline {
  const counts = new Map(removed.map(({ fingerprint, count }) => [fingerprint, count]));
  return baseline.flatMap(entry => {
    const count = entry.count - (counts.get(entry.fingerprint) ?? 0);
    return count > 0 ? [{ ...entry, count }] : [];
  });
}

/**
 * A baseline that accepts further findings.
 * @param reason given to them; entries that exist already keep theirs when it is undefined
 */
export function withFindings(baseline: Baseline, findings: Iterable<Finding>, reason: string | undefined): Baseline {
  const entries = new Map(baseline.map(entry => [entry.fingerprint, entry]));
  for (const { fingerprint, ruleId, path } of findings) {
    const known = entries.get(fingerprint);
    const kept = reason ?? known?.reason;
    const entry = { fingerprint, ruleId, path, count: (known?.count ?? 0) + 1 };
    entries.set(fingerprint, kept === undefined ? entry : { ...entry, reason: kept });
  }
  return sortBaseline([...entries.values()]);
}

/** The order in which a baseline is kept, so that a change to it reads well in a review. */
export function sortBaseline(entries: Baseline): Baseline {
  const keyOf = ({ path, ruleId, fingerprint }: BaselineEntry): string => `${path}\n${ruleId}\n${fingerprint}`;
  return entries
    .map(entry => ({ entry, key: keyOf(entry) }))
    .sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0))
    .map(({ entry }) => entry);
}

function* baselined(accepted: Iterable<AcceptedFinding>): Iterable<Finding> {
  for (const { finding, by } of accepted) if (by === 'baseline') yield finding;
}

function countByFingerprint(findings: Iterable<Finding>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { fingerprint } of findings) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  return counts;
}
