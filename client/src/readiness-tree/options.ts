import type { FindingRow } from '../../../server/src/protocol/model.ts';

export const GROUPINGS = ['aspect', 'file', 'priority', 'rule'] as const;
/** What findings stand under. */
export type Grouping = (typeof GROUPINGS)[number];

export const FILTERS = ['all', 'new', 'fixable', 'openFiles', 'currentFile', 'urgent', 'blocking'] as const;
/** Which findings are shown. */
export type Filter = (typeof FILTERS)[number];

/** How the user wants the panel. */
export interface PanelOptions {
  readonly grouping: Grouping;
  readonly filter: Filter;
}

/** What some filters depend on besides the finding. */
export interface FilterContext {
  /** Whether a file has a tab. */
  readonly isOpen: (uri: string) => boolean;
  /** Whether a file is the one in the active editor. */
  readonly isCurrent: (uri: string) => boolean;
  /** Rules that keep a level from being reached. */
  readonly blocking: ReadonlySet<string>;
}

/** Whether a filter lets a finding through. */
export function isShown(finding: FindingRow, filter: Filter, context: FilterContext): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'new':
      return finding.isNew;
    case 'fixable':
      return finding.fix !== undefined;
    case 'openFiles':
      return context.isOpen(finding.uri);
    case 'currentFile':
      return context.isCurrent(finding.uri);
    case 'urgent':
      return finding.priority === 'critical' || finding.priority === 'high';
    case 'blocking':
      return context.blocking.has(finding.ruleId);
  }
}
