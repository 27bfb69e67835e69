/**
 * Runs `test/editor` inside a real VS Code, with the packaged extension installed: `npm run test:editor`.
 * `--built` takes `dist/` as it is instead of building first; `--grep <text>` runs the matching tests only,
 * `--file <text>` the files whose names contain it.
 */
import { parseArgs } from 'node:util';
import { buildBundles } from './build/bundles.ts';
import { runEditorTests } from './editor/editor-tests.ts';
import { packageExtension } from './package/package-extension.ts';
import { fail, messageOf } from './support/console.ts';

const { values } = parseArgs({
  options: { built: { type: 'boolean', default: false }, grep: { type: 'string' }, file: { type: 'string' } },
});

try {
  if (!values.built) await buildBundles({ minify: true });
  const { passed, failed } = await runEditorTests({
    vsix: await packageExtension(),
    grep: values.grep,
    file: values.file,
  });
  console.log(`Editor tests: ${passed} passed, ${failed} failed`);
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
} catch (error) {
  fail(messageOf(error));
}
