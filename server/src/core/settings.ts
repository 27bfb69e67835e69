import type { Level, RuleMeta } from './rule.ts';
import type { Priority } from './finding.ts';
import { NO_OWN_KNOWLEDGE, type OwnKnowledge } from './own-knowledge.ts';

/** What the configuration says of one rule. */
export interface RuleSettings {
  readonly enabled: boolean;
  /** Replaces the priority of all its findings. */
  readonly priority?: Priority;
  readonly options: Readonly<Record<string, number | string | boolean | readonly string[]>>;
}

/** A validated configuration; everything has a value. */
export interface Settings {
  /** Tier of the service; decides which level the panel asks for. */
  readonly tier: Level;
  /** Glob patterns, relative to the workspace root, of paths that are not analysed. */
  readonly exclude: readonly string[];
  /** Seconds that the timeout fix proposes. */
  readonly httpTimeoutSeconds: number;
  /** Whether a suppression without a reason is a finding. */
  readonly requireSuppressionReason: boolean;
  /** What is to be known of the user's own libraries. */
  readonly knowledge: OwnKnowledge;
  /** By rule id; rules that are not named have their defaults. */
  readonly rules: Readonly<Record<string, RuleSettings>>;
}

export const DEFAULT_SETTINGS: Settings = {
  tier: 'standard',
  exclude: [],
  httpTimeoutSeconds: 30,
  requireSuppressionReason: false,
  knowledge: NO_OWN_KNOWLEDGE,
  rules: {},
};

/** What holds for a rule that the configuration doesn't name: enabled, with the defaults of its options. */
export function defaultRuleSettings(rule: RuleMeta): RuleSettings {
  const options = Object.entries(rule.options ?? {}).map(([name, option]) => [name, option.default] as const);
  return { enabled: true, options: Object.fromEntries(options) };
}

/** What holds for a rule under a configuration. */
export function settingsOfRule(settings: Settings, rule: RuleMeta): RuleSettings {
  return settings.rules[rule.id] ?? defaultRuleSettings(rule);
}
