import type { TextRange } from './text.ts';

/** A parsed `readiness: ignore[…]` comment. */
export interface Suppression {
  readonly scope: 'line' | 'file';
  readonly ruleIds: readonly string[];
  readonly reason: string | undefined;
  /** The part of the comment from `readiness:` to the end of the reason. */
  readonly range: TextRange;
  /** The whole comment. */
  readonly commentRange: TextRange;
  /** Place of each id, in the order of `ruleIds`. */
  readonly idRanges: readonly TextRange[];
  /** 0-based line of code that it covers; undefined for the whole file. */
  readonly line: number | undefined;
}

/** Id of the rule that judges suppressions themselves; the engine makes its findings, for it alone knows which are unused. */
export const SUPPRESSION_RULE_ID = 'suppression-unused';
