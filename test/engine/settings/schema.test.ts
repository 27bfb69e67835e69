import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readConfiguration } from '../../../server/src/engine/settings/read-configuration.ts';
import { configurationSchema } from '../../../server/src/engine/settings/schema.ts';
import { SHOP_NAMES } from './shop-rules.ts';

const isValid = new Ajv({ strict: true, allowUnionTypes: true }).compile(configurationSchema(SHOP_NAMES.rules));

/** Values that are often right, and as often next to right. */
const anyValue = fc.oneof(
  fc.constantFrom<unknown>('off', 'on', 'high', 'low', 'critical', 'standard', 'gold', '', 'build/**'),
  fc.constantFrom<unknown>(true, false, null, 0, 1, 30, 1.5, -2, 86_400, 86_401),
  fc.array(fc.constantFrom<unknown>('legacy', '', 3, null), { maxLength: 3 }),
);

const rule = fc.oneof(
  anyValue,
  fc.dictionary(
    fc.constantFrom('enabled', 'priority', 'days', 'weight', 'carrier', 'insured', 'countries', 'speed'),
    anyValue,
    { maxKeys: 3 },
  ),
);
const rules = fc.dictionary(fc.constantFrom('unpaid-order', 'late-delivery', 'open-invoice'), rule, { maxKeys: 2 });
const configuration = fc.oneof(
  { weight: 1, arbitrary: anyValue },
  {
    weight: 9,
    arbitrary: fc
      .tuple(
        fc.dictionary(
          fc.constantFrom('tier', 'exclude', 'httpTimeoutSeconds', 'requireSuppressionReason', 'colour'),
          anyValue,
          { maxKeys: 2 },
        ),
        fc.option(fc.oneof(anyValue, rules), { nil: undefined }),
      )
      .map(([settings, ruleMap]) => (ruleMap === undefined ? settings : { ...settings, rules: ruleMap })),
  },
);

/** Texts made of what has a meaning in YAML or TOML. */
const brokenText = fc.string({
  unit: fc.constantFrom(
    '[',
    ']',
    '{',
    '}',
    ':',
    ',',
    '"',
    "'",
    '\\',
    '\n',
    ' ',
    '-',
    '&a',
    '*a',
    '!',
    '|',
    '=',
    '#',
    '.',
    'tier',
  ),
});

describe('the schema and the reader', () => {
  test('accept and reject the same configurations', () => {
    let accepted = 0;
    fc.assert(
      fc.property(configuration, value => {
        const { problems } = readConfiguration([{ path: 'readiness.yaml', text: stringify(value) }], SHOP_NAMES);
        const valid = isValid(value);
        if (valid) accepted++;
        expect(problems.length === 0, JSON.stringify({ value, problems })).toBe(valid);
      }),
      { numRuns: 2000 },
    );
    // The property would say little if one side were never tried.
    expect(accepted).toBeGreaterThan(100);
  });

  test('the reader never fails, whatever the text is', () => {
    fc.assert(
      fc.property(brokenText, text => {
        for (const path of ['readiness.yaml', 'pyproject.toml']) {
          const source = `${path === 'pyproject.toml' ? '[tool.readiness]\n' : ''}${text}`;
          const { problems } = readConfiguration([{ path, text: source }], SHOP_NAMES);
          for (const { range } of problems) {
            expect(range.start).toBeLessThanOrEqual(range.end);
            expect(range.end).toBeLessThanOrEqual(source.length);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
