import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { describeBuild } from '../../scripts/build/describe-build.ts';
import { putInPlace } from '../../scripts/build/put-in-place.ts';
import { analysisVersion } from '../../server/src/engine/scan/analysis-version.ts';
import { folderWith } from '../workspace/temp-folder.ts';

let shelf: string;
beforeEach(() => {
  shelf = folderWith({ 'server.js': 'old server', 'retired.js': 'nobody builds it any more' });
});

test('a build of everything replaces the files and removes those that it did not make', async () => {
  await putInPlace(shelf, [{ name: 'server.js', content: 'new server' }], { alone: true });

  expect(await readdir(shelf)).toEqual(['server.js']);
  expect(await readFile(join(shelf, 'server.js'), 'utf8')).toBe('new server');
});

test('a build of one bundle leaves the others as they are', async () => {
  await putInPlace(shelf, [{ name: 'worker.js', content: 'worker' }], { alone: false });

  expect((await readdir(shelf)).sort()).toEqual(['retired.js', 'server.js', 'worker.js']);
});

test('a reader never meets a moment without a file, nor half of one', async () => {
  const content = 'page '.repeat(50_000);
  const build = { isOver: false };
  const seen = new Set<string>();
  const building = (async () => {
    for (let edition = 0; edition < 20; edition++)
      await putInPlace(shelf, [{ name: 'server.js', content }], { alone: true });
    build.isOver = true;
  })();
  while (!build.isOver) seen.add(await readFile(join(shelf, 'server.js'), 'utf8'));
  await building;

  expect([...seen].filter(text => text !== 'old server' && text !== content)).toEqual([]);
});

test('a build that is at work beside another one keeps its files', async () => {
  await mkdir(join(shelf, '.new-fresh'));
  await mkdir(join(shelf, '.new-abandoned'));
  const longAgo = new Date(Date.now() - 24 * 60 * 60 * 1000);
  await utimes(join(shelf, '.new-abandoned'), longAgo, longAgo);

  await putInPlace(shelf, [{ name: 'server.js', content: 'new server' }], { alone: true });

  expect((await readdir(shelf)).sort()).toEqual(['.new-fresh', 'server.js']);
});

test('a file that can not be written leaves the folder as it was', async () => {
  const files = [
    { name: 'server.js', content: 'new server' },
    { name: 'no-such-folder/worker.js', content: 'worker' },
  ];

  await expect(putInPlace(shelf, files, { alone: true })).rejects.toThrow('ENOENT');

  expect((await readdir(shelf)).sort()).toEqual(['retired.js', 'server.js']);
  expect(await readFile(join(shelf, 'server.js'), 'utf8')).toBe('old server');
});

test('the cache gets another name when the worker changes, and only then', async () => {
  const build = async (files: Readonly<Record<string, string>>): Promise<string> => {
    const made = Object.entries(files).map(([name, content]) => ({ name, content }));
    const description = { name: 'package.json', content: await describeBuild(shelf, made) };
    await putInPlace(shelf, [...made, description], { alone: false });
    return analysisVersion(shelf, '1.2.3');
  };

  const first = await build({ 'worker.js': 'strict rule', 'server.js': 'one' });
  expect(first).toMatch(/^1\.2\.3-[0-9a-f]{16}$/);
  expect(await build({ 'server.js': 'two' })).toBe(first);
  expect(await build({ 'worker.js': 'lenient rule' })).not.toBe(first);
  expect(await build({ 'worker.js': 'strict rule' })).toBe(first);
});

test('sources that were never built are known by the version alone', async () => {
  expect(analysisVersion(shelf, '1.2.3')).toBe('1.2.3');

  await writeFile(join(shelf, 'package.json'), '{ "type":');
  expect(analysisVersion(shelf, '1.2.3')).toBe('1.2.3');

  await rm(join(shelf, 'package.json'));
  await writeFile(join(shelf, 'package.json'), '{ "type": "commonjs" }');
  expect(analysisVersion(shelf, '1.2.3')).toBe('1.2.3');
});
