import { SUPPRESS_REQUEST, type SuppressParams } from '../../../server/src/protocol/messages.ts';
import { t } from '../l10n.ts';
import type { TreeEntry } from '../readiness-tree/tree-entries.ts';
import type { ServerProcess } from '../server-process.ts';
import { askForReason } from './ask-for-reason.ts';
import { findingOf, sayThatItIsGone } from './subjects.ts';

/** What the server puts into a code action: everything but the reason. */
type SuppressTarget = Omit<SuppressParams, 'reason'>;

/** Accepts a finding with a comment in the code. Asks for the reason unless it is given. */
export async function suppress(server: ServerProcess, target: SuppressTarget, given?: string): Promise<void> {
  const { ruleId, scope } = target;
  const title = scope === 'line' ? t('Ignore {0} on this line', ruleId) : t('Ignore {0} in this file', ruleId);
  const prompt = t('Why is this acceptable here? The reason becomes part of the comment.');
  const reason = given ?? (await askForReason(title, prompt));
  if (reason === undefined) return;

  const applied = await server.request(SUPPRESS_REQUEST, { ...target, reason: reason.trim() });
  if (applied !== true) sayThatItIsGone();
}

/** The same from the panel. */
export async function suppressFromTree(
  server: ServerProcess,
  entry: TreeEntry | undefined,
  scope: SuppressTarget['scope'],
): Promise<void> {
  const finding = findingOf(entry);
  if (!finding) return;
  await suppress(server, { ...finding, scope });
}
