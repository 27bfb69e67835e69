import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findConfiguration, type ConfigurationPort } from '../../../server/src/engine/settings/find-configuration.ts';

const disk: ConfigurationPort = {
  readText: path => readFile(path, 'utf8').catch(() => undefined),
  exists: path =>
    stat(path).then(
      () => true,
      () => false,
    ),
  join,
  parent: folder => (dirname(folder) === folder ? undefined : dirname(folder)),
};

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'readiness-configuration-'));
  await mkdir(join(root, 'monorepo/.git'), { recursive: true });
  await mkdir(join(root, 'monorepo/services/shop/src'), { recursive: true });
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('finds the nearest configuration above a folder', async () => {
  await writeFile(join(root, 'monorepo/readiness.yaml'), 'tier: standard\n');
  await writeFile(join(root, 'monorepo/services/shop/pyproject.toml'), '[tool.readiness]\ntier = "critical"\n');

  const found = await findConfiguration(disk, join(root, 'monorepo/services/shop/src'));

  expect(found?.folder).toBe(join(root, 'monorepo/services/shop'));
  expect(found?.files.map(file => file.path)).toEqual(['pyproject.toml']);
});

test('goes past a pyproject.toml that says nothing of us', async () => {
  await writeFile(join(root, 'monorepo/readiness.yaml'), 'tier: standard\n');
  await writeFile(join(root, 'monorepo/services/shop/pyproject.toml'), '[project]\nname = "shop"\n');

  const found = await findConfiguration(disk, join(root, 'monorepo/services/shop/src'));

  expect(found?.folder).toBe(join(root, 'monorepo'));
});

test('stops at the repository, so that a neighbour of it never counts', async () => {
  await writeFile(join(root, 'readiness.yaml'), 'tier: critical\n');

  expect(await findConfiguration(disk, join(root, 'monorepo/services/shop'))).toBeUndefined();
});

test('returns both files of one folder', async () => {
  await writeFile(join(root, 'monorepo/readiness.yaml'), '');
  await writeFile(join(root, 'monorepo/pyproject.toml'), '[tool.readiness]\n');

  const found = await findConfiguration(disk, join(root, 'monorepo'));

  expect(found?.files.map(file => file.path)).toEqual(['readiness.yaml', 'pyproject.toml']);
});
