import type { FindingRow } from '../../../server/src/protocol/model.ts';

/** What a model may ask for; every part is optional. */
export interface FindingsQuery {
  /** A path or the beginning of one, relative to the workspace folder. */
  readonly path?: string;
  readonly ruleId?: string;
  /** The least urgent priority that is wanted. */
  readonly priority?: string;
  readonly onlyFixable?: boolean;
  readonly onlyNew?: boolean;
  readonly limit?: number;
}

const PRIORITIES = ['critical', 'high', 'medium', 'low'];
const USUAL_LIMIT = 50;

/** The findings that fit, one line of Markdown each, with the number of those that are left out. */
export function describeFindings(findings: readonly FindingRow[], query: FindingsQuery): string {
  const fitting = findings.filter(finding => fits(finding, query));
  if (fitting.length === 0) return 'There are no such findings.';
  const limit = Math.max(1, query.limit ?? USUAL_LIMIT);
  const lines = fitting.slice(0, limit).map(describe);
  const rest = fitting.length - lines.length;
  return [`${fitting.length} findings of Readiness:`, '', ...lines, ...(rest > 0 ? [`- and ${rest} more`] : [])].join(
    '\n',
  );
}

/** The finding of a rule that is nearest to a 1-based line of a file. */
export function findNearest(
  findings: readonly FindingRow[],
  { path, line, ruleId }: { readonly path: string; readonly line: number; readonly ruleId: string },
): FindingRow | undefined {
  const distance = ({ range }: FindingRow): number => Math.abs(range.start.line + 1 - line);
  return findings
    .filter(finding => finding.path === path && finding.ruleId === ruleId)
    .sort((left, right) => distance(left) - distance(right))[0];
}

function fits(finding: FindingRow, { path, ruleId, priority, onlyFixable, onlyNew }: FindingsQuery): boolean {
  const least = priority === undefined ? PRIORITIES.length : PRIORITIES.indexOf(priority);
  return (
    (path === undefined || finding.path.startsWith(path)) &&
    (ruleId === undefined || finding.ruleId === ruleId) &&
    PRIORITIES.indexOf(finding.priority) <= least &&
    (onlyFixable !== true || finding.fix !== undefined) &&
    (onlyNew !== true || finding.isNew)
  );
}

function describe({ path, range, priority, ruleId, message, fix, isNew }: FindingRow): string {
  const notes = [priority, ...(isNew ? ['new'] : []), ...(fix === undefined ? [] : [`has a ${fix} fix`])];
  return `- ${path}:${range.start.line + 1} \`${ruleId}\` (${notes.join(', ')}): ${message}`;
}
