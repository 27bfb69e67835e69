import * as vscode from 'vscode';
import { FIX_REQUEST, FIX_RULE_REQUEST } from '../../../server/src/protocol/fixing.ts';
import { t } from '../l10n.ts';
import type { TreeEntry } from '../readiness-tree/tree-entries.ts';
import { filesInWords } from '../readiness-tree/wording.ts';
import type { ServerProcess } from '../server-process.ts';
import { findingOf, ruleOf, type FindingTarget } from './subjects.ts';

/** Applies the preferred fix of a finding; with a preview, the editor shows it and asks first. */
export async function fixFinding(
  server: ServerProcess,
  target: FindingTarget | undefined,
  preview: boolean,
): Promise<void> {
  const finding = findingOf(target);
  if (!finding) return;
  const applied = await server.request(FIX_REQUEST, { ...finding, preview });
  // Somebody who has seen a preview knows what became of it.
  if (applied !== true && !preview) {
    void vscode.window.showWarningMessage(t('There is no fix for this finding as the file is now.'));
  }
}

/** Mends every finding of a rule in its root. */
export async function fixRule(server: ServerProcess, entry: TreeEntry | undefined, preview: boolean): Promise<void> {
  const rule = ruleOf(entry);
  if (!rule) return;
  const files = await server.request(FIX_RULE_REQUEST, { root: rule.root, ruleId: rule.ruleId, preview });
  if (files !== undefined && files > 0) {
    vscode.window.setStatusBarMessage(t('Readiness: fixed {0} in {1}.', rule.ruleId, filesInWords(files)), 5000);
  } else if (!preview) void vscode.window.showWarningMessage(t('There is nothing left to fix for this rule.'));
}

/** Opens a finding in an editor, with the menu of its fixes. */
export async function chooseFix(target: FindingTarget | undefined): Promise<void> {
  const finding = findingOf(target);
  if (!finding) return;
  const { start } = finding.range;
  const selection = new vscode.Range(start.line, start.character, start.line, start.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(finding.uri), { selection });
  await vscode.commands.executeCommand('editor.action.quickFix');
}
