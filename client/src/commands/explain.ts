import * as vscode from 'vscode';
import {
  EXPLAIN_FILE_REQUEST,
  EXPLAIN_FINDING_REQUEST,
  TASK_REQUEST,
} from '../../../server/src/protocol/explaining.ts';
import type { FindingName } from '../../../server/src/protocol/messages.ts';
import { t } from '../l10n.ts';
import type { ServerProcess } from '../server-process.ts';
import type { MomentaryPages } from '../momentary-pages.ts';
import { sayThatItIsGone } from './subjects.ts';

/** Shows what a finding rests on. */
export async function explainFinding(
  server: ServerProcess,
  pages: MomentaryPages,
  finding: FindingName,
): Promise<void> {
  const page = await server.request(EXPLAIN_FINDING_REQUEST, finding);
  if (page === undefined || page === null) sayThatItIsGone();
  else await pages.show(t('Why {0}', finding.ruleId), page);
}

/** Shows how a file is reviewed, and why so; without one, the file of the active editor. */
export async function explainFile(
  server: ServerProcess,
  pages: MomentaryPages,
  uri: vscode.Uri | undefined,
): Promise<void> {
  const file = uri ?? vscode.window.activeTextEditor?.document.uri;
  if (!file) {
    void vscode.window.showInformationMessage(t('Open a file to see its configuration.'));
    return;
  }
  const page = await server.request(EXPLAIN_FILE_REQUEST, { uri: file.toString() });
  const name = file.path.split('/').at(-1) ?? file.path;
  if (page === undefined || page === null) {
    void vscode.window.showInformationMessage(t('{0} belongs to no folder that Readiness reviews.', name));
  } else await pages.show(t('Review of {0}', name), page);
}

/** Copies a finding with all that a coding assistant has to know to mend it. */
export async function copyTask(server: ServerProcess, finding: FindingName): Promise<void> {
  const task = await server.request(TASK_REQUEST, finding);
  if (task === undefined || task === null) {
    sayThatItIsGone();
    return;
  }
  await vscode.env.clipboard.writeText(task);
  vscode.window.setStatusBarMessage(t('Readiness: copied the task.'), 5000);
}
