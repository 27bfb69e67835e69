import { chmod, copyFile, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { DIST, ROOT } from '../support/paths.ts';

/** One file that esbuild writes to `dist/`. */
interface Bundle {
  readonly name: string;
  readonly entry: string;
  readonly outfile: string;
  readonly options?: BuildOptions;
}

const require = createRequire(import.meta.url);
const TYPESCRIPT_ENTRY = join(ROOT, 'server/src/syntax/typescript/index.ts');

/** Everything that the package runs, one process or thread each. */
export const BUNDLES: readonly Bundle[] = [
  {
    name: 'extension',
    entry: 'client/src/extension.ts',
    outfile: 'extension.cjs',
    options: { external: ['vscode'] },
  },
  { name: 'server', entry: 'server/src/main.ts', outfile: 'server.js' },
  { name: 'worker', entry: 'server/src/worker.ts', outfile: 'worker.js' },
  // Ten times the size of the others: the server and the worker load it when they meet the first TypeScript file.
  { name: 'typescript', entry: relative(ROOT, TYPESCRIPT_ENTRY), outfile: 'typescript.js' },
  {
    name: 'cli',
    entry: 'server/src/cli/main.ts',
    outfile: 'cli.js',
    options: { banner: { js: '#!/usr/bin/env node' } },
  },
];

const WASM_FILES = ['web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-python/tree-sitter-python.wasm'];

export interface BuildRequest {
  /** Small files without source maps, as the package ships them. */
  readonly minify: boolean;
  /** Names of the bundles to make; none means all. */
  readonly names?: readonly string[];
}

/** A file that was written, with its size. */
export interface BuiltFile {
  readonly path: string;
  readonly bytes: number;
}

/** Builds the bundles and copies the parsers beside them; returns what was written. */
export async function buildBundles({ minify, names = [] }: BuildRequest): Promise<readonly BuiltFile[]> {
  const wanted = BUNDLES.filter(bundle => names.length === 0 || names.includes(bundle.name));
  const missing = wanted.filter(bundle => !existsSync(join(ROOT, bundle.entry)));
  if (missing.length > 0) {
    throw new Error(`Cannot build: ${missing.map(bundle => bundle.entry).join(', ')} not found.`);
  }

  if (names.length === 0) await rm(DIST, { recursive: true, force: true });
  await mkdir(DIST, { recursive: true });
  // The package is of type "module", the bundles are not.
  await writeFile(join(DIST, 'package.json'), '{ "type": "commonjs" }\n');
  await Promise.all(
    WASM_FILES.map(file => copyFile(require.resolve(file), join(DIST, file.split('/').at(-1) ?? file))),
  );
  await Promise.all(wanted.map(bundle => build(optionsOf(bundle, minify))));
  if (wanted.some(bundle => bundle.name === 'cli')) await chmod(join(DIST, 'cli.js'), 0o755);

  return Promise.all(wanted.map(describe));
}

async function describe(bundle: Bundle): Promise<BuiltFile> {
  const path = join(DIST, bundle.outfile);
  return { path: relative(ROOT, path), bytes: (await stat(path)).size };
}

function optionsOf(bundle: Bundle, minify: boolean): BuildOptions {
  const { banner, ...options } = bundle.options ?? {};
  return {
    absWorkingDir: ROOT,
    entryPoints: [bundle.entry],
    outfile: join(DIST, bundle.outfile),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    conditions: ['node'],
    mainFields: ['module', 'main'],
    // A CommonJS file has no `import.meta`; what our sources use of it is filled in.
    define: {
      'import.meta.url': '__importMetaUrl',
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
    },
    banner: {
      js: `${banner?.js ? `${banner.js}\n` : ''}const __importMetaUrl = require('node:url').pathToFileURL(__filename).href;`,
    },
    // The module entry asks for `import.meta.url` and crashes in `Parser.init` once it is bundled as CommonJS.
    alias: { 'web-tree-sitter': require.resolve('web-tree-sitter') },
    plugins: bundle.name === 'typescript' ? [] : [typescriptFrontEndApart],
    minifySyntax: minify,
    minifyWhitespace: minify,
    // Names stay readable in the stacks that users send us, except where they would cost megabytes.
    minifyIdentifiers: minify && bundle.name === 'typescript',
    sourcemap: minify ? false : 'linked',
    legalComments: 'none',
    logLevel: 'warning',
    ...options,
  };
}

/** Leaves `import('…/syntax/typescript/index.ts')` in the code, pointing to the bundle beside. */
const typescriptFrontEndApart: Plugin = {
  name: 'typescript-front-end-apart',
  setup(context) {
    context.onResolve({ filter: /typescript\/index\.ts$/ }, ({ path, resolveDir }) =>
      join(resolveDir, path) === TYPESCRIPT_ENTRY ? { path: './typescript.js', external: true } : undefined,
    );
  },
};
