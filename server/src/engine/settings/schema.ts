import { PRIORITIES } from '../../core/finding.ts';
import type { JsonValue } from '../../core/json.ts';
import { LEVELS, type RuleMeta, type RuleOption } from '../../core/rule.ts';
import { DEFAULT_SETTINGS } from '../../core/settings.ts';
import { KNOWLEDGE_SCHEMA } from './knowledge-schema.ts';
import { MAX_TIMEOUT_SECONDS, RULE_SWITCHES, type ConfigurationKey } from './keys.ts';

type Schema = Readonly<Record<string, JsonValue>>;

/** JSON schema (draft 7) of `readiness.yaml` and of `[tool.readiness]`; `readConfiguration` accepts the same. */
export function configurationSchema(rules: readonly RuleMeta[]): Schema {
  const properties: Record<ConfigurationKey, Schema> = {
    tier: {
      enum: [...LEVELS, null],
      default: DEFAULT_SETTINGS.tier,
      description: 'How much depends on the service. Decides which readiness level is asked for.',
    },
    exclude: {
      type: ['array', 'null'],
      items: { type: 'string', minLength: 1 },
      default: [],
      description: 'Glob patterns, relative to this file, of paths that are not analysed.',
    },
    httpTimeoutSeconds: {
      type: ['number', 'null'],
      exclusiveMinimum: 0,
      maximum: MAX_TIMEOUT_SECONDS,
      default: DEFAULT_SETTINGS.httpTimeoutSeconds,
      description: 'Seconds that the fix for a call without a timeout proposes.',
    },
    requireSuppressionReason: {
      type: ['boolean', 'null'],
      default: DEFAULT_SETTINGS.requireSuppressionReason,
      description: 'Whether a suppression comment has to say why, after `--`.',
    },
    knowledge: KNOWLEDGE_SCHEMA,
    rules: {
      type: ['object', 'null'],
      additionalProperties: false,
      properties: Object.fromEntries(rules.map(rule => [rule.id, ruleSchema(rule)])),
      description:
        'Rules by id: `off`, a priority, or an object with `enabled`, `priority` and the options of the rule.',
    },
  };
  return {
    title: 'Readiness configuration',
    type: ['object', 'null'],
    additionalProperties: false,
    properties,
  };
}

function ruleSchema(rule: RuleMeta): Schema {
  const options = Object.entries(rule.options ?? {}).map(([name, option]): [string, Schema] => [
    name,
    optionSchema(option),
  ]);
  return {
    description: `${rule.title} (${rule.aspect}, ${rule.priority}).`,
    anyOf: [
      { enum: [...RULE_SWITCHES, ...PRIORITIES, true, false, null] },
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          enabled: { type: 'boolean', default: true, description: 'Whether the rule is in force.' },
          priority: { enum: [...PRIORITIES], description: 'Replaces the priority of all its findings.' },
          ...Object.fromEntries(options),
        },
      },
    ],
  };
}

function optionSchema({ type, description, default: fallback, minimum }: RuleOption): Schema {
  const common = { type, description, default: fallback };
  if (type === 'array') return { ...common, items: { type: 'string' } };
  return minimum === undefined ? common : { ...common, minimum };
}
