import { describe, expect, test } from 'vitest';
import { fingerprintOf } from '../../server/src/engine/fingerprints.ts';

const finding = {
  path: 'shop/orders.py',
  ruleId: 'http-timeout',
  range: { start: 40, end: 50 },
  message: '`requests.get` waits forever.',
};
const outer = { range: { start: 0, end: 100 }, codeHash: 11 };
const inner = { range: { start: 30, end: 60 }, codeHash: 22 };
const later = { range: { start: 61, end: 70 }, codeHash: 33 };

describe('a fingerprint', () => {
  test('survives that the code moves', () => {
    const moved = { ...finding, range: { start: 140, end: 150 }, message: 'Said in other words.' };
    const symbol = { ...inner, range: { start: 130, end: 160 } };

    expect(fingerprintOf(moved, [symbol])).toBe(fingerprintOf(finding, [outer, inner, later]));
  });

  test('follows the innermost symbol around the finding', () => {
    const before = fingerprintOf(finding, [outer, inner, later]);

    expect(fingerprintOf(finding, [{ ...outer, codeHash: 12 }, inner, later])).toBe(before);
    expect(fingerprintOf(finding, [outer, { ...inner, codeHash: 23 }, later])).not.toBe(before);
    expect(fingerprintOf({ ...finding, range: { start: 75, end: 80 } }, [outer, inner, later])).toBe(
      fingerprintOf(finding, [outer]),
    );
  });

  test('is shared by findings of one rule in one symbol, and by no others', () => {
    const second = { ...finding, range: { start: 51, end: 55 } };

    expect(fingerprintOf(second, [inner])).toBe(fingerprintOf(finding, [inner]));
    expect(fingerprintOf({ ...finding, ruleId: 'bare-except' }, [inner])).not.toBe(fingerprintOf(finding, [inner]));
    expect(fingerprintOf({ ...finding, path: 'shop/stock.py' }, [inner])).not.toBe(fingerprintOf(finding, [inner]));
  });

  test('goes by the message where there is no symbol', () => {
    expect(fingerprintOf(finding, [later])).toBe(fingerprintOf({ ...finding, range: { start: 0, end: 1 } }, []));
    expect(fingerprintOf({ ...finding, message: 'Another one.' }, [])).not.toBe(fingerprintOf(finding, []));
  });
});
