import type { Finding } from '../core/finding.ts';
import type { FileAnalysis } from '../engine/model.ts';
import type { PublishedFile } from './publish-diagnostics.ts';

/** How often each fingerprint occurred at some time. */
export type FindingCounts = ReadonlyMap<string, number>;

/** Counts what is active now, to tell later what came after. */
export function countFindings(files: Iterable<Pick<FileAnalysis, 'findings'>>): FindingCounts {
  const counts = new Map<string, number>();
  for (const { findings } of files) {
    for (const { fingerprint } of findings) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  }
  return counts;
}

/**
 * The active findings that are new: of equal ones in a symbol, the last ones.
 * @param before what there was before; `nothing` when everything that is active now is new
 */
export function freshFindings(files: Iterable<PublishedFile>, before: FindingCounts | 'nothing'): ReadonlySet<Finding> {
  const fresh = new Set<Finding>();
  const seen = new Map<string, number>();
  for (const { findings } of files) {
    for (const { finding } of findings) {
      const count = (seen.get(finding.fingerprint) ?? 0) + 1;
      seen.set(finding.fingerprint, count);
      if (before === 'nothing' || count > (before.get(finding.fingerprint) ?? 0)) fresh.add(finding);
    }
  }
  return fresh;
}
