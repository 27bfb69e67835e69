/** Makes `readiness-<version>.vsix`: `npm run package`. */
import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { buildBundles } from './build/bundles.ts';
import { packageExtension } from './package/package-extension.ts';
import { fail, messageOf } from './support/console.ts';
import { ROOT } from './support/paths.ts';

try {
  await buildBundles({ minify: true });
  const vsix = await packageExtension();
  const { size } = await stat(vsix);
  console.log(`${relative(ROOT, vsix)}: ${(size / 1e6).toFixed(2)} MB`);
} catch (error) {
  fail(messageOf(error));
}
