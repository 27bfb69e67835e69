import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NEVER_CANCELLED, type CancellationToken } from '../../../server/src/core/cancellation.ts';
import type { NotMeasured } from '../../../server/src/core/file-facts.ts';
import { createBatchQueue } from '../../../server/src/engine/scan/batch-queue.ts';
import {
  defaultThreadCount,
  openPool,
  type PoolOptions,
  type WorkerPool,
} from '../../../server/src/engine/scan/worker-pool.ts';
import type { ClumsyResult } from './clumsy-worker.ts';

let scratch: string;
let script: string;
let marks: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'readiness-pool-'));
  script = join(scratch, 'worker.mjs');
  // Threads don't run TypeScript; the real worker is a bundle too.
  const entry = fileURLToPath(new URL('clumsy-worker.ts', import.meta.url));
  await build({ entryPoints: [entry], outfile: script, bundle: true, platform: 'node', format: 'esm' });
});
beforeEach(async () => {
  marks = await mkdtemp(join(scratch, 'marks-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

function openClumsyPool(options: Partial<PoolOptions> = {}): WorkerPool<ClumsyResult> {
  return openPool({ script, worker: { workerData: marks }, threads: 2, fileTimeout: 10_000, ...options });
}

async function measure(
  paths: readonly string[],
  options: Partial<PoolOptions> = {},
  token: CancellationToken = NEVER_CANCELLED,
  onResult: (result: ClumsyResult) => void = () => undefined,
): Promise<{ results: readonly ClumsyResult[]; notMeasured: readonly NotMeasured[] }> {
  const results: ClumsyResult[] = [];
  const notMeasured: NotMeasured[] = [];
  const pool = openClumsyPool(options);
  try {
    await pool.run(
      paths,
      {
        result(result) {
          results.push(result);
          onResult(result);
        },
        notMeasured(file) {
          notMeasured.push(file);
        },
      },
      token,
    );
  } finally {
    await pool.end();
  }
  return { results, notMeasured };
}

function books(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `book-${index}.py`);
}

function pathsOf(results: readonly { readonly path: string }[]): readonly string[] {
  return results.map(({ path }) => path).sort();
}

describe('a pool', () => {
  test('measures every file once, and gets the memory of the threads', async () => {
    const { results, notMeasured } = await measure(books(100), { batchSize: 7 });

    expect(pathsOf(results)).toEqual([...books(100)].sort());
    expect(results[0]?.bytes).toEqual(new Uint8Array([results[0]!.path.length]));
    expect(notMeasured).toEqual([]);
  });

  test('works in several threads at the same time', async () => {
    // Each of these waits for the other one.
    const { results } = await measure(['meet-ada.py', 'meet-bob.py']);

    expect(new Set(results.map(({ thread }) => thread)).size).toBe(2);
  });

  test('does nothing without files', async () => {
    expect(await measure([], { script: 'there is no such script' })).toEqual({ results: [], notMeasured: [] });
  });

  test('replaces threads that crash or exit, and loses only the files that did it', async () => {
    const paths = ['crash.py', ...books(20), 'exit.py', 'also-crash.py'];

    const { results, notMeasured } = await measure(paths, { batchSize: 6 });

    expect(pathsOf(results)).toEqual([...books(20)].sort());
    expect([...notMeasured].sort((left, right) => (left.path < right.path ? -1 : 1))).toEqual([
      { path: 'also-crash.py', reason: 'The analysis of this file failed twice: no idea what also-crash.py is.' },
      { path: 'crash.py', reason: 'The analysis of this file failed twice: no idea what crash.py is.' },
      { path: 'exit.py', reason: 'The analysis of this file failed twice: the worker ended with the code 3.' },
    ]);
  });

  test('tries a file again, for it may have been bad luck', async () => {
    const { results, notMeasured } = await measure(['once.py', ...books(3)]);

    expect(pathsOf(results)).toEqual([...books(3), 'once.py'].sort());
    expect(notMeasured).toEqual([]);
  });

  test('gives up a file that takes too long', async () => {
    const { results, notMeasured } = await measure([...books(4), 'hang.py'], { fileTimeout: 300 });

    expect(pathsOf(results)).toEqual([...books(4)].sort());
    expect(notMeasured).toEqual([
      { path: 'hang.py', reason: 'The analysis of this file failed twice: it took longer than 0.3 seconds.' },
    ]);
  });

  test('survives a file that needs too much memory', async () => {
    const worker = { workerData: marks, resourceLimits: { maxOldGenerationSizeMb: 60 } };
    const { results, notMeasured } = await measure(['hog.py', ...books(4)], { worker });

    expect(pathsOf(results)).toEqual([...books(4)].sort());
    expect(notMeasured).toMatchObject([{ path: 'hog.py', reason: expect.stringContaining('memory') as string }]);
  });

  test('fails when its worker cannot be started', async () => {
    await expect(measure(books(3), { worker: { workerData: null } })).rejects.toThrow(
      'The worker could not be started: no knowledge of the shop.',
    );
    await expect(measure(books(3), { script: join(scratch, 'no-such-worker.mjs') })).rejects.toThrow(
      'The worker could not be started',
    );
  });

  test('ends early when it is cancelled, and is silent from then on', async () => {
    const token = { isCancellationRequested: false };
    let count = 0;

    await measure(books(500), { batchSize: 4 }, token, () => {
      count++;
      if (count === 10) token.isCancellationRequested = true;
    });

    expect(count).toBe(10);
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(count).toBe(10);
  });

  test('ends early although another thread hangs', async () => {
    const token = { isCancellationRequested: false };

    const { notMeasured } = await measure(['hang.py', ...books(8)], { batchSize: 1 }, token, () => {
      token.isCancellationRequested = true;
    });

    expect(notMeasured).toEqual([]);
  });

  test('hands on what the receiver of the results throws', async () => {
    const measured = measure(books(50), { batchSize: 2 }, NEVER_CANCELLED, () => {
      throw new Error('no place on the shelf');
    });

    await expect(measured).rejects.toThrow('no place on the shelf');
  });
});

describe('a pool that is kept', () => {
  const idle = { result: (): void => undefined, notMeasured: (): void => undefined };

  async function threadsOf(pool: WorkerPool<ClumsyResult>, paths: readonly string[]): Promise<ReadonlySet<number>> {
    const threads = new Set<number>();
    await pool.run(paths, { ...idle, result: ({ thread }) => threads.add(thread) }, NEVER_CANCELLED);
    return threads;
  }

  test('has its threads work again', async () => {
    const pool = openClumsyPool();
    expect(pool.isOpen).toBe(false);
    const first = await threadsOf(pool, ['meet-ada.py', 'meet-bob.py']);
    expect(pool.isOpen).toBe(true);
    for (const thread of await threadsOf(pool, books(9))) expect(first).toContain(thread);

    await pool.end();
    expect(pool.isOpen).toBe(false);
    for (const thread of await threadsOf(pool, books(9))) expect(first).not.toContain(thread);
    await pool.end();
  });

  test('tells its threads what belongs to each file', async () => {
    const pool = openClumsyPool();
    const told: (readonly [string, unknown])[] = [];
    const sink = { ...idle, result: ({ path, detail }: ClumsyResult): number => told.push([path, detail]) };
    await pool.run(books(40), sink, NEVER_CANCELLED, path => ({ title: path.toUpperCase() }));
    await pool.end();

    expect(new Map(told)).toEqual(new Map(books(40).map(path => [path, { title: path.toUpperCase() }])));
  });

  test('starts anew after it was cancelled, and hears nothing of what was left', async () => {
    const pool = openClumsyPool({ batchSize: 4 });
    const token = { isCancellationRequested: false };
    const cancel = (): void => {
      token.isCancellationRequested = true;
    };
    await pool.run(books(100), { ...idle, result: cancel }, token);
    expect(pool.isOpen).toBe(false);

    const seen: string[] = [];
    await pool.run(['atlas.py', 'novel.py'], { ...idle, result: ({ path }) => seen.push(path) }, NEVER_CANCELLED);
    await pool.end();
    expect(seen.sort()).toEqual(['atlas.py', 'novel.py']);
  });
});

test('leaves a core free, and takes no more than four threads', () => {
  expect([1, 2, 3, 5, 64].map(cores => defaultThreadCount(cores))).toEqual([1, 1, 2, 4, 4]);
});

test('a queue deals every path exactly once, in order, and suspects alone', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(99).map(String)),
      fc.integer({ min: 1, max: 9 }),
      fc.nat(5),
      (paths, size, lost) => {
        const queue = createBatchQueue(paths, size);
        const dealt: string[] = [];
        for (let batch = queue.take(), turn = 0; batch.length > 0; batch = queue.take(), turn++) {
          const [first, ...others] = batch;
          expect(batch.length).toBeLessThanOrEqual(size);
          if (turn === lost && !queue.isSuspect(first!)) queue.putBack(first, others);
          else dealt.push(...batch);
          if (queue.isSuspect(first!) && turn !== lost) expect(batch).toHaveLength(1);
        }
        expect([...dealt].sort()).toEqual([...paths].sort());
      },
    ),
  );
});
