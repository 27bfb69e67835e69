import { expect, test } from 'vitest';
import { readAwaitableCall } from '../../../rules/shared/awaitable-call.ts';

test('reads back what a finding carries', () => {
  expect(readAwaitableCall({ start: 3, end: 9, library: 'trio', grade: 'safe' })).toEqual({
    call: { start: 3, end: 9 },
    library: 'trio',
  });
});

test.each([
  undefined,
  null,
  3,
  {},
  { start: 3, end: 9 },
  { start: '3', end: 9, library: 'trio' },
  { start: 3, end: 9, library: 'curio' },
])('takes no other data for it: %j', data => {
  expect(readAwaitableCall(data)).toBeUndefined();
});
