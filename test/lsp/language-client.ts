import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  type Diagnostic,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type TextDocumentContentChangeEvent,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { DIST } from '../../scripts/support/paths.ts';
import { recorder, type Recorder } from './recorder.ts';

/** What VS Code says of itself, as far as our server asks. */
export const VSCODE_LIKE: ClientCapabilities = {
  window: { workDoneProgress: true },
  workspace: {
    workspaceFolders: true,
    applyEdit: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  textDocument: {
    publishDiagnostics: {
      relatedInformation: true,
      versionSupport: true,
      codeDescriptionSupport: true,
      dataSupport: true,
    },
    codeAction: {
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source', 'source.fixAll'] } },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
};

/** A client that shows what edits are, and asks its user where they want it. */
export function withChangeAnnotations(capabilities: ClientCapabilities): ClientCapabilities {
  const { workspace } = capabilities;
  const workspaceEdit = { ...workspace?.workspaceEdit, changeAnnotationSupport: { groupsOnLabel: true } };
  return { ...capabilities, workspace: { ...workspace, workspaceEdit } };
}

export interface StartOptions {
  /** Absolute paths of the workspace folders. */
  readonly folders?: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** A single root, as clients without workspace folders name it. */
  readonly rootUri?: string;
  /** Answers the server's question for settings. */
  readonly settings?: () => object;
  /** Added to the environment of the server. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A message of the server about progress. */
export interface ProgressEvent {
  readonly token: string | number;
  readonly value: { readonly kind: 'begin' | 'report' | 'end'; readonly title?: string; readonly message?: string };
}

/** An editor as the server sees it, with everything that the server has sent so far. */
export interface LanguageClient {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  readonly published: Recorder<PublishDiagnosticsParams>;
  readonly progress: Recorder<ProgressEvent>;
  readonly logs: Recorder<string>;
  readonly registered: Recorder<{ readonly method: string; readonly registerOptions?: unknown }>;
  /** Edits that the server has asked to apply. */
  readonly applied: Recorder<WorkspaceEdit>;
  open(path: string, text: string, languageId?: string): Promise<void>;
  change(path: string, version: number, changes: TextDocumentContentChangeEvent[]): Promise<void>;
  save(path: string): Promise<void>;
  close(path: string): Promise<void>;
  /** Tells the server of changes on disk: 1 created, 2 changed, 3 deleted. */
  changedOnDisk(changes: Readonly<Record<string, 1 | 2 | 3>>): Promise<void>;
  actions(path: string, range: Range, context?: Partial<CodeActionContext>): Promise<CodeAction[]>;
  /** The latest diagnostics of a file that satisfy a condition; waits for them. */
  diagnostics(path: string, fits?: (params: PublishDiagnosticsParams) => boolean): Promise<Diagnostic[]>;
  /** Waits until the first scan of all folders has ended. */
  scanned(count?: number): Promise<void>;
  /** Says good-bye properly; returns the exit code. */
  stop(): Promise<number | null>;
}

/** Starts the built server and shakes hands with it; it is ended with the test. */
export async function startServer({
  folders = [],
  capabilities = VSCODE_LIKE,
  initializationOptions,
  rootUri,
  settings = () => ({}),
  env = {},
}: StartOptions): Promise<LanguageClient> {
  const child = spawn(process.execPath, [join(DIST, 'server.js'), '--stdio'], {
    stdio: 'pipe',
    env: { ...process.env, ...env },
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  onTestFinished(() => {
    connection.dispose();
    child.kill('SIGKILL');
  });
  const client = createClient(child, connection);
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(settings));
  connection.listen();
  const workspaceFolders = folders.map(folder => ({ uri: uriOf(folder), name: folder.split('/').at(-1) ?? folder }));
  await connection.sendRequest('initialize', {
    processId: process.pid,
    clientInfo: { name: 'Test editor', version: '1' },
    capabilities,
    initializationOptions,
    rootUri: rootUri ?? null,
    ...(capabilities.workspace?.workspaceFolders && { workspaceFolders }),
  });
  await connection.sendNotification('initialized', {});
  return client;
}

/** URI of an absolute path. */
export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

function createClient(child: ChildProcess, connection: ProtocolConnection): LanguageClient {
  const published = recorder<PublishDiagnosticsParams>('diagnostics');
  const progress = recorder<ProgressEvent>('progress');
  const logs = recorder<string>('a log message');
  const registered = recorder<{ method: string; registerOptions?: unknown }>('a registration');
  const applied = recorder<WorkspaceEdit>('an edit');
  connection.onNotification('textDocument/publishDiagnostics', published.add);
  connection.onNotification('$/progress', progress.add);
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
    logs.add(message);
  });
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.onRequest('client/registerCapability', ({ registrations }: { registrations: { method: string }[] }) => {
    registrations.forEach(registered.add);
    return null;
  });
  connection.onRequest('workspace/applyEdit', ({ edit }: { edit: WorkspaceEdit }) => {
    applied.add(edit);
    return { applied: true };
  });
  const document = (path: string) => ({ textDocument: { uri: uriOf(path) } });

  return {
    ...{ connection, process: child, published, progress, logs, registered, applied },
    open: (path, text, languageId = 'python') =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uriOf(path), languageId, version: 1, text },
      }),
    change: (path, version, contentChanges) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uriOf(path), version },
        contentChanges,
      }),
    save: path => connection.sendNotification('textDocument/didSave', document(path)),
    close: path => connection.sendNotification('textDocument/didClose', document(path)),
    changedOnDisk: changes =>
      connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: Object.entries(changes).map(([path, type]) => ({ uri: uriOf(path), type })),
      }),
    actions: async (path, range, context = {}) =>
      (await connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', {
        ...document(path),
        range,
        context: { diagnostics: [], ...context },
      })) ?? [],
    diagnostics: async (path, fits = () => true) => {
      const params = await published.last(({ uri }) => uri === uriOf(path), fits);
      return params.diagnostics;
    },
    scanned: async (count = 1) => {
      await progress.until(events => events.filter(({ value }) => value.kind === 'end').length >= count);
    },
    stop: async () => {
      const exit = once(child, 'exit');
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      const [code] = (await exit) as [number | null];
      return code;
    },
  };
}
