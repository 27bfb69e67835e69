import * as vscode from 'vscode';
import { registerCommands } from './commands/register.ts';
import { createApi, type ReadinessApi } from './api.ts';
import { ReadinessStore } from './readiness-store.ts';
import { PanelSettings, panelCommands } from './readiness-tree/panel-settings.ts';
import { ReadinessView } from './readiness-tree/readiness-view.ts';
import { ServerProcess } from './server-process.ts';
import { FileDecorations } from './file-decorations.ts';
import { registerFindingActions } from './finding-actions.ts';
import { registerTools } from './language-model/register-tools.ts';
import { MomentaryPages } from './momentary-pages.ts';
import { LanguageStatus } from './language-status.ts';
import { StatusBar } from './status-bar.ts';
import { registerTasks } from './task-provider.ts';
import { publishViewContext } from './view-context.ts';

/** The one thing that has to be waited for at the end. */
const running = new Set<ServerProcess>();

/** Draws the views and starts the server, without waiting for it. */
export function activate(context: vscode.ExtensionContext): ReadinessApi {
  const log = vscode.window.createOutputChannel('Readiness', { log: true });
  const server = new ServerProcess(context.asAbsolutePath('dist/server.js'), log);
  const store = new ReadinessStore(server, log);
  const settings = new PanelSettings(context.workspaceState);
  const view = new ReadinessView(store, settings);
  const statusBar = new StatusBar(store);
  const pages = new MomentaryPages(context.globalStorageUri);
  const decorations = new FileDecorations(store);
  const languageStatus = new LanguageStatus(server, store);
  context.subscriptions.push(
    ...registerCommands({ server, store, view, pages, log }),
    ...registerTools(server, store),
    registerTasks(context.asAbsolutePath('dist/cli.js')),
    ...panelCommands(settings),
    ...[publishViewContext(store), registerFindingActions(), decorations, languageStatus],
    ...[statusBar, view, settings, store, server, log],
  );
  running.add(server);
  void server.start();
  return createApi({ store, view, settings, statusBar, languageStatus, decorations });
}

/** Ends the server. */
export async function deactivate(): Promise<void> {
  await Promise.all([...running].map(server => server.stop()));
}
