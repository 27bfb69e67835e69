import type { Applicability, Priority } from '../core/finding.ts';
import type { RuleNames } from '../engine/rule-names.ts';
import type { CommandLine } from './parse-command-line.ts';
import { readChoice, readPriority, readRules, readScanOptions } from './scan-options.ts';
import type { ScanOptions } from './scan-root.ts';
import { UsageError } from './usage-error.ts';

const FORMATS = ['text', 'json', 'sarif'] as const;

/** What `readiness check` was asked to do. */
export interface CheckRequest {
  readonly paths: readonly string[];
  readonly format: (typeof FORMATS)[number];
  /** Undefined for all rules. */
  readonly ruleIds: ReadonlySet<string> | undefined;
  /** Findings below are left out. */
  readonly priority: Priority;
  readonly failOn: Priority;
  /** Commit or branch; undefined for findings on all lines. */
  readonly changedSince: string | undefined;
  /** Undefined when nothing is to be fixed. */
  readonly fix: Applicability | undefined;
  /** Show what would be fixed, in place of a report. */
  readonly diff: boolean;
  readonly scan: ScanOptions;
}

/**
 * Reads the options of `readiness check`.
 * @throws UsageError for values that make no sense
 */
export function readCheckRequest(line: CommandLine, names: RuleNames, cwd: string): CheckRequest {
  const diff = line.has('diff');
  const format = readChoice(line, 'format', FORMATS);
  if (diff && format !== undefined && format !== 'text') {
    throw new UsageError(`--diff prints a diff, so it can't be combined with --format ${format}.`);
  }
  const changedSince = line.last('changed-since');
  const fixes = line.has('fix') || line.has('fix-suggested');
  if (changedSince !== undefined && (fixes || diff)) {
    throw new UsageError("--changed-since goes by lines, and fixes go by files, so it can't be combined with them.");
  }
  return {
    paths: line.positionals.length === 0 ? ['.'] : line.positionals,
    format: format ?? 'text',
    ruleIds: readRules(line, names),
    priority: readPriority(line, 'priority') ?? 'low',
    failOn: readPriority(line, 'fail-on') ?? 'high',
    changedSince,
    fix: line.has('fix-suggested') ? 'suggested' : line.has('fix') || diff ? 'safe' : undefined,
    diff,
    scan: readScanOptions(line, cwd),
  };
}
