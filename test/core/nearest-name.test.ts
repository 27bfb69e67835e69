import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearestName } from '../../server/src/core/nearest-name.ts';

const RULES = ['http-timeout', 'http-retry', 'bare-except', 'broad-except'];

describe('the nearest name', () => {
  test.each([
    ['http-timeuot', 'http-timeout'],
    ['HTTP_TIMEOUT', 'http-timeout'],
    ['http-timeouts', 'http-timeout'],
    ['bare-exept', 'bare-except'],
    ['http-timeout', 'http-timeout'],
  ])('of %s is %s', (written, meant) => {
    expect(nearestName(written, RULES)).toBe(meant);
  });

  test.each(['', 'x', 'zebra-crossing', 'E501'])('of %j is none', written => {
    expect(nearestName(written, RULES)).toBeUndefined();
  });

  test('finds every name again after two neighbours were swapped', () => {
    fc.assert(
      fc.property(fc.constantFrom(...RULES), fc.nat(100), (name, seed) => {
        const index = seed % (name.length - 1);
        const swapped = name.slice(0, index) + name.charAt(index + 1) + name.charAt(index) + name.slice(index + 2);
        expect(nearestName(swapped, RULES)).toBe(name);
      }),
    );
  });
});
