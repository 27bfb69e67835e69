import * as vscode from 'vscode';
import { SUPPRESS_REQUEST, type SuppressParams } from '../../../server/src/protocol/messages.ts';
import type { ServerProcess } from '../server-process.ts';
import type { TreeEntry } from '../readiness-tree/readiness-view.ts';

/** What the server puts into a code action: everything but the reason. */
type SuppressTarget = Omit<SuppressParams, 'reason'>;

/** Accepts a finding with a comment in the code. Asks for the reason unless it is given. */
export async function suppress(server: ServerProcess, target: SuppressTarget, given?: string): Promise<void> {
  const reason = given ?? (await askForReason(target));
  if (reason === undefined) return;

  const applied = await server.request(SUPPRESS_REQUEST, { ...target, reason: reason.trim() });
  if (applied !== true)
    void vscode.window.showWarningMessage('The finding is not there any more, so nothing was changed.');
}

/** The same from the panel. */
export async function suppressFromTree(
  server: ServerProcess,
  entry: TreeEntry | undefined,
  scope: SuppressTarget['scope'],
): Promise<void> {
  if (entry?.node.kind !== 'finding') return;
  const { uri, ruleId, fingerprint, range } = entry.node.finding;
  await suppress(server, { uri, ruleId, fingerprint, range, scope });
}

function askForReason({ ruleId, scope }: SuppressTarget): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `Ignore ${ruleId} ${scope === 'line' ? 'on this line' : 'in this file'}`,
    prompt: 'Why is this acceptable here? The reason becomes part of the comment.',
    placeHolder: 'For example: the caller sets the deadline',
    ignoreFocusOut: true,
    validateInput: reason => (reason.trim() === '' ? 'A reason helps whoever reads this next.' : undefined),
  });
}
