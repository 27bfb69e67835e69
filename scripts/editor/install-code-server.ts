import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE } from '../support/paths.ts';
import { mustRun, npmCommand } from '../support/processes.ts';

/** code-server 4.100.3 holds VS Code 1.100.3: the newest one on npm for Node 20. */
const CODE_SERVER = {
  spec: 'code-server@4.100.3',
  integrity: 'sha512-q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA==',
};
/** This version has the program in a package for each platform; the one that VS Code asks for downloads it. */
const RIPGREP = `@vscode/ripgrep-${process.platform}-${process.arch}@1.18.0`;

const HOME = join(CACHE, 'vscode', `code-server-4.100.3-${process.platform}-${process.arch}`);
const UNFINISHED = 'unfinished-';
const VSCODE_IN_PACKAGE = 'package/lib/vscode';
const SERVER_MAIN = join(HOME, VSCODE_IN_PACKAGE, 'out/server-main.js');

/** Makes sure that the embedded VS Code is in the cache; returns its server's main script. */
export async function installCodeServer(progress: (message: string) => void): Promise<string> {
  if (existsSync(SERVER_MAIN)) return SERVER_MAIN;

  progress('Getting the embedded VS Code (about 70 MB from the npm registry, once) …');
  const parent = join(CACHE, 'vscode');
  await mkdir(parent, { recursive: true });
  await removeLeftovers(parent);
  // A cancelled installation must not look like a finished one, so it gets its name at the very end.
  const scratch = await mkdtemp(join(parent, UNFINISHED));
  try {
    await unpack(CODE_SERVER.spec, scratch, CODE_SERVER.integrity);
    const vscode = join(scratch, VSCODE_IN_PACKAGE);
    progress('Installing its libraries …');
    await installLibraries(vscode);
    await replaceNativeModules(vscode);
    await addRipgrep(vscode, scratch);
    // The server looks for its libraries where the desktop keeps them.
    await symlink('node_modules', join(vscode, 'node_modules.asar'));
    await mustRun('start the embedded VS Code', process.execPath, [join(vscode, 'out/server-main.js'), '--version']);
    await moveIntoPlace(scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return SERVER_MAIN;
}

/** What a cancelled installation left; a young one may still be at work in another terminal. */
async function removeLeftovers(parent: string): Promise<void> {
  const folders = (await readdir(parent)).filter(name => name.startsWith(UNFINISHED)).map(name => join(parent, name));
  for (const folder of folders) {
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > 3_600_000) await rm(folder, { recursive: true, force: true });
  }
}

async function moveIntoPlace(scratch: string): Promise<void> {
  try {
    await rename(scratch, HOME);
  } catch (error) {
    // Another run may have finished first; its copy is as good as ours.
    if (!existsSync(SERVER_MAIN)) throw error;
  }
}

/** Downloads a package with npm and unpacks it to `<folder>/package`. */
async function unpack(spec: string, folder: string, integrity?: string): Promise<void> {
  const [npm, ...npmArgs] = npmCommand();
  const output = await mustRun(`download ${spec}`, npm, [...npmArgs, 'pack', '--json', '--silent', spec], {
    cwd: folder,
  });
  const packed = parsePackOutput(output);
  if (integrity !== undefined && packed.integrity !== integrity) {
    throw new Error(`${spec} is not the file that we know: its checksum is ${packed.integrity}.`);
  }
  await mustRun(`unpack ${packed.filename}`, 'tar', ['xzf', packed.filename], { cwd: folder });
  await rm(join(folder, packed.filename));
}

/** npm may print warnings before the JSON. */
function parsePackOutput(output: string): { readonly filename: string; readonly integrity: string } {
  const start = output.search(/^\[/m);
  const [packed] = JSON.parse(output.slice(start, output.lastIndexOf(']') + 1)) as [
    { filename: string; integrity: string },
  ];
  // npm before version 11 prints a scope's slash, but the file has a dash.
  return { ...packed, filename: packed.filename.replace('@', '').replace('/', '-') };
}

async function installLibraries(vscode: string): Promise<void> {
  const [npm, ...npmArgs] = npmCommand();
  // `npm ci` refuses the shrinkwrap, which lacks a package; `install` still takes all versions from it.
  const args = [...npmArgs, 'install', '--ignore-scripts', '--omit=dev', '--no-save', '--no-audit', '--no-fund'];
  await mustRun('install the libraries of VS Code', npm, args, { cwd: vscode });
  await mustRun('install the libraries of its extensions', npm, args, { cwd: join(vscode, 'extensions') });
}

/** Native modules would need a compiler. The server does without them: no log files and no terminal. */
async function replaceNativeModules(vscode: string): Promise<void> {
  for (const name of ['native-watchdog', '@vscode/native-watchdog']) {
    const folder = join(vscode, 'node_modules', name);
    if (existsSync(folder)) await writeFile(join(folder, 'index.js'), 'exports.start = () => {};\n');
  }
  await writeFile(join(vscode, 'node_modules/@vscode/spdlog/index.js'), SILENT_LOGGER);
}

const SILENT_LOGGER = `
const nothing = () => {};
class Logger {
  constructor() {
    for (const name of ['trace', 'debug', 'info', 'warn', 'error', 'critical', 'flush', 'drop', 'setLevel',
      'setPattern', 'clearFormatters']) this[name] = nothing;
    this.getLevel = () => 2;
  }
}
exports.Logger = Logger;
exports.version = 0;
exports.setLevel = exports.setFlushOn = exports.shutdown = nothing;
exports.createRotatingLogger = exports.createAsyncRotatingLogger = async () => new Logger();
`;

async function addRipgrep(vscode: string, scratch: string): Promise<void> {
  const folder = join(scratch, 'ripgrep');
  await mkdir(folder);
  await unpack(RIPGREP, folder);
  const target = join(vscode, 'node_modules/@vscode/ripgrep/bin');
  await mkdir(target, { recursive: true });
  await copyFile(join(folder, 'package/bin/rg'), join(target, 'rg'));
  await chmod(join(target, 'rg'), 0o755);
  await rm(folder, { recursive: true });
}
