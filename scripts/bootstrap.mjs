// The first thing that `npm start` and `npm test` do, when nothing may be installed yet: plain Node only.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Installs what the lock file names unless it is there, then runs a TypeScript module in this process.
 *
 * @param {URL} script
 */
export async function runWithDependencies(script) {
  requireNode();
  process.chdir(ROOT);
  if (!isInstalled()) install();

  const { register } = await import('tsx/esm/api');
  register();
  await import(script.href);
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 18)) return;
  console.error(`Readiness needs Node 20.18 or newer; this is ${process.version}.`);
  process.exit(1);
}

/** npm notes what it installed, at the end of an installation. Is that what the lock file asks for? */
function isInstalled() {
  const note = join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(note)) return false;

  const present = packagesOf(note);
  return Object.entries(packagesOf(join(ROOT, 'package-lock.json'))).every(
    ([path, wanted]) => path === '' || present[path]?.version === wanted.version || (wanted.optional && !present[path]),
  );
}

/** @param {string} file */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

function install() {
  console.log('Installing the dependencies (npm ci) …');
  const npm = process.env.npm_execpath;
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']];
  const { status, error } = spawnSync(command, [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    stdio: 'inherit',
    shell: command === 'npm' && process.platform === 'win32',
  });
  if (status === 0) return;
  console.error(`The dependencies could not be installed${error ? `: ${error.message}` : ' (see above)'}.`);
  process.exit(1);
}
