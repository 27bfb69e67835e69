import type { PlaceRange } from './model.ts';
import type { FindingName, RequestName } from './names.ts';

/** Names a finding that the baseline is to accept. */
export interface AcceptParams extends FindingName {
  /** May be empty. */
  readonly reason: string;
}

/**
 * Writes a finding into the root's baseline; false when the finding is gone.
 * Fails with a sentence for the user when the baseline can't be read or written.
 */
export const ACCEPT_REQUEST: RequestName<AcceptParams, boolean> = { method: 'readiness/accept' };

export interface AcceptRuleParams {
  /** URI of the root, as in `RootModel`. */
  readonly root: string;
  readonly ruleId: string;
  /** May be empty. */
  readonly reason: string;
}

/** Writes all active findings of a rule into the root's baseline; how many there were. Fails as {@link ACCEPT_REQUEST}. */
export const ACCEPT_RULE_REQUEST: RequestName<AcceptRuleParams, number> = { method: 'readiness/acceptRule' };

export interface UnacceptParams {
  /** URI of the root, as in `RootModel`. */
  readonly root: string;
  readonly fingerprint: string;
}

/**
 * Takes one finding of this fingerprint out of the root's baseline, as undo does for {@link ACCEPT_REQUEST}; false when
 * it is not there. Fails as {@link ACCEPT_REQUEST}.
 */
export const UNACCEPT_REQUEST: RequestName<UnacceptParams, boolean> = { method: 'readiness/unaccept' };

/** Takes what no longer occurs out of the root's baseline; how many findings that were. Fails as {@link ACCEPT_REQUEST}. */
export const PRUNE_BASELINE_REQUEST: RequestName<{ readonly root: string }, number> = {
  method: 'readiness/pruneBaseline',
};

export interface RemoveSuppressionParams {
  readonly uri: string;
  /** The comment, as an `AcceptedRow` has it. */
  readonly range: PlaceRange;
  /** The only id to take out of a comment that names several; without it the whole suppression goes. */
  readonly ruleId?: string;
}

/** Removes a suppression through the client; false when it is gone or the client refused. */
export const REMOVE_SUPPRESSION_REQUEST: RequestName<RemoveSuppressionParams, boolean> = {
  method: 'readiness/removeSuppression',
};

/** Asks the user for a reason, then sends {@link ACCEPT_REQUEST}; its argument is {@link AcceptParams} without a reason. */
export const ACCEPT_COMMAND = 'readiness.accept';
