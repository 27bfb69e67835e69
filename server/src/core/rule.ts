import type { FactListeners } from './fact.ts';
import type { FileKind } from './file-kind.ts';
import type { Confidence, Finding, Applicability, Priority, Report } from './finding.ts';
import type { Fix } from './fix.ts';
import type { FixContext } from './fix-context.ts';
import type { Settings } from './settings.ts';
import type { Workspace } from './workspace.ts';

export const ASPECTS = [
  'reliability',
  'concurrency',
  'security',
  'observability',
  'data',
  'testing',
  'dependencies',
  'delivery',
  'documentation',
] as const;
/** The row of the scorecard that a rule counts for; also its folder. */
export type Aspect = (typeof ASPECTS)[number];

export const LEVELS = ['experimental', 'standard', 'critical'] as const;
/** Readiness levels, lowest first; also the tiers that a service may declare. */
export type Level = (typeof LEVELS)[number];

/** What a user may read about a rule; the only place where it is written down. */
export interface RuleMeta {
  /** Kebab-case noun phrase that names the problem. */
  readonly id: string;
  readonly title: string;
  readonly aspect: Aspect;
  readonly priority: Priority;
  readonly confidence: Confidence;
  readonly languages: readonly RuleLanguage[];
  /** Highest grade of any fix that the rule offers. */
  readonly fix: Applicability | 'none';
  /** Version of Readiness that brought the rule. */
  readonly since: string;
  /** Lowest level that a service reaches only when this rule has no finding. */
  readonly requiredFor: Level;
  /** Set where a finding marks a secret: what must not be shown to anybody, its place or all of its file. */
  readonly conceals?: 'place' | 'file';
  /** Kinds of files that the rule looks at; `['source']` when absent. */
  readonly fileKinds?: readonly FileKind[];
  /** JSON schema of each option by its name, with `default` and `description`. */
  readonly options?: Readonly<Record<string, RuleOption>>;
}

/** Names of languages as a reader of the rule page knows them. */
export type RuleLanguage = 'Python' | 'TypeScript' | 'JavaScript' | 'TOML' | 'YAML' | 'any file';

/** One option of a rule, in the words of JSON schema. */
export interface RuleOption {
  readonly type: 'integer' | 'number' | 'string' | 'boolean' | 'array';
  readonly description: string;
  readonly default: number | string | boolean | readonly string[];
  readonly minimum?: number;
}

/** What a file rule may ask and do while it is shown facts. */
export interface RuleContext {
  /** Path of the file, relative to the workspace root. */
  readonly path: string;
  readonly fileKind: FileKind;
  readonly settings: Settings;
  readonly report: (report: Report) => void;
}

/** What a workspace rule may do; places carry their own path. */
export interface WorkspaceRuleContext {
  readonly settings: Settings;
  readonly report: (path: string, report: Report) => void;
  /** One place was looked at; called once for each, so that outcomes read "18 of 20". */
  readonly examined: (count?: number) => void;
  /** Ends the rule as not applicable, with a sentence that says why. */
  readonly notApplicable: (reason: string) => void;
}

/** Offers fixes for one of the rule's findings on the text as it is now; the preferred one first; empty when none fits. */
export type FixBuilder = (finding: Finding, context: FixContext) => readonly Fix[];

/** A judgement over facts of one file. */
export interface FileRule {
  readonly scope: 'file';
  readonly meta: RuleMeta;
  readonly on: FactListeners;
  readonly fix?: FixBuilder;
}

/** A judgement over the facts of all files. */
export interface WorkspaceRule {
  readonly scope: 'workspace';
  /** What it looks into, and what it is asked anew for: Python's names and calls alone, or anything else (when absent). */
  readonly subject?: 'python';
  readonly meta: RuleMeta;
  readonly examine: (workspace: Workspace, context: WorkspaceRuleContext) => void;
  readonly fix?: FixBuilder;
}

export type Rule = FileRule | WorkspaceRule;

/** Declares a rule over one file's facts. */
export function defineRule(rule: Omit<FileRule, 'scope'>): FileRule {
  return { scope: 'file', ...rule };
}

/** Declares a rule over the whole workspace. */
export function defineWorkspaceRule(rule: Omit<WorkspaceRule, 'scope'>): WorkspaceRule {
  return { scope: 'workspace', ...rule };
}
