import { runWithDependencies } from './bootstrap.mjs';

await runWithDependencies(new URL('test/test.ts', import.meta.url));
