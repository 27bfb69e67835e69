import { expect, test } from 'vitest';
import { createRestartPolicy } from '../../client/src/restart-policy.ts';

test('a server that crashes again and again is restarted more and more slowly, then left alone', () => {
  let now = 0;
  const delayAfterCrash = createRestartPolicy(() => now);

  const delays = Array.from({ length: 5 }, () => {
    now += 1000;
    return delayAfterCrash();
  });

  expect(delays).toEqual([0, 1000, 5000, 15_000, undefined]);
});

test('crashes of long ago count no more', () => {
  let now = 0;
  const delayAfterCrash = createRestartPolicy(() => now);
  for (let crash = 0; crash < 10; crash++) {
    now += 200_000;
    expect(delayAfterCrash()).toBe(0);
  }
});
