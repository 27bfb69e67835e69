import { nearestName } from '../core/nearest-name.ts';
import type { RuleMeta } from '../core/rule.ts';

/** All rules there are, and ids that were in use once. */
export interface RuleNames {
  readonly rules: readonly RuleMeta[];
  /** Former id → the rule that took its place, if any. */
  readonly former: ReadonlyMap<string, string | undefined>;
}

/** What to say about an id that no rule has. */
export interface UnknownRule {
  /** Full sentences, with the id in backticks. */
  readonly message: string;
  /** The id that was most likely meant. */
  readonly suggestion: string | undefined;
}

/** Explains a rule id that a person wrote; undefined when there is such a rule. */
export function explainUnknownRule(id: string, names: RuleNames): UnknownRule | undefined {
  if (names.rules.some(rule => rule.id === id)) return undefined;

  if (names.former.has(id)) {
    const suggestion = names.former.get(id);
    const today = suggestion === undefined ? 'was removed.' : `is called \`${suggestion}\` now.`;
    return { message: `The rule \`${id}\` ${today}`, suggestion };
  }

  const ids = names.rules.map(rule => rule.id);
  const suggestion = nearestName(id, ids);
  const advice = suggestion === undefined ? '' : ` Did you mean \`${suggestion}\`?`;
  return { message: `There is no rule \`${id}\`.${advice}`, suggestion };
}
