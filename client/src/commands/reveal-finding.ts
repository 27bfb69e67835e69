import * as vscode from 'vscode';
import type { FindingName } from '../../../server/src/protocol/messages.ts';
import type { FindingRow } from '../../../server/src/protocol/model.ts';
import { t } from '../l10n.ts';
import type { ReadinessStore } from '../readiness-store.ts';
import { findingOf, type FindingTarget } from './subjects.ts';

/** A finding as a code action knows it: by rule and place. */
export interface FindingPlace {
  readonly uri: string;
  readonly ruleId: string;
  readonly line: number;
}

/** The finding that a command is to work on: the one it was given, the one at a place, or the one at the cursor. */
export async function resolveFinding(
  store: ReadinessStore,
  target: FindingTarget | FindingPlace | undefined,
): Promise<FindingName | undefined> {
  if (!target) return findingAtCursor(store);
  if (!('line' in target)) return findingOf(target);
  const found = await findingsOn(store, vscode.Uri.parse(target.uri), target.line);
  return found.find(({ ruleId }) => ruleId === target.ruleId);
}

async function findingsOn(store: ReadinessStore, uri: vscode.Uri, line: number): Promise<FindingRow[]> {
  const roots = await store.load();
  return roots
    .flatMap(({ findings }) => findings)
    .filter(({ range }) => range.start.line <= line && line <= range.end.line)
    .filter(finding => vscode.Uri.parse(finding.uri).toString() === uri.toString());
}

/** Those under the cursor, else those of its line; asks which one where there are several. */
async function findingAtCursor(store: ReadinessStore): Promise<FindingName | undefined> {
  const editor = vscode.window.activeTextEditor;
  const at = editor?.selection.active;
  const onLine = editor && at ? await findingsOn(store, editor.document.uri, at.line) : [];
  const under = onLine.filter(({ range: { start, end } }) =>
    at ? new vscode.Range(start.line, start.character, end.line, end.character).contains(at) : false,
  );
  const found = under.length > 0 ? under : onLine;
  if (found.length === 0) {
    void vscode.window.showInformationMessage(t('There is no finding of Readiness at the cursor.'));
    return undefined;
  }
  if (found.length === 1) return nameOf(found[0]);
  const items = found.map(finding => ({ label: finding.ruleId, detail: finding.message, finding }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: t('Which finding?') });
  return nameOf(picked?.finding);
}

function nameOf(row: FindingRow | undefined): FindingName | undefined {
  if (!row) return undefined;
  const { uri, ruleId, fingerprint, range } = row;
  return { uri, ruleId, fingerprint, range };
}
