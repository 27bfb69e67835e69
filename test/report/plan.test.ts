import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PRIORITIES } from '../../server/src/core/finding.ts';
import { groupFindings } from '../../server/src/report/readiness-report/groups.ts';
import { planSteps } from '../../server/src/report/readiness-report/plan.ts';
import { reported, reviewOf, ruleMeta } from './bookshop-review.ts';

const RULES = ['till-without-receipt', 'book-without-price', 'door-left-open'].map(id => ruleMeta({ id }));

const anyFinding = fc
  .record({
    path: fc.constantFrom('shop/till.py', 'shop/door.py', 'office/books.py', 'web/cart.ts'),
    line: fc.nat(400),
    ruleId: fc.constantFrom(...RULES.map(({ id }) => id)),
    priority: fc.constantFrom(...PRIORITIES),
    fix: fc.constantFrom('safe' as const, 'suggested' as const, undefined),
  })
  .map(({ path, line, ...parts }) => reported(path, line, parts));

function planOf(findings: readonly ReturnType<typeof reported>[]) {
  return planSteps(groupFindings({ review: reviewOf(findings), rules: RULES }));
}

describe('The plan', () => {
  test('has every finding in exactly one step', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 60 }), findings => {
        const planned = planOf(findings).flatMap(step => step.findings);

        expect(planned).toHaveLength(findings.length);
        expect(new Set(planned)).toEqual(new Set(findings));
      }),
    );
  });

  test('never puts a lower priority first', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 60 }), findings => {
        const ranks = planOf(findings).map(({ priority }) => PRIORITIES.indexOf(priority));

        expect(ranks).toEqual([...ranks].sort());
      }),
    );
  });

  test('is the same whatever the order in which rules are listed', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 30 }), findings => {
        const review = reviewOf(findings);
        const turned = planSteps(groupFindings({ review, rules: [...RULES].reverse() }));

        expect(turned).toEqual(planSteps(groupFindings({ review, rules: RULES })));
      }),
    );
  });

  test('cuts what a person has to look through into steps of ten places, at the borders of files', () => {
    const findings = ['a', 'b', 'c'].flatMap(name =>
      [1, 2, 3, 4, 5, 6].map(line => reported(`${name}.py`, line, { fix: 'suggested' })),
    );

    const steps = planOf(findings);

    expect(steps.map(({ part, parts }) => [part, parts])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(steps.map(step => new Set(step.findings.map(({ path }) => path)).size)).toEqual([1, 1, 1]);
  });

  test('leaves what a safe fix mends in one step, before what takes a person', () => {
    const lines = Array.from({ length: 30 }, (_, line) => line);
    const safe = lines.map(line => reported('till.py', line, { fix: 'safe' }));

    const steps = planOf([...safe, reported('door.py', 1), reported('door.py', 2, { fix: 'suggested' })]);

    expect(steps.map(({ way, findings }) => [way, findings.length])).toEqual([
      ['safe', 30],
      ['suggested', 1],
      ['hand', 1],
    ]);
  });

  test('begins with what keeps the service from its level', () => {
    const findings = [1, 2, 3].map(line => reported('door.py', line, { ruleId: 'door-left-open' }));

    const steps = planOf([...findings, reported('till.py', 1)]);

    expect(steps.map(({ rule, isBlocking }) => [rule.id, isBlocking])).toEqual([
      ['till-without-receipt', true],
      ['door-left-open', false],
    ]);
  });
});
