import {
  CodeActionKind,
  DidChangeWorkspaceFoldersNotification,
  PositionEncodingKind,
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  type WorkspaceFolder,
} from './protocol-library.ts';
import { readClientFeatures } from './client-features.ts';
import { registerSettings, startSettings } from './client-settings.ts';
import { FIX_ALL_KIND } from './code-actions.ts';
import { registerDocumentEvents } from './document-events.ts';
import { registerLanguageFeatures } from './language-features.ts';
import { inBackground } from './log.ts';
import { registerOwnRequests } from './own-requests.ts';
import { createContext, type ServerContext, type ServerParts } from './server-context.ts';
import { watchFiles } from './watched-files.ts';

/** Folders that appear or vanish; the files in them come without events of their own. */
const FOLDERS = { filters: [{ scheme: 'file', pattern: { glob: '**', matches: 'folder' as const } }] };

/** Answers the client's `initialize`, and everything that follows; `connection.listen()` is left to the caller. */
export function startServer(connection: Connection, parts: ServerParts): void {
  connection.onInitialize(params => {
    const folders = workspaceFolders(params).map(({ uri }) => uri);
    const owner = { processId: params.processId ?? process.ppid, folders };
    const context = createContext(connection, parts, readClientFeatures(params), owner);
    registerDocumentEvents(context);
    registerLanguageFeatures(context);
    registerOwnRequests(context);
    registerSettings(context);
    connection.onInitialized(() => {
      context.log.info(`Readiness ${parts.version} with ${context.pages.size} rules, for ${context.features.client}.`);
      context.roots.change(workspaceFolders(params), []);
      inBackground(context.log, 'read the settings', () => startSettings(context));
      inBackground(context.log, 'register for changes', () => registerForChanges(context));
    });
    connection.onShutdown(() => {
      context.dispose();
    });
    return initializeResult(parts.version);
  });
}

function initializeResult(version: string): InitializeResult {
  return {
    serverInfo: { name: 'Readiness', version },
    capabilities: {
      // Every client has it, and strings in JavaScript are counted like this.
      positionEncoding: PositionEncodingKind.UTF16,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL_KIND], resolveProvider: true },
      hoverProvider: true,
      workspace: {
        workspaceFolders: { supported: true, changeNotifications: true },
        fileOperations: { didCreate: FOLDERS, didRename: FOLDERS, didDelete: FOLDERS },
      },
    },
  };
}

/** The folders of the window; older clients name a single root, or none at all. */
function workspaceFolders({ workspaceFolders: folders, rootUri }: RootParams): readonly WorkspaceFolder[] {
  if (folders && folders.length > 0) return folders;
  if (rootUri === null || rootUri === undefined) return [];
  return [{ uri: rootUri, name: decodeURIComponent(rootUri.replace(/\/$/, '').split('/').at(-1) ?? rootUri) }];
}

/** `rootUri` is deprecated, but the only one that some clients send. */
interface RootParams extends Pick<InitializeParams, 'workspaceFolders'> {
  readonly rootUri?: string | null;
}

async function registerForChanges({ connection, features, roots }: ServerContext): Promise<void> {
  if (features.workspaceFolders) {
    connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event: { added, removed } }) => {
      roots.change(added, removed);
    });
  }
  if (features.watchedFiles) await watchFiles(connection);
}
