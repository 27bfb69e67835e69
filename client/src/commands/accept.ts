import * as vscode from 'vscode';
import {
  ACCEPT_REQUEST,
  ACCEPT_RULE_REQUEST,
  PRUNE_BASELINE_REQUEST,
  REMOVE_SUPPRESSION_REQUEST,
  UNACCEPT_REQUEST,
} from '../../../server/src/protocol/acceptance.ts';
import { t } from '../l10n.ts';
import type { TreeEntry } from '../readiness-tree/tree-entries.ts';
import { findingsInWords } from '../readiness-tree/wording.ts';
import type { ServerProcess } from '../server-process.ts';
import { askForReason } from './ask-for-reason.ts';
import { findingOf, ruleOf, sayThatItIsGone, subjectOf, type FindingTarget } from './subjects.ts';

/** Writes a finding into the baseline. Asks for the reason unless it is given. */
export async function accept(server: ServerProcess, target: FindingTarget | undefined, given?: string): Promise<void> {
  const finding = findingOf(target);
  if (!finding) return;
  const prompt = t('Why is this acceptable? The reason is kept in the baseline file.');
  const reason = given ?? (await askForReason(t('Accept this finding of {0}', finding.ruleId), prompt));
  if (reason === undefined) return;

  const { uri, ruleId, fingerprint, range } = finding;
  const accepted = await server.request(ACCEPT_REQUEST, { uri, ruleId, fingerprint, range, reason: reason.trim() });
  if (accepted !== true) sayThatItIsGone();
}

/** Writes all findings of a rule into the baseline. */
export async function acceptRule(server: ServerProcess, entry: TreeEntry | undefined, given?: string): Promise<void> {
  const rule = ruleOf(entry);
  if (!rule) return;
  const prompt = t('Why are all of them acceptable? The reason is kept in the baseline file.');
  const reason = given ?? (await askForReason(t('Accept all findings of {0}', rule.ruleId), prompt));
  if (reason === undefined) return;

  const { root, ruleId } = rule;
  const count = await server.request(ACCEPT_RULE_REQUEST, { root, ruleId, reason: reason.trim() });
  vscode.window.setStatusBarMessage(t('Readiness: accepted {0}.', findingsInWords(count ?? 0)), 5000);
}

/** Takes an acceptance back: the comment is removed, or the entry of the baseline. */
export async function undoAcceptance(server: ServerProcess, entry: TreeEntry | undefined): Promise<void> {
  const accepted = subjectOf(entry, 'accepted');
  if (!accepted) return;
  const { root, row } = accepted;
  const done =
    row.by === 'baseline'
      ? await server.request(UNACCEPT_REQUEST, { root, fingerprint: row.fingerprint })
      : await server.request(REMOVE_SUPPRESSION_REQUEST, { uri: row.uri, range: row.range, ruleId: row.ruleId });
  if (done !== true) sayThatItIsGone();
}

/** Takes what was mended out of the baseline. */
export async function pruneBaseline(server: ServerProcess, roots: readonly string[]): Promise<void> {
  const counts = await Promise.all(roots.map(root => server.request(PRUNE_BASELINE_REQUEST, { root })));
  const sum = counts.reduce<number>((total, count) => total + (count ?? 0), 0);
  vscode.window.setStatusBarMessage(t('Readiness: {0} taken out of the baseline.', findingsInWords(sum)), 5000);
}
