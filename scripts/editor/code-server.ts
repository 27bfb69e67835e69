import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { killGroupAtExit, mustRun, stopGroup } from '../support/processes.ts';

/** Where an editor keeps what belongs to its user. */
export interface Profile {
  readonly dataDir: string;
  readonly extensionsDir: string;
}

/** A running server of the embedded VS Code. */
export interface CodeServer {
  /** `127.0.0.1:<port>`. The loopback address counts as a secure context, which webviews need. */
  readonly host: string;
  /** What the server has printed so far. */
  output(): string;
  /** Fails when the server ends by itself; never resolves. */
  readonly ended: Promise<never>;
  stop(): Promise<void>;
}

/** No gallery: nothing is asked for on the internet. */
const ENVIRONMENT = { EXTENSIONS_GALLERY: '{"serviceUrl":""}' };

const SETTINGS = {
  // In a browser VS Code saves by itself, which would write the edits of a test to its files.
  'files.autoSave': 'off',
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'update.mode': 'none',
};

/** Writes quiet settings into a new profile; settings that are there already win. */
export async function prepareProfile({ dataDir, extensionsDir }: Profile, extra: object = {}): Promise<void> {
  const file = join(dataDir, 'User', 'settings.json');
  await mkdir(join(dataDir, 'User'), { recursive: true });
  await mkdir(extensionsDir, { recursive: true });
  const present = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as object) : {};
  await writeFile(file, JSON.stringify({ ...SETTINGS, ...extra, ...present }, null, 2));
}

/** Installs a packaged extension into a profile. */
export async function installExtension(serverMain: string, profile: Profile, vsix: string): Promise<void> {
  const args = [serverMain, '--accept-server-license-terms', ...profileArguments(profile), '--install-extension', vsix];
  await mustRun(`install ${vsix}`, process.execPath, args, { env: { ...process.env, ...ENVIRONMENT } });
}

/** Starts the server; a port of 0 means any free one. */
export async function startCodeServer(serverMain: string, profile: Profile, port = 0): Promise<CodeServer> {
  const args = [
    ...[serverMain, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
    ...['--accept-server-license-terms', '--telemetry-level', 'off', '--disable-workspace-trust'],
    // Newer workbenches load the extension that is under test only with this driver on.
    ...['--disable-getting-started-override', '--enable-smoke-test-driver', ...profileArguments(profile)],
  ];
  // In its own process group, so that stopping it also ends the extension hosts and their language servers.
  const child = spawn(process.execPath, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...ENVIRONMENT },
  });
  killGroupAtExit(child);
  let text = '';
  let stopping = false;
  const collect = (chunk: Buffer): void => {
    // Only the end matters, and a demo may run for days.
    text = (text + chunk.toString()).slice(-200_000);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);

  const ended = failureOf(child, () => (stopping ? undefined : text));
  // Somebody else may be waiting for it, or nobody: then it is no unhandled rejection.
  ended.catch(() => undefined);
  try {
    const actualPort = await Promise.race([portOf(child, () => text), ended]);
    const stop = (): Promise<void> => {
      stopping = true;
      return stopGroup(child);
    };
    return { host: `127.0.0.1:${actualPort}`, output: () => text, ended, stop };
  } catch (error) {
    await stopGroup(child);
    throw error;
  }
}

function profileArguments({ dataDir, extensionsDir }: Profile): string[] {
  return ['--server-data-dir', dataDir, '--user-data-dir', dataDir, '--extensions-dir', extensionsDir];
}

/** Rejects when the process ends, unless that was wanted: then `output` returns nothing. */
function failureOf(child: ChildProcess, output: () => string | undefined): Promise<never> {
  return new Promise((_, reject) => {
    child.once('error', reject);
    child.once('exit', code => {
      const text = output();
      if (text !== undefined) reject(new Error(`The embedded VS Code ended (${code ?? 'signal'}).\n${text.trim()}`));
    });
  });
}

function portOf(child: ChildProcess, output: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`The embedded VS Code did not start within 30 seconds.\n${output().trim()}`));
    }, 30_000);
    child.stdout?.on('data', () => {
      const [, port] = /Extension host agent listening on (\d+)/.exec(output()) ?? [];
      // The server stays alive without a port, so its end can't be waited for.
      const isTaken = output().includes('EADDRINUSE');
      if (port === undefined && !isTaken) return;
      clearTimeout(timer);
      if (isTaken) reject(new Error('Something else listens on that port already. Choose another with --port.'));
      else resolve(Number(port));
    });
    child.once('exit', () => {
      clearTimeout(timer);
    });
  });
}
