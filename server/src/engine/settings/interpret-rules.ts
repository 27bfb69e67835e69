import { PRIORITIES, type Priority } from '../../core/finding.ts';
import { nearestName } from '../../core/nearest-name.ts';
import type { RuleMeta, RuleOption } from '../../core/rule.ts';
import { defaultRuleSettings, type RuleSettings } from '../../core/settings.ts';
import { explainUnknownRule, type RuleNames } from '../rule-names.ts';
import type { ConfigurationEntry, ConfigurationNode } from './configuration-node.ts';
import type { ReportProblem } from './report-problem.ts';
import { RULE_SWITCHES } from './keys.ts';
import { readBoolean, readNumber, readString, readStrings, readWord } from './read-value.ts';

const WORDS = [...RULE_SWITCHES, ...PRIORITIES] as const;

/** Reads the `rules` map. Rules that it names have all their options set; a rule whose entry is wrong has its defaults. */
export function interpretRules(node: ConfigurationNode, names: RuleNames, report: ReportProblem): Settings {
  if (node.kind !== 'map') {
    report(node.range, '`rules` has to be a map from rule ids to `off`, a priority, or an object.');
    return {};
  }

  const settings: Record<string, RuleSettings> = {};
  for (const { key, keyRange, value } of node.entries) {
    const rule = names.rules.find(candidate => candidate.id === key);
    if (rule) settings[key] = interpretRule(value, rule, report);
    else report(keyRange, explainUnknownRule(key, names)?.message ?? `There is no rule \`${key}\`.`);
  }
  return settings;
}

type Settings = Readonly<Record<string, RuleSettings>>;

function interpretRule(node: ConfigurationNode, rule: RuleMeta, report: ReportProblem): RuleSettings {
  const defaults = defaultRuleSettings(rule);
  if (node.kind === 'map') {
    return node.entries.reduce((settings, entry) => withField(settings, entry, rule, report), defaults);
  }
  if (node.kind === 'scalar') {
    if (node.value === null) return defaults;
    if (typeof node.value === 'boolean') return { ...defaults, enabled: node.value };
    const word = readWord(node, rule.id, WORDS, report);
    if (word === 'off' || word === 'on') return { ...defaults, enabled: word === 'on' };
    return word === undefined ? defaults : { ...defaults, priority: word };
  }
  report(
    node.range,
    `\`${rule.id}\` has to be \`off\`, a priority, or an object with \`enabled\`, \`priority\` and options.`,
  );
  return defaults;
}

function withField(
  settings: RuleSettings,
  entry: ConfigurationEntry,
  rule: RuleMeta,
  report: ReportProblem,
): RuleSettings {
  const { key, keyRange, value } = entry;
  if (key === 'enabled') return { ...settings, enabled: readBoolean(value, key, report) ?? settings.enabled };
  if (key === 'priority') {
    const priority: Priority | undefined = readWord(value, key, PRIORITIES, report);
    return priority === undefined ? settings : { ...settings, priority };
  }

  const option = rule.options?.[key];
  if (!option) {
    report(keyRange, describeUnknown(key, rule));
    return settings;
  }
  const chosen = readOption(value, key, option, report);
  return chosen === undefined ? settings : { ...settings, options: { ...settings.options, [key]: chosen } };
}

function readOption(
  node: ConfigurationNode,
  name: string,
  option: RuleOption,
  report: ReportProblem,
): number | string | boolean | readonly string[] | undefined {
  const bounds = option.minimum === undefined ? {} : { minimum: option.minimum };
  switch (option.type) {
    case 'integer':
      return readNumber(node, name, { ...bounds, integer: true }, report);
    case 'number':
      return readNumber(node, name, bounds, report);
    case 'string':
      return readString(node, name, report);
    case 'boolean':
      return readBoolean(node, name, report);
    case 'array':
      return readStrings(node, name, { allowEmpty: true }, report);
  }
}

function describeUnknown(key: string, rule: RuleMeta): string {
  const known = ['enabled', 'priority', ...Object.keys(rule.options ?? {})];
  const nearest = nearestName(key, known);
  const advice = nearest === undefined ? `It has ${known.join(', ')}.` : `Did you mean \`${nearest}\`?`;
  return `\`${rule.id}\` has no option \`${key}\`. ${advice}`;
}
