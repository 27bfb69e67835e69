import type { Priority } from '../core/finding.ts';

/** SARIF knows three levels. */
export const SARIF_LEVELS: Readonly<Record<Priority, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};
