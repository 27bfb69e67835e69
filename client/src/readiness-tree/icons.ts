import type { Aspect, Priority } from '../../../server/src/protocol/model.ts';
import type { PanelIcon } from './panel-node.ts';

/** Icons of the product set, which every theme has, also those of high contrast. */
export const ICONS = {
  passed: { name: 'pass', color: 'testing.iconPassed' },
  accepted: { name: 'pass-filled', color: 'descriptionForeground' },
  silent: { name: 'circle-slash', color: 'disabledForeground' },
  broken: { name: 'error', color: 'problemsErrorIcon.foreground' },
  score: { name: 'dashboard' },
  coverage: { name: 'checklist' },
  change: { name: 'diff' },
  folder: { name: 'root-folder' },
  file: { name: 'file' },
  more: { name: 'ellipsis' },
  unpublished: { name: 'list-unordered' },
} as const satisfies Readonly<Record<string, PanelIcon>>;

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

/** The colours of the problems view, so that a theme has them all. */
const PRIORITIES: Readonly<Record<Priority, PanelIcon>> = {
  critical: { name: 'error', color: 'problemsErrorIcon.foreground' },
  high: { name: 'warning', color: 'problemsWarningIcon.foreground' },
  medium: { name: 'info', color: 'problemsInfoIcon.foreground' },
  low: { name: 'lightbulb', color: 'descriptionForeground' },
};

/** The icon of a finding, or of a rule that has some. */
export function priorityIcon(priority: Priority): PanelIcon {
  return PRIORITIES[priority];
}

export function aspectIcon(aspect: Aspect): PanelIcon {
  return { name: ASPECTS[aspect] };
}

/** A step of a chain, or the last one. */
export function hopIcon(isLast: boolean): PanelIcon {
  return { name: isLast ? 'debug-breakpoint-log-unverified' : 'arrow-down' };
}
