import * as vscode from 'vscode';
import { EXPLAIN_REQUEST } from '../../../server/src/protocol/messages.ts';
import { t } from '../l10n.ts';
import type { ReadinessStore } from '../readiness-store.ts';
import type { TreeEntry } from '../readiness-tree/tree-entries.ts';
import { aspectName } from '../readiness-tree/wording.ts';
import type { ServerProcess } from '../server-process.ts';
import { ruleOf } from './subjects.ts';

/** Shows the page of a rule, which is part of the extension. Without a rule, from the palette, it asks for one. */
export async function openRule(
  server: ServerProcess,
  store: ReadinessStore,
  target: string | TreeEntry | undefined,
): Promise<void> {
  const ruleId = typeof target === 'string' ? target : (ruleOf(target)?.ruleId ?? (await pickRule(store)));
  if (ruleId === undefined) return;

  const page = await server.request(EXPLAIN_REQUEST, { ruleId });
  if (!page) {
    void vscode.window.showWarningMessage(t('Readiness has no rule `{0}`.', ruleId));
    return;
  }
  await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.parse(page.uri));
}

async function pickRule(store: ReadinessStore): Promise<string | undefined> {
  const rules = store.snapshot.roots[0]?.rules ?? [];
  const items = rules.map(({ ruleId, title, aspect }) => ({
    label: title,
    description: ruleId,
    detail: aspectName(aspect),
    ruleId,
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: t('Which rule?'), matchOnDescription: true });
  return picked?.ruleId;
}
