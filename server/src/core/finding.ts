import type { JsonValue } from './json.ts';
import type { TextRange } from './text.ts';

export const PRIORITIES = ['critical', 'high', 'medium', 'low'] as const;
/** How bad a finding is; the editor's severity, the score's weight and the panel's order follow from it. */
export type Priority = (typeof PRIORITIES)[number];

/** How sure the analysis is. */
export type Confidence = 'high' | 'medium' | 'low';

/** How far a fix may be trusted: `safe` keeps behaviour except for the defect, `suggested` needs a person's look. */
export type Applicability = 'safe' | 'suggested';

/** A second place that explains a finding. `path` is relative to the workspace root. */
export interface RelatedPlace {
  readonly path: string;
  readonly range: TextRange;
  readonly message: string;
}

/** What a rule hands to `report`; the engine completes it to a {@link Finding}. */
export interface Report {
  readonly range: TextRange;
  /** What is wrong here, what happens in production, what to do: one or two sentences, code in backticks. */
  readonly message: string;
  /** Given only where it differs from the rule's own. */
  readonly priority?: Priority;
  readonly confidence?: Confidence;
  readonly related?: readonly RelatedPlace[];
  /** Everything that the rule's `fix` needs later. */
  readonly data?: JsonValue;
  /** Grade of the fix that will be offered here; absent when there is none for this place. */
  readonly fix?: Applicability;
  /** Only other files can tell whether there is a fix here: none is promised, and building one is tried when somebody asks. */
  readonly mayHaveFix?: boolean;
}

/** One problem at one place; plain data, made by rules, completed by the engine. */
export interface Finding {
  readonly ruleId: string;
  /** Relative to the workspace root, forward slashes. */
  readonly path: string;
  readonly range: TextRange;
  readonly message: string;
  readonly priority: Priority;
  readonly confidence: Confidence;
  readonly related: readonly RelatedPlace[];
  readonly fix: Applicability | undefined;
  /** See {@link Report.mayHaveFix}. */
  readonly mayHaveFix?: true;
  readonly data: JsonValue | undefined;
  /** Survives line shifts: a hash of path, rule and the normalised code of the enclosing symbol. */
  readonly fingerprint: string;
}

/** Whether it is worth asking for fixes: one is promised, or other files may allow one. */
export function mayBeFixed({ fix, mayHaveFix }: Finding): boolean {
  return fix !== undefined || mayHaveFix === true;
}
