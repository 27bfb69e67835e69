import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, relative, sep } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { DIST, ROOT } from '../support/paths.ts';
import { describeBuild } from './describe-build.ts';
import { jsonByKey } from './json-by-key.ts';
import { putInPlace, type NewFile } from './put-in-place.ts';

/** One file that esbuild writes to `dist/`. */
interface Bundle {
  readonly name: string;
  /** A file of ours, or the name of a package. */
  readonly entry: string;
  readonly outfile: string;
  readonly options?: BuildOptions;
  /**
   * Others share it, or load it when they need it: where their code imports the entry, it points to the bundle beside.
   * `always`: it is made along with any other one.
   */
  readonly apart?: 'always' | 'wanted';
}

const require = createRequire(import.meta.url);

/** Everything that the package runs, one process or thread each. */
export const BUNDLES: readonly Bundle[] = [
  {
    name: 'extension',
    entry: 'client/src/extension.ts',
    outfile: 'extension.cjs',
    options: { external: ['vscode'] },
  },
  { name: 'server', entry: 'server/src/main.ts', outfile: 'server.js', apart: 'wanted' },
  { name: 'worker', entry: 'server/src/worker.ts', outfile: 'worker.js' },
  // The same for all who analyse.
  { name: 'knowledge', entry: 'server/src/knowledge/shipped.ts', outfile: 'knowledge.js', apart: 'always' },
  // Each waits for the first file that it reads.
  { name: 'manifest', entry: 'server/src/syntax/manifest/index.ts', outfile: 'manifest.js', apart: 'always' },
  { name: 'workflow', entry: 'server/src/syntax/workflow/index.ts', outfile: 'workflow.js', apart: 'always' },
  {
    name: 'configuration',
    entry: 'server/src/engine/settings/read-configuration.ts',
    outfile: 'configuration.js',
    apart: 'always',
  },
  { name: 'yaml', entry: 'yaml', outfile: 'yaml.js', apart: 'always' },
  { name: 'protocol', entry: 'server/src/lsp/protocol-library.ts', outfile: 'protocol.js', apart: 'always' },
  { name: 'toml-eslint-parser', entry: 'toml-eslint-parser', outfile: 'toml.js', apart: 'always' },
  // Ten times the size of the others: the server and the worker load it when they meet the first TypeScript file.
  { name: 'typescript', entry: 'server/src/syntax/typescript/index.ts', outfile: 'typescript.js', apart: 'wanted' },
  // The protocol's library and the tools, without an engine: the command line, which loads it, has that.
  { name: 'mcp', entry: 'server/src/mcp/serve-mcp.ts', outfile: 'mcp.js', apart: 'wanted' },
  {
    name: 'cli',
    entry: 'server/src/cli/main.ts',
    outfile: 'cli.js',
    options: { banner: { js: '#!/usr/bin/env node' } },
  },
];

/** Bundles in which names would cost most of the room. */
const MOSTLY_LIBRARY = ['typescript', 'mcp', 'yaml', 'toml-eslint-parser', 'protocol'];

const WASM_FILES = ['web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-python/tree-sitter-python.wasm'];

export interface BuildRequest {
  /** Small files without source maps, as the package ships them. */
  readonly minify: boolean;
  /** Names of the bundles to make; none means all. */
  readonly names?: readonly string[];
  /** Absolute path of the folder to write to; `dist/` when absent. */
  readonly folder?: string;
}

/** A file that was written, with its size. */
export interface BuiltFile {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Builds the bundles, with the parsers beside them; returns what was written. Whoever runs the bundles meanwhile finds
 * the old files or the new ones, and after a build of all of them no others.
 * @throws Error when a source file is missing or does not compile; then the folder is as it was.
 */
export async function buildBundles({ minify, names = [], folder = DIST }: BuildRequest): Promise<readonly BuiltFile[]> {
  const wanted = BUNDLES.filter(({ apart, name }) => names.length === 0 || apart === 'always' || names.includes(name));
  const missing = wanted.filter(({ entry }) => entry.endsWith('.ts') && !existsSync(join(ROOT, entry)));
  if (missing.length > 0) {
    throw new Error(`Cannot build: ${missing.map(bundle => bundle.entry).join(', ')} not found.`);
  }

  const parsers = WASM_FILES.map(async file => ({
    name: basename(file),
    content: await readFile(require.resolve(file)),
  }));
  const bundles = wanted.map(bundle => outputOf(optionsOf(bundle, minify, folder)));
  const files = [...(await Promise.all(parsers)), ...(await Promise.all(bundles)).flat()];
  const description = { name: 'package.json', content: await describeBuild(folder, files) };
  await putInPlace(folder, [...files, description], { alone: names.length === 0 });
  return files
    .filter(({ name }) => wanted.some(bundle => bundle.outfile === name))
    .map(({ name, content }) => ({ path: relative(ROOT, join(folder, name)), bytes: content.length }));
}

/**
 * Bundles a script of our own with the options of the product, so that both run the same code.
 * @param entry absolute path
 * @param outfile absolute path of what is written
 * @param assetFolder absolute path that the product's code takes for the folder of its bundles
 */
export async function bundleScript(entry: string, outfile: string, assetFolder: string): Promise<void> {
  const options = optionsOf({ name: 'script', entry, outfile: basename(outfile) }, false, join(outfile, '..'));
  const define = { ...options.define, 'import.meta.dirname': JSON.stringify(assetFolder) };
  await build({ ...options, define, sourcemap: false });
}

async function outputOf(options: BuildOptions): Promise<readonly NewFile[]> {
  const { outputFiles } = await build({ ...options, write: false });
  const isExecutable = options.outfile !== undefined && basename(options.outfile) === 'cli.js';
  return outputFiles.map(({ path, contents }) => ({
    name: basename(path),
    content: contents,
    ...(isExecutable && path === options.outfile && { mode: 0o755 }),
  }));
}

function optionsOf(bundle: Bundle, minify: boolean, folder: string): BuildOptions {
  const { banner, ...options } = bundle.options ?? {};
  return {
    absWorkingDir: ROOT,
    entryPoints: [bundle.entry],
    outfile: join(folder, bundle.outfile),
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
    plugins: [bundlesApart, jsonByKey],
    minifySyntax: minify,
    minifyWhitespace: minify,
    // Names stay readable in the stacks that users send us, except in libraries, where they would cost megabytes.
    minifyIdentifiers: minify && MOSTLY_LIBRARY.includes(bundle.name),
    sourcemap: minify ? false : 'linked',
    legalComments: 'none',
    logLevel: 'warning',
    ...options,
  };
}

/** Leaves imports of other bundles' entries in the code, pointing to the bundle beside. */
const bundlesApart: Plugin = {
  name: 'bundles-apart',
  setup(context) {
    const outfiles = new Map(
      BUNDLES.filter(({ apart }) => apart !== undefined).map(({ entry, outfile }) => [entry, outfile] as const),
    );
    context.onResolve({ filter: /\.ts$|^[a-z-]+$/ }, ({ path, resolveDir, kind }) => {
      const entry = path.startsWith('.') ? relative(ROOT, join(resolveDir, path)).split(sep).join('/') : path;
      const outfile = kind === 'entry-point' ? undefined : outfiles.get(entry);
      return outfile === undefined ? undefined : { path: `./${outfile}`, external: true };
    });
  },
};
