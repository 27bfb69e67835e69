import { ThemeColor, ThemeIcon } from 'vscode';
import type { Aspect, Priority, RuleRow } from '../../../server/src/protocol/model.ts';
import { isFailed } from './wording.ts';

const ASPECTS: Readonly<Record<Aspect, string>> = {
  reliability: 'plug',
  concurrency: 'sync',
  security: 'shield',
  observability: 'eye',
  data: 'database',
  testing: 'beaker',
  dependencies: 'package',
  delivery: 'rocket',
  documentation: 'book',
};

const PASSED = icon('pass', 'testing.iconPassed');

/** The colours of the problems view, so that a theme has them all. */
const PRIORITIES: Readonly<Record<Priority, ThemeIcon>> = {
  critical: icon('error', 'problemsErrorIcon.foreground'),
  high: icon('warning', 'problemsWarningIcon.foreground'),
  medium: icon('info', 'problemsInfoIcon.foreground'),
  low: icon('lightbulb', 'descriptionForeground'),
};

/** The icon of a finding, or of a rule that has some. */
export function priorityIcon(priority: Priority): ThemeIcon {
  return PRIORITIES[priority];
}

export function ruleIcon(rule: RuleRow): ThemeIcon {
  if (isFailed(rule)) return PRIORITIES[rule.priority];
  switch (rule.outcome.kind) {
    case 'passed':
      return PASSED;
    case 'accepted':
      return icon('pass-filled', 'descriptionForeground');
    case 'failed':
    case 'notApplicable':
    case 'notMeasured':
      return icon('circle-slash', 'disabledForeground');
  }
}

export function aspectIcon(aspect: Aspect): ThemeIcon {
  return new ThemeIcon(ASPECTS[aspect]);
}

/** A ready service is the one thing that may be green. */
export function scoreIcon(ready: boolean): ThemeIcon {
  return ready ? PASSED : new ThemeIcon('dashboard');
}

export function icon(name: string, color: string): ThemeIcon {
  return new ThemeIcon(name, new ThemeColor(color));
}
