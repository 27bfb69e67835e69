import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { openPythonFile } from '../../../server/src/facts/python/extract.ts';
import { findWorkerSleeps } from '../../../server/src/facts/worker-sleeps/find-worker-sleeps.ts';
import type { PythonParser } from '../../../server/src/syntax/python/parser.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

function secondsOf(argument: string, before = ''): number | undefined {
  const text = [
    'import threading, time',
    'stop = threading.Event()',
    before,
    'def watch(shop, pause=0.5, *, step=3):',
    '    while not stop.is_set():',
    `        time.sleep(${argument})`,
    '',
  ].join('\n');
  const [sleep, ...others] = findWorkerSleeps(openPythonFile(parser.parse('shop/watch.py', text)));
  expect(others).toEqual([]);
  if (!sleep) throw new Error('The sleep was not found.');
  return sleep.seconds;
}

interface Sum {
  readonly text: string;
  readonly value: number;
}

const { sum } = fc.letrec<{ sum: Sum; leaf: Sum; pair: Sum }>(tie => ({
  leaf: fc
    .integer({ min: 1, max: 99 })
    .chain(value => fc.constantFrom({ text: String(value), value }, { text: `${value / 10}`, value: value / 10 })),
  pair: fc
    .tuple(tie('sum'), fc.constantFrom('+', '-', '*', '/'), tie('sum'))
    .filter(([, operator, right]) => operator !== '/' || right.value !== 0)
    .map(([left, operator, right]) => ({
      text: `(${left.text} ${operator} ${right.text})`,
      value: calculate(left.value, operator, right.value),
    })),
  sum: fc.oneof({ maxDepth: 2 }, tie('leaf'), tie('pair')),
}));

function calculate(left: number, operator: string, right: number): number {
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  return operator === '*' ? left * right : left / right;
}

test('arithmetic of constants is computed', () => {
  fc.assert(
    fc.property(sum, ({ text, value }) => {
      expect(secondsOf(text)).toBe(value);
    }),
  );
});

test('names stand for what they hold, and for the least of several constants', () => {
  expect(secondsOf('PAUSE', 'PAUSE = 30')).toBe(30);
  expect(secondsOf('PAUSE * 2', 'PAUSE = 30')).toBe(60);
  expect(secondsOf('PAUSE', 'PAUSE = 30\nPAUSE = 5')).toBe(5);
  expect(secondsOf('pause')).toBe(0.5);
  expect(secondsOf('step')).toBe(3);
});

test('what is not constant is unknown', () => {
  expect(secondsOf('shop.pause')).toBeUndefined();
  expect(secondsOf('PAUSE', 'PAUSE = load()')).toBeUndefined();
  expect(secondsOf('PAUSE', 'PAUSE = PAUSE + 1')).toBeUndefined();
  expect(secondsOf('max(1, 2)')).toBeUndefined();
  expect(secondsOf('1 / 0')).toBeUndefined();
});
