import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, SAMPLE_WORKSPACE } from '../support/paths.ts';

/** Test files that share one window. */
export interface Suite {
  readonly name: string;
  readonly title: string;
  /** Does this file of `test/editor` belong to the suite? */
  readonly includes: (file: string) => boolean;
  /** Makes the workspace inside a new folder; returns what to open. */
  readonly prepare: (folder: string) => Promise<string>;
}

const SECOND_WORKSPACE = join(ROOT, 'test/fixtures/workspaces/warehouse-worker');
const MULTI_ROOT = '.multi-root.test.ts';

/** `*.multi-root.test.ts` runs in a window with two folders, all other tests in a window with one. */
export const SUITES: readonly Suite[] = [
  {
    name: 'one-folder',
    title: 'A window with one folder',
    includes: file => file.endsWith('.test.ts') && !file.endsWith(MULTI_ROOT),
    prepare: async folder => {
      const shop = join(folder, 'shop-service');
      await cp(SAMPLE_WORKSPACE, shop, { recursive: true });
      return shop;
    },
  },
  {
    name: 'multi-root',
    title: 'A window with two folders',
    includes: file => file.endsWith(MULTI_ROOT),
    prepare: async folder => {
      await mkdir(folder, { recursive: true });
      await cp(SAMPLE_WORKSPACE, join(folder, 'shop-service'), { recursive: true });
      await cp(SECOND_WORKSPACE, join(folder, 'warehouse-worker'), { recursive: true });
      const file = join(folder, 'bookshop.code-workspace');
      await writeFile(file, JSON.stringify({ folders: [{ path: 'shop-service' }, { path: 'warehouse-worker' }] }));
      return file;
    },
  },
];
