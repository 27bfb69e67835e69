/**
 * Rule ids that are gone, with the rule that took their place, if any.
 * An id stays here for ever and is never used again, so that old suppressions and configurations get a helpful message.
 */
export const FORMER_RULE_IDS: ReadonlyMap<string, string | undefined> = new Map();
