/**
 * Opens an editor with the extension: `npm start [folder] [-- --port 8765] [--browser]`.
 * Without a folder it shows a copy of the sample service.
 */
import { existsSync, statSync } from 'node:fs';
import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildBundles } from '../build/bundles.ts';
import { fail, messageOf } from '../support/console.ts';
import { SAMPLE_WORKSPACE } from '../support/paths.ts';
import { findDesktopEditor, openDesktop } from './desktop.ts';
import { openInBrowser } from './browser.ts';

const USAGE = `Usage: npm start [-- [folder] [--port <number>] [--browser]]

  folder     what to open (default: a copy of the sample service)
  --port     where the editor in the browser listens (default: 8765, or a free port)
  --browser  use the editor in the browser even where desktop VS Code is installed`;

const { port, browser, folder } = readArguments();
const scratch = await realpath(await mkdtemp(join(tmpdir(), 'readiness-start-')));
try {
  console.log('Building the extension …');
  await buildBundles({ minify: false });
  const open = folder ?? (await copySample(scratch));
  const code = browser || port !== undefined ? undefined : findDesktopEditor();
  await (code === undefined ? openInBrowser({ open, port, scratch }) : openDesktop({ code, open, scratch }));
} catch (error) {
  await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  fail(messageOf(error));
}

function readArguments(): {
  readonly port: number | undefined;
  readonly browser: boolean;
  readonly folder: string | undefined;
} {
  const { values, positionals } = parse();
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  if (positionals.length > 1) fail(`One folder at a time, please.\n\n${USAGE}`);

  const chosenPort = values.port === undefined ? undefined : Number(values.port);
  const isPort = chosenPort === undefined || (Number.isInteger(chosenPort) && chosenPort > 0 && chosenPort < 65_536);
  if (!isPort) fail(`\`${values.port ?? ''}\` is no port number.`);
  return { port: chosenPort, browser: values.browser, folder: existingFolder(positionals[0]) };
}

function parse() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string' },
        browser: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
    });
  } catch (error) {
    return fail(`${messageOf(error)}\n\n${USAGE}`);
  }
}

function existingFolder(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  // npm changes to the folder of package.json; the user meant the one they are in.
  const path = resolve(process.env['INIT_CWD'] ?? process.cwd(), name);
  if (!existsSync(path)) fail(`There is no folder ${path}.`);
  if (!statSync(path).isDirectory() && !path.endsWith('.code-workspace')) fail(`${path} is not a folder.`);
  return path;
}

/** Edits belong to the user's copy, not to the repository. */
async function copySample(parent: string): Promise<string> {
  const copy = join(parent, basename(SAMPLE_WORKSPACE));
  await cp(SAMPLE_WORKSPACE, copy, { recursive: true });
  return copy;
}
