import { describe, expect, test } from 'vitest';
import type { Finding, Report } from '../../../server/src/core/finding.ts';
import { SUPPRESSION_RULE_ID } from '../../../server/src/core/suppression.ts';
import { applyEdits, LineIndex } from '../../../server/src/core/text.ts';
import type { FixContext } from '../../../server/src/core/fix-context.ts';
import { suppressFindings, type SuppressionStep } from '../../../server/src/engine/suppressions/suppress-findings.ts';
import rule from '../../../rules/documentation/suppression-unused/rule.ts';
import { SHOP_NAMES } from '../settings/shop-rules.ts';
import { commentsOf, findingAt } from './support.ts';

const complete = (report: Report): Finding => ({
  ...findingAt('?', '?', SUPPRESSION_RULE_ID),
  fix: report.fix,
  range: report.range,
  message: report.message,
  data: report.data,
});

function suppress(text: string, findings: readonly Finding[], options: Partial<SuppressionStep> = {}) {
  return suppressFindings({
    text,
    lines: new LineIndex(text),
    comments: commentsOf(text),
    findings,
    names: { ...SHOP_NAMES, rules: [...SHOP_NAMES.rules, rule.meta] },
    hasJudged: () => true,
    requireReason: false,
    complete,
    ...options,
  });
}

/** The text after the n-th fix of a finding of `suppression-unused`. */
function afterFix(text: string, finding: Finding | undefined, index = 0): string {
  // The rule asks for nothing else.
  const context = { source: () => ({ language: 'other', path: '', text }) } as unknown as FixContext;
  const fix = rule.fix!(finding!, context)[index];
  return applyEdits(
    text,
    fix!.edits.flatMap(({ edits }) => edits),
  );
}

function messages(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ message }) => message.split('. ')[0]!);
}

describe('suppressing', () => {
  test('accepts what is covered, with the reason, and leaves the rest', () => {
    const text = 'pay()  # readiness: ignore[unpaid-order] -- a gift\nship()\n';
    const [paid, shipped] = [findingAt(text, 'pay', 'unpaid-order'), findingAt(text, 'ship', 'unpaid-order')];

    const { active, accepted, examined } = suppress(text, [paid, shipped]);

    expect(active).toEqual([shipped]);
    expect(accepted).toMatchObject([{ finding: paid, reason: 'a gift', by: { start: 7, end: 50 } }]);
    expect(examined).toBe(1);
  });

  test('covers several findings of one line, but no other rule', () => {
    const text = '# readiness: ignore[unpaid-order]\npay(); pay2()\n';
    const findings = [
      findingAt(text, 'pay()', 'unpaid-order'),
      findingAt(text, 'pay2', 'unpaid-order'),
      findingAt(text, 'pay()', 'late-delivery'),
    ];

    const { active, accepted } = suppress(text, findings);

    expect(active).toEqual([findings[2]]);
    expect(accepted.map(({ finding }) => finding)).toEqual(findings.slice(0, 2));
  });

  test('a suppression for the file that adds nothing to those of the lines is unused', () => {
    const text = '# readiness: ignore-file[unpaid-order]\npay()  # readiness: ignore[unpaid-order]\n';

    const { active } = suppress(text, [findingAt(text, 'pay', 'unpaid-order')]);

    expect(active).toMatchObject([
      { ruleId: SUPPRESSION_RULE_ID, message: expect.stringContaining('in this file') as string },
    ]);
    expect(afterFix(text, active[0])).toBe('pay()  # readiness: ignore[unpaid-order]\n');
  });
});

describe('an unused suppression', () => {
  test.each([
    ['behind code', 'pay()  # readiness: ignore[unpaid-order] -- gift\nship()\n', 'pay()\nship()\n'],
    [
      'on its own line',
      'if gift:\r\n    # readiness: ignore[unpaid-order]\r\n    pay()\r\n',
      'if gift:\r\n    pay()\r\n',
    ],
    ['at the end of a file', 'pay()\n# readiness: ignore[unpaid-order]', 'pay()'],
    ['alone in a file', '# readiness: ignore[unpaid-order]\n', ''],
    ['after a byte order mark', '\ufeff# readiness: ignore[unpaid-order]\npay()\n', '\ufeffpay()\n'],
    [
      'behind another tool',
      'pay()  # noqa: E501  # readiness: ignore[unpaid-order] -- gift\n',
      'pay()  # noqa: E501\n',
    ],
    ['before another tool', 'pay()  # readiness: ignore[unpaid-order] -- gift  # noqa\n', 'pay()  # noqa\n'],
    ['between code', 'pay(/* readiness: ignore[unpaid-order] */ order);\n', 'pay(order);\n'],
    ['before code', '  /* readiness: ignore[unpaid-order] */ pay();\n', '  pay();\n'],
    [
      'in a block',
      '/**\n * Sends it.\n * readiness: ignore[unpaid-order]\n */\npay();\n',
      '/**\n * Sends it.\n */\npay();\n',
    ],
    ['in markup', '<p/>\n<!-- readiness: ignore[unpaid-order] -- gift -->\n<p/>\n', '<p/>\n<p/>\n'],
  ])('is removed without a trace %s', (_, text, expected) => {
    const { active } = suppress(text, []);

    expect(active).toMatchObject([{ fix: 'safe' }]);
    expect(afterFix(text, active[0])).toBe(expected);
  });

  test('keeps the ids that are in use', () => {
    const text = 'pay()  # readiness: ignore[late-delivery, unpaid-order, late-delivery] -- gift\n';

    const { active } = suppress(text, [findingAt(text, 'pay', 'unpaid-order')]);

    expect(active).toHaveLength(1);
    expect(afterFix(text, active[0])).toBe('pay()  # readiness: ignore[unpaid-order] -- gift\n');
  });

  test('is not reported when its rule did not judge the file', () => {
    const text = 'pay()  # readiness: ignore[unpaid-order, late-delivery]\n';

    expect(suppress(text, [], { hasJudged: () => false }).active).toEqual([]);
    const { active } = suppress(text, [], { hasJudged: id => id === 'late-delivery' });
    expect(afterFix(text, active[0])).toBe('pay()  # readiness: ignore[unpaid-order]\n');
  });

  test('is not reported when the rule about suppressions is off', () => {
    expect(suppress('pay()  # readiness: ignore[typo]\n', [], { complete: undefined }).active).toEqual([]);
  });

  test('can itself be suppressed', () => {
    const text = '# readiness: ignore[unpaid-order, suppression-unused] -- comes and goes\npay()\n';

    const { active, accepted } = suppress(text, []);

    expect(active).toEqual([]);
    expect(accepted).toMatchObject([{ finding: { ruleId: SUPPRESSION_RULE_ID }, reason: 'comes and goes' }]);
  });
});

describe('a wrong suppression', () => {
  test('with an unknown id offers the nearest one, then its removal', () => {
    const text = 'pay()  # readiness: ignore[unpayed-order] -- gift\n';
    const { active } = suppress(text, []);

    expect(active).toMatchObject([{ fix: 'suggested', range: { start: 27, end: 40 } }]);
    expect(afterFix(text, active[0], 0)).toBe('pay()  # readiness: ignore[unpaid-order] -- gift\n');
    expect(afterFix(text, active[0], 1)).toBe('pay()\n');
  });

  test('with a former id says what became of it', () => {
    const { active } = suppress('pay()  # readiness: ignore[open-invoice, lost-parcel]\n', []);

    expect(messages(active)).toEqual([
      'The rule `open-invoice` is called `unpaid-order` now',
      'The rule `lost-parcel` was removed',
    ]);
  });

  test.each([
    ['# readiness: ignore unpaid-order', '# readiness: ignore[unpaid-order]'],
    ['# readiness: ignore[unpaid-order] because it is a gift', '# readiness: ignore[unpaid-order] -- it is a gift'],
    [
      '# readiness: ignore: unpaid-order, late-delivery - gift',
      '# readiness: ignore[unpaid-order, late-delivery] -- gift',
    ],
    ['# Readiness: Ignore-File (unpaid-order)', '# readiness: ignore-file[unpaid-order]'],
  ])('that is malformed is written as it was meant: %s', (comment, expected) => {
    const { active } = suppress(`${comment}\n`, []);

    expect(active).toMatchObject([{ fix: 'suggested' }]);
    expect(afterFix(`${comment}\n`, active[0])).toBe(`${expected}\n`);
  });

  test('without a reason is reported where reasons are required', () => {
    const text = '# readiness: ignore-file[unpaid-order]\npay()  # readiness: ignore[late-delivery] -- gift\n';
    const findings = [findingAt(text, 'pay', 'unpaid-order'), findingAt(text, 'pay', 'late-delivery')];

    expect(suppress(text, findings).active).toEqual([]);
    expect(messages(suppress(text, findings, { requireReason: true }).active)).toEqual([
      'This suppression gives no reason',
    ]);
  });
});

test('a prepared fix is dropped when the text has changed since', () => {
  const text = 'pay()  # readiness: ignore[unpaid-order] -- gift\n';
  const [finding] = suppress(text, []).active;
  const context = {
    source: () => ({ language: 'other', path: '', text: `import shop\n${text}` }),
  } as unknown as FixContext;

  expect(rule.fix!(finding!, context)).toEqual([]);
});

test('the engine and the rule agree on the id', () => {
  expect(rule.meta.id).toBe(SUPPRESSION_RULE_ID);
});
