import type { Applicability } from './model.ts';
import type { FindingName, RequestName } from './names.ts';

export interface FixParams extends FindingName {
  /** Whether the client shall ask before it changes anything; it does anyway for suggested fixes in other files. */
  readonly preview: boolean;
}

/** Applies the preferred fix of a finding through the client; false when there is none or the client refused. */
export const FIX_REQUEST: RequestName<FixParams, boolean> = { method: 'readiness/fix' };

export interface FixRuleParams {
  /** URI of the root, as in `RootModel`. */
  readonly root: string;
  readonly ruleId: string;
  /** Whether the client shall ask before it changes anything; it always does for suggested fixes, where it can. */
  readonly preview: boolean;
}

/** Applies all fixes of a rule in a root through the client; the number of files, 0 also when the client refused. */
export const FIX_RULE_REQUEST: RequestName<FixRuleParams, number> = { method: 'readiness/fixRule' };

/** What a fix would do. */
export interface FixPreview {
  readonly title: string;
  readonly applicability: Applicability;
  /** Unified diff of all files that it changes; paths are relative to the root. */
  readonly diff: string;
}

/** What the preferred fix of a finding would do; null when there is none. */
export const PREVIEW_FIX_REQUEST: RequestName<FindingName, FixPreview | null> = { method: 'readiness/previewFix' };
