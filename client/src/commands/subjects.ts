import * as vscode from 'vscode';
import type { FindingName } from '../../../server/src/protocol/messages.ts';
import { t } from '../l10n.ts';
import type { PanelSubject } from '../readiness-tree/panel-node.ts';
import type { TreeEntry } from '../readiness-tree/tree-entries.ts';

/** What a command may be given: a line of the panel, or a name from a code action or another extension. */
export type FindingTarget = TreeEntry | FindingName;

/** The finding that a command is to work on. */
export function findingOf(target: FindingTarget | undefined): FindingName | undefined {
  if (!target) return undefined;
  if (!('node' in target)) return target;
  const { subject } = target.node;
  if (subject?.kind !== 'finding') return undefined;
  const { uri, ruleId, fingerprint, range } = subject.finding;
  return { uri, ruleId, fingerprint, range };
}

/** The subject of a line, when it is of that kind. */
export function subjectOf<Kind extends PanelSubject['kind']>(
  entry: TreeEntry | undefined,
  kind: Kind,
): Extract<PanelSubject, { readonly kind: Kind }> | undefined {
  const subject = entry?.node.subject;
  // The kind tells which member of the union it is.
  return subject?.kind === kind ? (subject as Extract<PanelSubject, { readonly kind: Kind }>) : undefined;
}

/** The rule that a line is about, also that of a finding. */
export function ruleOf(entry: TreeEntry | undefined): { readonly root: string; readonly ruleId: string } | undefined {
  const subject = entry?.node.subject;
  if (subject?.kind === 'rule') return subject;
  if (subject?.kind === 'finding') return { root: subject.root, ruleId: subject.finding.ruleId };
  return subject?.kind === 'accepted' ? { root: subject.root, ruleId: subject.row.ruleId } : undefined;
}

/** For commands that came too late. */
export function sayThatItIsGone(): void {
  void vscode.window.showWarningMessage(t('The finding is not there any more, so nothing was changed.'));
}

/** Runs a command, and shows the sentence with which it fails; the server writes them for people. */
export async function orSayWhy(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    void vscode.window.showErrorMessage(`Readiness: ${error instanceof Error ? error.message : String(error)}`);
  }
}
