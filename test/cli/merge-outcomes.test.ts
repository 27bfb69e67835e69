import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RuleOutcome } from '../../server/src/core/outcome.ts';
import { mergeOutcomes } from '../../server/src/cli/merge-reviews.ts';

const ruleId = 'http-timeout';

test('places of all roots are added up', () => {
  const outcomes: RuleOutcome[] = [
    { ruleId, kind: 'passed', examined: 4 },
    { ruleId, kind: 'failed', examined: 5, failed: 2, accepted: 1 },
    { ruleId, kind: 'accepted', examined: 1, accepted: 1 },
    { ruleId, kind: 'notApplicable', reason: 'No calls.' },
  ];

  expect(mergeOutcomes(ruleId, outcomes)).toEqual({ ruleId, kind: 'failed', examined: 10, failed: 2, accepted: 2 });
});

test('a root without a place takes nothing away from the others', () => {
  const missing: RuleOutcome = { ruleId, kind: 'notApplicable', reason: 'No calls.' };
  const measured = fc.oneof(
    fc.record({ ruleId: fc.constant(ruleId), kind: fc.constant('passed' as const), examined: fc.nat(9) }),
    fc.record({
      ruleId: fc.constant(ruleId),
      kind: fc.constant('failed' as const),
      examined: fc.integer({ min: 2, max: 9 }),
      failed: fc.constant(1),
      accepted: fc.nat(1),
    }),
  );

  fc.assert(
    fc.property(measured, fc.boolean(), (outcome, first) => {
      expect(mergeOutcomes(ruleId, first ? [missing, outcome] : [outcome, missing])).toEqual(outcome);
    }),
  );
});
