import type { FindingName } from '../protocol/names.ts';
import type { LocatedFinding, PublishedFile } from './publish-diagnostics.ts';

/** The finding that a client names; among equal ones the nearest to where it was. */
export function findNamed(
  { ruleId, fingerprint, range }: FindingName,
  published: PublishedFile,
): LocatedFinding | undefined {
  const distance = (located: LocatedFinding): number => Math.abs(located.range.start.line - range.start.line);
  return published.findings
    .filter(({ finding }) => finding.ruleId === ruleId && finding.fingerprint === fingerprint)
    .sort((left, right) => distance(left) - distance(right))[0];
}
