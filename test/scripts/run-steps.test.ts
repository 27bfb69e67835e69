import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runSteps } from '../../scripts/test/run-steps.ts';
import { gateResult, type Step, type StepResult } from '../../scripts/test/step.ts';

const CLEAN = gateResult(0, '');

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

test('a step starts when all that it waits for has ended', async () => {
  const order: string[] = [];
  const step = (title: string, after: readonly string[] = []): Step => ({
    title,
    after,
    run: async () => {
      order.push(`${title} starts`);
      await Promise.resolve();
      order.push(`${title} ends`);
      return CLEAN;
    },
  });

  await runSteps([step('package', ['build']), step('build'), step('lint', ['package'])], 2);

  expect(order).toEqual([
    ...['build starts', 'build ends', 'package starts', 'package ends', 'lint starts', 'lint ends'],
  ]);
});

test('no more steps run at once than there are lanes', async () => {
  let running = 0;
  let most = 0;
  const run = async (): Promise<StepResult> => {
    most = Math.max(most, ++running);
    await new Promise(resolve => setImmediate(resolve));
    running--;
    return CLEAN;
  };

  await runSteps(
    ['types', 'lint', 'format', 'walls'].map(title => ({ title, run })),
    2,
  );

  expect(most).toBe(2);
});

test('a step that throws counts as one failure and stops no other', async () => {
  const results = await runSteps(
    [
      { title: 'build', run: () => Promise.reject(new Error('no entry')) },
      { title: 'lint', after: ['build'], run: () => Promise.resolve(CLEAN) },
    ],
    1,
  );

  expect(results.map(({ passed, failed }) => [passed, failed])).toEqual([
    [0, 1],
    [1, 0],
  ]);
});

test('steps that wait for each other are an error, not a standstill', async () => {
  const step = (title: string, after: string): Step => ({ title, after: [after], run: () => Promise.resolve(CLEAN) });

  await expect(runSteps([step('build', 'package'), step('package', 'build')], 2)).rejects.toThrow('build, package');
});
