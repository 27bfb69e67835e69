import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import { readUsage, type ProcessUsage } from './process-usage.ts';

/** A language server as an editor runs it, and what the system says of its process. */
export interface BenchServer {
  /** Opens a document; answers when its diagnostics are published. */
  open(path: string, text: string): Promise<void>;
  /** Replaces the text of an open document; answers when the diagnostics of that version are published. */
  change(path: string, version: number, text: string): Promise<void>;
  /** Waits for the end of the first scan. */
  scanned(): Promise<void>;
  /** CPU and memory of the server's process, which has no child processes; undefined where the system has no answer. */
  usage(): ProcessUsage | undefined;
  stop(): Promise<void>;
}

/**
 * Starts the bundled server on a folder and shakes hands with it.
 * @param script absolute path of the bundle
 * @param cacheHome where it keeps its cache: not the user's
 */
export async function startBenchServer(script: string, folder: string, cacheHome: string): Promise<BenchServer> {
  mkdirSync(cacheHome, { recursive: true });
  const caches = { XDG_CACHE_HOME: cacheHome, LOCALAPPDATA: cacheHome, HOME: cacheHome };
  // As the extension starts it.
  const env = { ...process.env, ...caches, NODE_EXTRA_CA_CERTS: undefined };
  const child = spawn(process.execPath, [script, '--stdio'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const waiting = new Map<string, () => void>();
  const published = (path: string, version: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`The server has published nothing for version ${version} of ${path}.`));
      }, PATIENCE);
      waiting.set(`${uriOf(path)} ${version}`, () => {
        clearTimeout(timer);
        resolve();
      });
    });
  const scan = new Promise<void>(resolve => {
    connection.onNotification('$/progress', ({ value }: { value: { kind: string } }) => {
      if (value.kind === 'end') resolve();
    });
  });
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, version }: PublishDiagnosticsParams) => {
    waiting.get(`${uri} ${version ?? ''}`)?.();
  });
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    capabilities: CAPABILITIES,
    rootUri: uriOf(folder),
    workspaceFolders: [{ uri: uriOf(folder), name: 'bench' }],
  });
  await connection.sendNotification('initialized', {});

  return {
    async open(path, text) {
      const done = published(path, 1);
      const textDocument = { uri: uriOf(path), languageId: 'python', version: 1, text };
      await connection.sendNotification('textDocument/didOpen', { textDocument });
      await done;
    },
    async change(path, version, text) {
      const done = published(path, version);
      const textDocument = { uri: uriOf(path), version };
      await connection.sendNotification('textDocument/didChange', { textDocument, contentChanges: [{ text }] });
      await done;
    },
    scanned: () => scan,
    usage: () => (child.pid === undefined ? undefined : readUsage(child.pid)),
    async stop() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await exit;
      connection.dispose();
    },
  };
}

/** Milliseconds after which something is wrong, however busy the machine is. */
const PATIENCE = 60_000;

/** What editors say of themselves, as far as it makes our server work. */
const CAPABILITIES = {
  window: { workDoneProgress: true },
  workspace: { workspaceFolders: true, didChangeWatchedFiles: { dynamicRegistration: true } },
  textDocument: { publishDiagnostics: { relatedInformation: true, versionSupport: true, dataSupport: true } },
};

function uriOf(path: string): string {
  return pathToFileURL(path).href;
}
