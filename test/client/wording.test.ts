import { describe, expect, test } from 'vitest';
import {
  badgeInWords,
  countsInWords,
  levelInWords,
  outcomeInWords,
  scoreInWords,
} from '../../client/src/readiness-tree/wording.ts';
import type { RuleOutcome, ScoreView } from '../../server/src/protocol/model.ts';

describe('outcomes in words', () => {
  test.each<[RuleOutcome, string]>([
    [{ ruleId: 'r', kind: 'passed', examined: 20 }, '20 of 20 pass'],
    [{ ruleId: 'r', kind: 'passed', examined: 1 }, '1 of 1 pass'],
    [{ ruleId: 'r', kind: 'failed', examined: 20, failed: 2, accepted: 0 }, '18 of 20 pass'],
    [{ ruleId: 'r', kind: 'failed', examined: 20, failed: 2, accepted: 3 }, '15 of 20 pass, 3 accepted'],
    [{ ruleId: 'r', kind: 'accepted', examined: 4, accepted: 1 }, '1 of 4 accepted'],
    [{ ruleId: 'r', kind: 'notApplicable', reason: 'No workflow.' }, 'not applicable'],
    [{ ruleId: 'r', kind: 'notMeasured', reason: 'It failed.' }, 'not measured'],
  ])('%j', (outcome, words) => {
    expect(outcomeInWords(outcome)).toBe(words);
  });
});

describe('the score in words', () => {
  const score: ScoreView = { value: 72, measured: 61, total: 84, wanted: 'standard', blocking: [], aspects: [] };

  test('names its coverage', () => {
    expect(scoreInWords(score)).toBe('72, 61 of 84 checks measured');
    expect(scoreInWords({ ...score, value: undefined })).toBe('nothing measured yet');
  });

  test('names files where some of them could not be read', () => {
    expect(scoreInWords({ ...score, files: { measured: 41, total: 41 } })).toBe('72, 61 of 84 checks measured');
    expect(scoreInWords({ ...score, files: { measured: 40, total: 41 } })).toBe(
      '72, 61 of 84 checks measured, in 40 of 41 files',
    );
  });

  test('names the level that is reached and the one that is wanted', () => {
    expect(levelInWords(score)).toBe('standard level not reached');
    expect(levelInWords({ ...score, level: 'standard' })).toBe('standard level reached');
    expect(levelInWords({ ...score, level: 'experimental' })).toBe('experimental level reached, standard wanted');
    expect(levelInWords({ ...score, level: 'critical' })).toBe('critical level reached');
    const blocking = [{ ruleId: 'http-timeout', level: 'standard' as const, findings: 3 }];
    expect(levelInWords({ ...score, blocking })).toBe('1 check in the way of standard');
  });
});

test('counts leave out what there is none of', () => {
  expect(countsInWords({ critical: 1, high: 0, medium: 3, low: 0 })).toBe('1 critical, 3 medium');
  expect(countsInWords({ critical: 0, high: 0, medium: 0, low: 0 })).toBe('no findings');
});

test('the badge says what it counts', () => {
  expect(badgeInWords(1)).toBe('1 finding of critical or high priority');
  expect(badgeInWords(12)).toBe('12 findings of critical or high priority');
});
