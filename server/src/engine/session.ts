import type { CancellationToken } from '../core/cancellation.ts';
import type { Applicability, Finding } from '../core/finding.ts';
import type { Fix } from '../core/fix.ts';
import type { Settings } from '../core/settings.ts';
import type { TextEdit, TextRange } from '../core/text.ts';
import type { Baseline } from './baseline/baseline.ts';
import type { AnalysisTiming, ConfigurationProblem, FileAnalysis, Readiness, ScanProgress } from './model.ts';

/** What `fixAll` applies. */
export interface FixAllOptions {
  /** `safe` applies safe fixes alone; `suggested` both grades. */
  readonly grade: Applicability;
  /** One rule only. */
  readonly ruleId?: string;
  /** Findings that touch this stretch of the text only. */
  readonly within?: TextRange;
  /** Asked between steps: when it is true, nothing is applied at all. */
  readonly isTooLate?: () => boolean;
}

/** One workspace root under analysis: the same for the editor, the command line and the tests. Paths are relative to the root, with `/`. */
export interface Session {
  /** Absolute path of the root folder. */
  readonly root: string;
  readonly settings: Settings;
  /** Path of the configuration file in force, relative to the root; undefined for the defaults. */
  readonly configurationPath: string | undefined;
  /** Mistakes in the configuration and in the baseline. */
  readonly configurationProblems: readonly ConfigurationProblem[];
  /** Findings that the baseline file accepts. */
  readonly baseline: Baseline;

  /** An editor opened a file: from now on its text decides, not the disk. */
  open(path: string, text: string, version: number): void;
  /** The document changed; `edits` are the changes in the order they were made, each on the text left by the one before. Undefined: all of it. */
  change(path: string, text: string, version: number, edits: readonly TextEdit[] | undefined): void;
  close(path: string): void;

  /** Findings of one file as it is now (open text, else disk). Undefined when the file is ignored, excluded or gone. */
  analyze(path: string): Promise<FileAnalysis | undefined>;
  /**
   * Brings findings up to date that depend on several files, after {@link analyze}; {@link analyses} has them then. Does
   * nothing before the first scan.
   */
  relate(): Promise<void>;
  /** Analyses every file; `onFile` gets each result as it comes. Returns early, with what there is, when cancelled. */
  scan(
    token: CancellationToken,
    onProgress?: (progress: ScanProgress) => void,
    onFile?: (analysis: FileAnalysis) => void,
  ): Promise<void>;
  /** Files changed, appeared or vanished on disk (configuration and ignore files included). Returns the analyses that are new; vanished files have no findings. */
  refresh(paths: readonly string[], token: CancellationToken): Promise<readonly FileAnalysis[]>;
  /** The latest result of every file that has one, findings of workspace rules included. */
  analyses(): readonly FileAnalysis[];
  /** How long the last analysis of an open document took; undefined before the first one. */
  timing(path: string): AnalysisTiming | undefined;
  /**
   * Score, outcomes and coverage as of the latest results. `counts` tells which files are counted, by default all: those
   * of a root inside this one are that root's.
   */
  readiness(counts?: (path: string) => boolean): Readiness;

  /** Fixes for a finding on the current text; the preferred one first. */
  fixes(finding: Finding): Promise<readonly Fix[]>;
  /** All fixes of one file as one set of non-overlapping edits on its current text, iterated until nothing changes; empty when nothing is to do or the configuration does not parse. */
  fixAll(path: string, options: FixAllOptions): Promise<readonly TextEdit[]>;
  /** The edit that suppresses a finding on its line or in its file, merged into an existing comment. */
  suppress(finding: Finding, scope: 'line' | 'file', reason: string): Promise<readonly TextEdit[]>;

  dispose(): void;
}
