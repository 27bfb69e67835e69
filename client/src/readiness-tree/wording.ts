import type {
  Aspect,
  FindingRow,
  Level,
  Priority,
  RootModel,
  RuleOutcome,
  RuleRow,
  ScoreView,
} from '../../../server/src/protocol/model.ts';
import { t } from '../l10n.ts';
import type { Filter, Grouping } from './options.ts';

/** How a rule ended, in a few words behind its title. */
export function outcomeInWords(outcome: RuleOutcome): string {
  switch (outcome.kind) {
    case 'passed':
      return outcome.examined === 0 ? t('passed') : t('{0} of {1} pass', outcome.examined, outcome.examined);
    case 'failed': {
      const passed = Math.max(0, outcome.examined - outcome.failed - outcome.accepted);
      const words = t('{0} of {1} pass', passed, outcome.examined);
      return outcome.accepted > 0 ? `${words}, ${t('{0} accepted', outcome.accepted)}` : words;
    }
    case 'accepted':
      return t('{0} of {1} accepted', outcome.accepted, outcome.examined);
    case 'notApplicable':
      return t('not applicable');
    case 'notMeasured':
      return t('not measured');
  }
}

/** Why a rule has no result; empty when it has one. */
export function outcomeReason(outcome: RuleOutcome): string {
  return outcome.kind === 'notApplicable' || outcome.kind === 'notMeasured' ? outcome.reason : '';
}

/** The score with what it was measured on. */
export function scoreInWords(score: ScoreView): string {
  return score.value === undefined ? t('nothing measured yet') : `${score.value}, ${coverageInWords(score)}`;
}

/** How much of what could be measured was measured; files are named where some of them were skipped. */
export function coverageInWords({ measured, total, files }: ScoreView): string {
  return files && files.measured < files.total
    ? t('{0} of {1} checks measured, in {2} of {3} files', measured, total, files.measured, files.total)
    : t('{0} of {1} checks measured', measured, total);
}

/** The level reached, or what is in the way of the one that is asked for. */
export function levelInWords({ value, level, wanted, blocking }: ScoreView): string {
  if (value === undefined) return t('nothing measured yet');
  const name = levelName(wanted);
  if (blocking.length === 1) return t('1 check in the way of {0}', name);
  if (blocking.length > 1) return t('{0} checks in the way of {1}', blocking.length, name);
  if (level === undefined) return t('{0} level not reached', name);
  if (reaches(level, wanted)) return t('{0} level reached', levelName(level));
  return t('{0} level reached, {1} wanted', levelName(level), name);
}

/** Whether a level is the one that is asked for, or a higher one. */
export function reaches(level: Level | undefined, wanted: Level): boolean {
  const order: readonly Level[] = ['experimental', 'standard', 'critical'];
  return level !== undefined && order.indexOf(level) >= order.indexOf(wanted);
}

/** What a blocking rule keeps from being reached. */
export function blocksInWords(level: Level, findings: number): string {
  return t('{0} in the way of the {1} level', findingsInWords(findings), levelName(level));
}

/** What the badge counts, for its tooltip; empty when there is nothing to count. */
export function badgeInWords(urgent: number): string {
  if (urgent === 0) return '';
  return urgent === 1
    ? t('1 finding of critical or high priority')
    : t('{0} findings of critical or high priority', urgent);
}

/** Findings by priority, most urgent first; those that there are none of are left out. */
export function countsInWords(counts: Readonly<Record<Priority, number>>): string {
  const order: readonly Priority[] = ['critical', 'high', 'medium', 'low'];
  const parts = order.filter(priority => counts[priority] > 0).map(each => `${counts[each]} ${priorityName(each)}`);
  return parts.length === 0 ? t('no findings') : parts.join(', ');
}

/** What the server is busy with; empty when it rests. */
export function activityInWords({ activity }: RootModel): string {
  switch (activity.kind) {
    case 'starting':
      return t('starting');
    case 'scanning':
      return activity.total === 0 ? t('scanning') : t('scanning, {0} of {1} files', activity.checked, activity.total);
    case 'failed':
      return t('failed: {0}', activity.message);
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

export function findingsInWords(count: number): string {
  return count === 1 ? t('1 finding') : t('{0} findings', count);
}

export function filesInWords(count: number): string {
  return count === 1 ? t('1 file') : t('{0} files', count);
}

export function checksInWords(count: number): string {
  return count === 1 ? t('1 check') : t('{0} checks', count);
}

/** How far the fix of a finding may be trusted; empty when there is none. */
export function fixInWords(fix: FindingRow['fix']): string {
  if (fix === undefined) return '';
  return fix === 'safe' ? t('has a safe fix') : t('has a suggested fix');
}

export function priorityName(priority: Priority): string {
  switch (priority) {
    case 'critical':
      return t('critical');
    case 'high':
      return t('high');
    case 'medium':
      return t('medium');
    case 'low':
      return t('low');
  }
}

export function levelName(level: Level): string {
  switch (level) {
    case 'experimental':
      return t('experimental');
    case 'standard':
      return t('standard');
    case 'critical':
      return t('critical');
  }
}

export function aspectName(aspect: Aspect): string {
  switch (aspect) {
    case 'reliability':
      return t('Reliability');
    case 'concurrency':
      return t('Concurrency');
    case 'security':
      return t('Security');
    case 'observability':
      return t('Observability');
    case 'data':
      return t('Data');
    case 'testing':
      return t('Testing');
    case 'dependencies':
      return t('Dependencies');
    case 'delivery':
      return t('Delivery');
    case 'documentation':
      return t('Documentation');
  }
}

/** What the panel is limited to, for the line beside its title; empty when it shows everything. */
export function filterInWords(filter: Filter): string {
  switch (filter) {
    case 'all':
      return '';
    case 'new':
      return t('new findings');
    case 'fixable':
      return t('fixable findings');
    case 'openFiles':
      return t('open files');
    case 'currentFile':
      return t('current file');
    case 'urgent':
      return t('critical and high');
    case 'blocking':
      return t('blocking checks');
  }
}

export function groupingInWords(grouping: Grouping): string {
  switch (grouping) {
    case 'aspect':
      return t('by aspect');
    case 'file':
      return t('by file');
    case 'priority':
      return t('by priority');
    case 'rule':
      return t('by rule');
  }
}
