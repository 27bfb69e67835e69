import { runWithDependencies } from './bootstrap.mjs';

await runWithDependencies(new URL('start/start.ts', import.meta.url));
