import * as vscode from 'vscode';
import type { FindingRow } from '../../../server/src/protocol/model.ts';
import { t } from '../l10n.ts';
import type { ReadinessStore } from '../readiness-store.ts';

/** The findings at a place of a file, those at the cursor first and else those of its line. */
export async function findingsAt(store: ReadinessStore, uri: vscode.Uri, at: vscode.Position): Promise<FindingRow[]> {
  const roots = await store.load();
  const onLine = roots
    .flatMap(({ findings }) => findings)
    .filter(finding => vscode.Uri.parse(finding.uri).toString() === uri.toString())
    .filter(({ range }) => range.start.line <= at.line && at.line <= range.end.line);
  const under = onLine.filter(({ range: { start, end } }) =>
    new vscode.Range(start.line, start.character, end.line, end.character).contains(at),
  );
  return under.length > 0 ? under : onLine;
}

/** The finding at the cursor; asks which one where there are several, and says so where there is none. */
export async function findingAtCursor(store: ReadinessStore): Promise<FindingRow | undefined> {
  const editor = vscode.window.activeTextEditor;
  const found = editor ? await findingsAt(store, editor.document.uri, editor.selection.active) : [];
  if (found.length === 0) {
    void vscode.window.showInformationMessage(t('There is no finding of Readiness at the cursor.'));
    return undefined;
  }
  if (found.length === 1) return found[0];
  const items = found.map(finding => ({ label: finding.ruleId, detail: finding.message, finding }));
  return (await vscode.window.showQuickPick(items, { placeHolder: t('Which finding?') }))?.finding;
}
