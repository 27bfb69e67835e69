import * as vscode from 'vscode';
import { EXPLAIN_REQUEST } from '../../../server/src/protocol/messages.ts';
import type { TreeEntry } from '../readiness-tree/readiness-view.ts';
import type { ReadinessStore } from '../readiness-store.ts';
import type { ServerProcess } from '../server-process.ts';

/** Shows the page of a rule, which is part of the extension. Without a rule, from the palette, it asks for one. */
export async function openRule(
  server: ServerProcess,
  store: ReadinessStore,
  target: string | TreeEntry | undefined,
): Promise<void> {
  const ruleId = typeof target === 'string' ? target : (ruleOf(target) ?? (await pickRule(store)));
  if (ruleId === undefined) return;

  const page = await server.request(EXPLAIN_REQUEST, { ruleId });
  if (!page) {
    void vscode.window.showWarningMessage(`Readiness has no rule \`${ruleId}\`.`);
    return;
  }
  await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.parse(page.uri));
}

function ruleOf(entry: TreeEntry | undefined): string | undefined {
  const node = entry?.node;
  if (node?.kind === 'rule') return node.rule.ruleId;
  if (node?.kind === 'blocking') return node.blocking.ruleId;
  return node?.kind === 'finding' ? node.finding.ruleId : undefined;
}

async function pickRule(store: ReadinessStore): Promise<string | undefined> {
  const rules = store.snapshot.roots[0]?.rules ?? [];
  const items = rules.map(({ ruleId, title, aspect }) => ({
    label: title,
    description: ruleId,
    detail: aspect,
    ruleId,
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: 'Which rule?', matchOnDescription: true });
  return picked?.ruleId;
}
