import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { createPythonWorkspace } from '../../../server/src/facts/workspace/python-workspace.ts';
import type { PythonParser } from '../../../server/src/syntax/python/parser.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';
import { outlineOf } from '../workspace/linked.ts';
import { blockedCallsOf } from './blocked.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

const FILES = 4;
const PER_FILE = 3;
const FUNCTIONS = FILES * PER_FILE;

/** A function of a random workspace: `step5`, the third one of `desk1.py`. */
interface Step {
  readonly isAsync: boolean;
  readonly blocks: boolean;
  /** Numbers of the functions that it calls, in order. */
  readonly calls: readonly number[];
  /** Comment lines before it. */
  readonly comments: number;
}

const anyStep: fc.Arbitrary<Step> = fc.record({
  isAsync: fc.boolean(),
  blocks: fc.integer({ max: 4 }).map(number => number === 0),
  calls: fc.uniqueArray(fc.nat(FUNCTIONS - 1), { maxLength: 3 }),
  comments: fc.nat(2),
});

function pathOf(file: number): string {
  return `desk${file}.py`;
}

function textOf(steps: readonly Step[], file: number): string {
  const others = Array.from({ length: FILES }, (_, other) => other).filter(other => other !== file);
  const lines = ['import time', ...others.map(other => `import desk${other}`)];
  for (let number = file * PER_FILE; number < (file + 1) * PER_FILE; number++) {
    const { isAsync, blocks, calls, comments } = steps[number] ?? expect.fail();
    for (let count = 0; count < comments; count++) lines.push('# A comment.');
    lines.push(`${isAsync ? 'async ' : ''}def step${number}():`);
    for (const callee of calls) lines.push(`    ${nameIn(file, callee)}()`);
    lines.push(blocks ? '    time.sleep(1)' : '    pass');
  }
  return lines.join('\n') + '\n';
}

function nameIn(file: number, callee: number): string {
  const home = Math.floor(callee / PER_FILE);
  return home === file ? `step${callee}` : `desk${home}.step${callee}`;
}

function textsOf(steps: readonly Step[]): Record<string, string> {
  return Object.fromEntries(Array.from({ length: FILES }, (_, file) => [pathOf(file), textOf(steps, file)]));
}

/** Steps from a synchronous function to a sleep, both included; undefined where there is no way. */
function distance(steps: readonly Step[], start: number): number | undefined {
  let reached = new Set([start]);
  for (let length = 1; length <= FUNCTIONS; length++) {
    const plain = [...reached].flatMap(number => steps[number] ?? []).filter(({ isAsync }) => !isAsync);
    if (plain.some(({ blocks }) => blocks)) return length;
    reached = new Set(plain.flatMap(({ calls }) => calls));
  }
  return undefined;
}

/** `desk0.step3 4` for each call of a coroutine from which a sleep is reached in four steps. */
function expected(steps: readonly Step[]): readonly string[] {
  return steps.flatMap(({ isAsync, calls }, caller) =>
    calls.flatMap(callee => {
      const length = isAsync ? distance(steps, callee) : undefined;
      return length === undefined ? [] : [`${nameIn(Math.floor(caller / PER_FILE), callee)} ${length}`];
    }),
  );
}

const anyWorkspace = fc.array(anyStep, { minLength: FUNCTIONS, maxLength: FUNCTIONS });

test('a call is blocked exactly where plain functions lead to a sleep, and the chain is the shortest one', () => {
  fc.assert(
    fc.property(anyWorkspace, steps => {
      const found = blockedCallsOf(parser, textsOf(steps));
      expect(found.map(({ hops }) => `${hops[0]?.callee ?? ''} ${hops.length - 1}`)).toEqual(expected(steps));
      for (const { hops } of found) expect(hops.at(-1)?.callee).toBe('time.sleep');
    }),
    { numRuns: 60 },
  );
});

test('after any edits the calls are those of a workspace that was opened just now', () => {
  const anyEdit = fc.record({ number: fc.nat(FUNCTIONS - 1), step: anyStep, isLastSeen: fc.boolean() });
  fc.assert(
    fc.property(anyWorkspace, fc.array(anyEdit, { minLength: 1, maxLength: 8 }), (before, edits) => {
      const steps = [...before];
      const workspace = createPythonWorkspace();
      const put = (files: readonly number[]): void => {
        workspace.update({
          put: files.map(file => outlineOf(parser, pathOf(file), textOf(steps, file))),
          removed: [],
        });
      };
      put(Array.from({ length: FILES }, (_, file) => file));
      for (const { number, step, isLastSeen } of edits) {
        steps[number] = step;
        put([Math.floor(number / PER_FILE)]);
        // Whoever asks rarely gets the same answer as who asks after every edit.
        if (isLastSeen) expect(workspace.blockedCalls()).toBeDefined();
      }
      expect(workspace.blockedCalls().calls).toEqual(blockedCallsOf(parser, textsOf(steps)));
    }),
    { numRuns: 40 },
  );
});
