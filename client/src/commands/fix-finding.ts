import * as vscode from 'vscode';
import type { TreeEntry } from '../readiness-tree/readiness-view.ts';

/** Opens a finding of the panel in an editor, with the menu of its fixes. */
export async function fixFinding(entry: TreeEntry | undefined): Promise<void> {
  if (entry?.node.kind !== 'finding') return;
  const { uri, range } = entry.node.finding;
  const { start, end } = range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), {
    selection: new vscode.Range(selection.start, selection.start),
  });
  await vscode.commands.executeCommand('editor.action.quickFix');
}
