import * as vscode from 'vscode';
import { DEBUG_INFO_REQUEST } from '../../../server/src/protocol/messages.ts';
import { t } from '../l10n.ts';
import type { ServerProcess } from '../server-process.ts';

/** Puts what a bug report needs on the clipboard: versions, counts, memory; no names and no code. */
export async function copyDebugInfo(server: ServerProcess): Promise<void> {
  const fromServer = (await server.request(DEBUG_INFO_REQUEST, {})) ?? `- The server does not run (${server.state}).\n`;
  await vscode.env.clipboard.writeText(`- ${vscode.env.appName} ${vscode.version}\n${fromServer}`);
  vscode.window.setStatusBarMessage(t('Readiness: copied the debug information.'), 5000);
}
