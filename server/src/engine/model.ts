import type { Finding, Priority } from '../core/finding.ts';
import type { NotMeasured } from '../core/file-facts.ts';
import type { RuleOutcome } from '../core/outcome.ts';
import type { Aspect, Level } from '../core/rule.ts';
import type { TextRange } from '../core/text.ts';

/** A rule that threw: a bug of ours, kept where it happened. */
export interface RuleFailure {
  readonly ruleId: string;
  readonly path: string;
  readonly message: string;
}

/** A finding that a comment in the file, or the baseline, accepts. */
export interface AcceptedFinding {
  readonly finding: Finding;
  readonly reason: string | undefined;
  /** The comment; or `baseline` for what the baseline file holds. */
  readonly by: TextRange | 'baseline';
}

/** The result for one version of one file. */
export interface FileAnalysis {
  readonly path: string;
  /** Version of the open document; undefined for a file read from disk. */
  readonly version: number | undefined;
  /** Active findings, sorted by place. */
  readonly findings: readonly Finding[];
  readonly accepted: readonly AcceptedFinding[];
  readonly failures: readonly RuleFailure[];
  /** Places that each file rule was shown, by rule id. */
  readonly examined: Readonly<Record<string, number>>;
  /** Set when the file was not analysed. */
  readonly notMeasured: string | undefined;
}

/** A mistake in the configuration, at its place. */
export interface ConfigurationProblem {
  /** Path of the configuration file, relative to the workspace root. */
  readonly path: string;
  readonly range: TextRange;
  readonly message: string;
  /** Whether the last good configuration is in force because of it. */
  readonly fatal: boolean;
}

export interface AspectScore {
  readonly aspect: Aspect;
  /** 0 to 100, or undefined when no rule of it was measured. */
  readonly score: number | undefined;
  /** One line per rule that counts: measured ones, and those that are switched off, with no place examined. */
  readonly terms: readonly ScoreTerm[];
}

/** One rule's share of the score. */
export interface ScoreTerm {
  readonly ruleId: string;
  readonly weight: number;
  readonly passed: number;
  readonly examined: number;
}

/** Levels and number; see DESIGN "Findings, fixes, score". */
export interface Score {
  /** 0 to 100, rounded to a whole number; undefined when nothing was measured. */
  readonly value: number | undefined;
  readonly measured: number;
  readonly total: number;
  /** Files that were read, of all that belong to the workspace: what was skipped may hold anything. */
  readonly files: { readonly measured: number; readonly total: number };
  /** Highest level reached; undefined when not even the lowest one is. */
  readonly level: Level | undefined;
  /** The level that the service's tier asks for. */
  readonly wanted: Level;
  /** Rules that keep the next level, up to the wanted one, from being reached. */
  readonly blocking: readonly { readonly ruleId: string; readonly level: Level; readonly findings: number }[];
  readonly aspects: readonly AspectScore[];
}

/** State of the whole workspace root, for the panel and the reports. */
export interface Readiness {
  readonly score: Score;
  readonly outcomes: readonly RuleOutcome[];
  readonly notMeasured: readonly NotMeasured[];
  readonly failures: readonly RuleFailure[];
  readonly files: number;
  readonly counts: Readonly<Record<Priority, number>>;
}

/** Progress of a scan; counts are files. */
export interface ScanProgress {
  readonly checked: number;
  readonly total: number;
}

/** How long the analysis of one open document took, from its text to its findings; in milliseconds. */
export interface AnalysisTiming {
  readonly milliseconds: number;
  /** The rule that took longest; undefined when no rule looked at the document. */
  readonly slowest: { readonly ruleId: string; readonly milliseconds: number } | undefined;
}
