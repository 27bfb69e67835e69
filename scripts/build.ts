/**
 * Makes the bundles in `dist/`: `npm run build [-- --minify] [names…]`.
 * Without names all of them are built, and files of earlier builds that are none of them are removed.
 */
import { parseArgs } from 'node:util';
import { BUNDLES, buildBundles } from './build/bundles.ts';
import { fail, messageOf } from './support/console.ts';

const { values, positionals } = parseArgs({
  options: { minify: { type: 'boolean', default: false } },
  allowPositionals: true,
});

const unknown = positionals.filter(name => !BUNDLES.some(bundle => bundle.name === name));
if (unknown.length > 0) {
  fail(`There is no bundle ${unknown.join(', ')}. The bundles are: ${BUNDLES.map(bundle => bundle.name).join(', ')}.`);
}

const started = Date.now();
try {
  const files = await buildBundles({ minify: values.minify, names: positionals });
  for (const { path, bytes } of files) console.log(`${path.padEnd(22)} ${(bytes / 1024).toFixed(0).padStart(6)} KB`);
  console.log(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
} catch (error) {
  fail(messageOf(error));
}
