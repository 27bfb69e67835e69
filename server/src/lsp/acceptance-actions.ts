import { CodeActionKind, type CodeAction, type Command } from './protocol-library.ts';
import type { CancellationToken } from '../core/cancellation.ts';
import { ACCEPT_COMMAND, type AcceptParams } from '../protocol/acceptance.ts';
import { SUPPRESS_COMMAND, type SuppressParams } from '../protocol/messages.ts';
import { withEdit, type ActionContext } from './deferred-edit.ts';
import type { LocatedFinding } from './publish-diagnostics.ts';

/** Stands in a suppression until somebody writes why. */
const REASON_PLACEHOLDER = 'explain why this is acceptable';

/** Ways to accept a finding: by a comment on its line or in its file, and in the baseline where the client can ask for a reason. */
export async function acceptanceActions(
  { finding, range, diagnostic }: LocatedFinding,
  context: ActionContext,
  token: CancellationToken,
): Promise<CodeAction[]> {
  const { ruleId, fingerprint } = finding;
  const { commands } = context.features;
  const name = { uri: context.published.uri, ruleId, fingerprint, range };
  const base = { kind: CodeActionKind.QuickFix, diagnostics: [diagnostic] };
  const actions: CodeAction[] = [];
  for (const scope of ['line', 'file'] as const) {
    const place = scope === 'line' ? 'on this line' : 'in this file';
    const action: CodeAction = { ...base, title: `Readiness: Ignore \`${ruleId}\` ${place}` };
    const params = { ...name, scope };
    if (commands.has(SUPPRESS_COMMAND)) actions.push({ ...action, command: askBeforeIgnoring(params) });
    else {
      const deferred = { kind: 'suppress', ...params, reason: REASON_PLACEHOLDER } as const;
      actions.push(...(await withEdit(action, deferred, context, token)));
    }
  }
  if (commands.has(ACCEPT_COMMAND)) {
    const title = `Readiness: Accept this \`${ruleId}\` in the baseline`;
    actions.push({ ...base, title, command: askBeforeAccepting(name) });
  }
  return actions;
}

function askBeforeIgnoring(params: Omit<SuppressParams, 'reason'>): Command {
  return { title: 'Ignore with a reason', command: SUPPRESS_COMMAND, arguments: [params] };
}

function askBeforeAccepting(params: Omit<AcceptParams, 'reason'>): Command {
  return { title: 'Accept with a reason', command: ACCEPT_COMMAND, arguments: [params] };
}
