import fc from 'fast-check';
import { expect, test } from 'vitest';
import { updatePaths } from '../../../server/src/engine/session/known-paths.ts';
import type { FileStat } from '../../../server/src/workspace/workspace-host.ts';

const EVERYTHING = { includes: () => true };

function hostWith(files: readonly string[], folders: readonly string[] = []) {
  const kindOf = (path: string): FileStat['kind'] | undefined =>
    files.includes(path) ? 'file' : folders.includes(path) ? 'folder' : undefined;
  return {
    stat: (path: string): Promise<FileStat | undefined> => {
      const kind = kindOf(path);
      return Promise.resolve(kind && { kind, size: 1, modified: 0 });
    },
  };
}

test('a file that appeared takes its place in the order', async () => {
  const paths = await updatePaths(['cart.py', 'till.py'], ['shelf.py'], hostWith(['shelf.py']), EVERYTHING);
  expect(paths).toEqual(['cart.py', 'shelf.py', 'till.py']);
});

test('a file that vanished is gone from the listing', async () => {
  expect(await updatePaths(['cart.py', 'till.py'], ['cart.py'], hostWith([]), EVERYTHING)).toEqual(['till.py']);
});

test('the same listing comes back when a file only changed', async () => {
  const known = ['cart.py', 'till.py'];
  expect(await updatePaths(known, ['cart.py'], hostWith(['cart.py']), EVERYTHING)).toBe(known);
});

test('an ignored file never takes part', async () => {
  const filter = { includes: (path: string) => path !== 'secret.py' };
  expect(await updatePaths([], ['secret.py'], hostWith(['secret.py']), filter)).toEqual([]);
});

test('a folder that appeared has to be walked through', async () => {
  expect(await updatePaths([], ['orders'], hostWith([], ['orders']), EVERYTHING)).toBeUndefined();
});

test('any order of events gives the files that are there', async () => {
  const names = fc.uniqueArray(fc.constantFrom('a.py', 'b.py', 'c/d.py', 'c/e.py', 'f.py'));
  await fc.assert(
    fc.asyncProperty(names, names, async (before, after) => {
      const changed = [...new Set([...before, ...after])].filter(
        path => before.includes(path) !== after.includes(path),
      );
      const paths = await updatePaths([...before].sort(), changed, hostWith(after), EVERYTHING);
      expect(paths).toEqual([...after].sort());
    }),
  );
});
