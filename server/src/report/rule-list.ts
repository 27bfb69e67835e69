import type { RuleMeta } from '../core/rule.ts';
import { toJson } from './json-report.ts';

const HEADINGS = ['Rule', 'Priority', 'Aspect', 'Fix', 'Title'] as const;

/** The rules as a table for people. */
export function ruleTable(rules: readonly RuleMeta[]): string {
  const rows = [HEADINGS, ...rules.map(({ id, priority, aspect, fix, title }) => [id, priority, aspect, fix, title])];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const lines = rows.map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

/** The rules as one JSON object with a line end. */
export function ruleListJson(rules: readonly RuleMeta[]): string {
  return toJson({
    version: 1,
    rules: rules.map(({ id, title, aspect, priority, confidence, languages, fix, requiredFor, since }) => {
      return { id, title, aspect, priority, confidence, languages, fix, requiredFor, since };
    }),
  });
}
