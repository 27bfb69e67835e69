import type {
  Level,
  Priority,
  RootModel,
  RuleOutcome,
  RuleRow,
  ScoreView,
} from '../../../server/src/protocol/model.ts';

/** How a rule ended, in a few words behind its title. */
export function outcomeInWords(outcome: RuleOutcome): string {
  switch (outcome.kind) {
    case 'passed':
      return outcome.examined === 0 ? 'passed' : `all ${outcome.examined} pass`;
    case 'failed': {
      const passed = Math.max(0, outcome.examined - outcome.failed - outcome.accepted);
      const accepted = outcome.accepted > 0 ? `, ${outcome.accepted} accepted` : '';
      return `${passed} of ${outcome.examined} pass${accepted}`;
    }
    case 'accepted':
      return `${outcome.accepted} of ${outcome.examined} accepted`;
    case 'notApplicable':
      return 'not applicable';
    case 'notMeasured':
      return 'not measured';
  }
}

/** Why a rule has no result; empty when it has one. */
export function outcomeReason(outcome: RuleOutcome): string {
  return outcome.kind === 'notApplicable' || outcome.kind === 'notMeasured' ? outcome.reason : '';
}

/** The score with what it was measured on. */
export function scoreInWords({ value, measured, total }: ScoreView): string {
  return value === undefined ? 'nothing measured yet' : `${value}, ${measured} of ${total} checks measured`;
}

/** The level reached, or what is in the way of the one that is asked for. */
export function levelInWords({ level, wanted, blocking }: ScoreView): string {
  if (blocking.length > 0) return `${count(blocking.length, 'check')} in the way of ${wanted}`;
  if (level === wanted) return `${wanted} level reached`;
  return level === undefined ? `${wanted} level not reached` : `${level} level reached, ${wanted} wanted`;
}

/** What a blocking rule keeps from being reached. */
export function blocksInWords(level: Level, findings: number): string {
  return `${count(findings, 'finding')} in the way of the ${level} level`;
}

/** What the badge counts, for its tooltip; empty when there is nothing to count. */
export function badgeInWords(urgent: number): string {
  return urgent === 0 ? '' : `${count(urgent, 'finding')} of critical or high priority`;
}

/** Findings by priority, most urgent first; those that there are none of are left out. */
export function countsInWords(counts: Readonly<Record<Priority, number>>): string {
  const order: readonly Priority[] = ['critical', 'high', 'medium', 'low'];
  const parts = order.filter(priority => counts[priority] > 0).map(priority => `${counts[priority]} ${priority}`);
  return parts.length === 0 ? 'no findings' : parts.join(', ');
}

/** What the server is busy with; empty when it rests. */
export function activityInWords({ activity }: RootModel): string {
  switch (activity.kind) {
    case 'starting':
      return 'starting';
    case 'scanning':
      return activity.total === 0 ? 'scanning' : `scanning, ${activity.checked} of ${activity.total} files`;
    case 'failed':
      return `failed: ${activity.message}`;
    case 'idle':
      return '';
  }
}

/** Findings of critical or high priority. */
export function urgentCount(roots: readonly RootModel[]): number {
  return roots.reduce((sum, { counts }) => sum + counts.critical + counts.high, 0);
}

/** A message without its Markdown, for labels that show none. */
export function plainText(message: string): string {
  return message.replace(/`/g, '');
}

/** Whether a rule has findings that are neither mended nor accepted. */
export function isFailed({ outcome, findings }: RuleRow): boolean {
  return outcome.kind === 'failed' || findings > 0;
}

/** A number with its noun. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
