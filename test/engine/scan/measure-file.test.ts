import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeBody } from '../../../server/src/engine/scan/encode-body.ts';
import { hashContent, readStamp } from '../../../server/src/engine/scan/file-stamp.ts';
import { measureFile, type MeasureContent } from '../../../server/src/engine/scan/measure-file.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'readiness-measure-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Finds one comment: the whole file. */
const measureComment: MeasureContent = (path, bytes) => {
  const comments = [{ range: { start: 0, end: bytes.length }, text: Buffer.from(bytes).toString(), ownLine: true }];
  const facts = {
    path,
    language: 'python',
    kind: 'source',
    comments,
    syntaxErrors: [],
    facts: {},
    symbols: [],
  } as const;
  return Promise.resolve({ body: { facts, outline: Uint8Array.of(7) }, summary: 'one comment' });
};

test('gives the facts with stamp and hash, in memory of their own', async () => {
  await writeFile(join(root, 'orders.py'), '# Bücher 📚');

  const { result, transfer } = await measureFile(root, 'orders.py', measureComment);

  if (result.kind !== 'measured') throw new Error(result.reason);
  const { facts, outline } = decodeBody(result.body);
  expect(facts?.comments[0]?.text).toBe('# Bücher 📚');
  expect(outline).toEqual(Uint8Array.of(7));
  expect(result.summary).toBe('one comment');
  expect(result.stamp).toEqual(readStamp(join(root, 'orders.py')));
  expect(result.contentHash).toBe(hashContent(Buffer.from('# Bücher 📚')));
  expect(transfer).toEqual([result.body.buffer]);
  expect(result.body.byteLength).toBe(result.body.buffer.byteLength);
});

test('says why a file was not measured', async () => {
  await writeFile(join(root, 'orders.py'), 'pay()');
  await mkdir(join(root, 'shop.py'));
  await writeFile(join(root, 'stock.py'), '');
  await truncate(join(root, 'stock.py'), 33 * 1024 * 1024);
  const refusing: MeasureContent = path => Promise.resolve({ path, reason: 'It is in Klingon.' });
  const reasonOf = async (path: string, by = measureComment): Promise<unknown> =>
    (await measureFile(root, path, by)).result;

  expect(await reasonOf('orders.py', refusing)).toEqual({
    kind: 'notMeasured',
    path: 'orders.py',
    reason: 'It is in Klingon.',
  });
  expect(await reasonOf('gone.py')).toMatchObject({ reason: 'The file is gone.' });
  expect(await reasonOf('shop.py')).toMatchObject({ reason: 'The file is gone.' });
  expect(await reasonOf('stock.py')).toMatchObject({ reason: 'The file is larger than 32 MB.' });
});

test('leaves a bug of the extractor to the pool', async () => {
  await writeFile(join(root, 'orders.py'), 'pay()');
  const broken: MeasureContent = () => Promise.reject(new Error('bug'));

  await expect(measureFile(root, 'orders.py', broken)).rejects.toThrow('bug');
});
