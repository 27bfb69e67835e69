import { nearestName } from '../../core/nearest-name.ts';
import { LEVELS } from '../../core/rule.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../core/settings.ts';
import type { RuleNames } from '../rule-names.ts';
import type { ConfigurationNode } from './configuration-node.ts';
import { interpretKnowledge } from './interpret-knowledge.ts';
import { interpretRules } from './interpret-rules.ts';
import { CONFIGURATION_KEYS, MAX_TIMEOUT_SECONDS, type ConfigurationKey } from './keys.ts';
import type { NoteName } from './read-names.ts';
import { readBoolean, readNumber, readStrings, readWord } from './read-value.ts';
import type { ReportProblem } from './report-problem.ts';

/**
 * Turns the tree of a configuration file into settings. What is wrong is reported, and has its default.
 * @param note receives names of things in Python code
 */
export function interpretConfiguration(
  root: ConfigurationNode,
  names: RuleNames,
  report: ReportProblem,
  note: NoteName,
): Settings {
  if (isNull(root)) return DEFAULT_SETTINGS;
  if (root.kind !== 'map') {
    report(root.range, 'The configuration has to be a map of settings.');
    return DEFAULT_SETTINGS;
  }

  let settings = DEFAULT_SETTINGS;
  for (const { key, keyRange, value } of root.entries) {
    if (!isKey(key)) report(keyRange, describeUnknown(key));
    // `exclude:` with nothing after it is what one sees while typing.
    else if (!isNull(value)) settings = withSetting(settings, key, value, { names, report, note });
  }
  return settings;
}

interface Surroundings {
  readonly names: RuleNames;
  readonly report: ReportProblem;
  readonly note: NoteName;
}

function withSetting(
  settings: Settings,
  key: ConfigurationKey,
  value: ConfigurationNode,
  { names, report, note }: Surroundings,
): Settings {
  switch (key) {
    case 'tier':
      return { ...settings, tier: readWord(value, key, LEVELS, report) ?? settings.tier };
    case 'exclude':
      return { ...settings, exclude: readStrings(value, key, { allowEmpty: false }, report) ?? settings.exclude };
    case 'httpTimeoutSeconds': {
      const bounds = { above: 0, maximum: MAX_TIMEOUT_SECONDS };
      return { ...settings, httpTimeoutSeconds: readNumber(value, key, bounds, report) ?? settings.httpTimeoutSeconds };
    }
    case 'requireSuppressionReason': {
      const required = readBoolean(value, key, report);
      return { ...settings, requireSuppressionReason: required ?? settings.requireSuppressionReason };
    }
    case 'knowledge':
      return { ...settings, knowledge: interpretKnowledge(value, report, note) };
    case 'rules':
      return { ...settings, rules: interpretRules(value, names, report) };
  }
}

function describeUnknown(key: string): string {
  const nearest = nearestName(key, CONFIGURATION_KEYS);
  const advice =
    nearest === undefined ? `The settings are ${CONFIGURATION_KEYS.join(', ')}.` : `Did you mean \`${nearest}\`?`;
  return `There is no setting \`${key}\`. ${advice}`;
}

function isKey(key: string): key is ConfigurationKey {
  return (CONFIGURATION_KEYS as readonly string[]).includes(key);
}

function isNull(node: ConfigurationNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}
