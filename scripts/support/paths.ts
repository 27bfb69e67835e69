import { resolve } from 'node:path';

/** The folder that holds package.json. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** Git-ignored folder for what is slow to get or make again. */
export const CACHE = resolve(ROOT, '.cache');

/** What esbuild makes and the package ships. */
export const DIST = resolve(ROOT, 'dist');

/** The small service that `npm start` and the editor tests open. */
export const SAMPLE_WORKSPACE = resolve(ROOT, 'test/fixtures/workspaces/shop-service');
