import { NEVER_CANCELLED } from '../core/cancellation.ts';
import type { Suppression } from '../core/suppression.ts';
import { LineIndex, type TextEdit } from '../core/text.ts';
import { removeIds, removeSuppression } from '../engine/suppressions/remove-suppression.ts';
import { REMOVE_SUPPRESSION_REQUEST, type RemoveSuppressionParams } from '../protocol/acceptance.ts';
import { SUPPRESS_REQUEST, type SuppressParams } from '../protocol/messages.ts';
import { deferredEdit } from './deferred-edit.ts';
import { comparePositions, toRange } from './convert.ts';
import { actionContext } from './language-features.ts';
import type { AnswerRequest } from './answer-request.ts';
import type { ServerContext } from './server-context.ts';
import { suppressionsIn } from './suppressions-in.ts';
import { pathOfUri } from './uris.ts';
import { toWorkspaceEdit } from './workspace-edits.ts';

/** Answers the requests that write suppressions, and those that remove them. */
export function registerSuppressions(context: ServerContext, answer: AnswerRequest): void {
  answer(SUPPRESS_REQUEST, 'ignore the finding', params => suppress(params, context));
  answer(REMOVE_SUPPRESSION_REQUEST, 'remove the comment', params => remove(params, context));
}

async function suppress(params: SuppressParams, context: ServerContext): Promise<boolean> {
  const actions = await actionContext(context, params.uri);
  const edit = actions && (await deferredEdit({ kind: 'suppress', ...params }, actions, NEVER_CANCELLED));
  if (!edit) return false;
  const { applied } = await context.connection.workspace.applyEdit({ label: `Ignore ${params.ruleId}`, edit });
  return applied;
}

async function remove({ uri, range, ruleId }: RemoveSuppressionParams, context: ServerContext): Promise<boolean> {
  const absolute = pathOfUri(uri);
  const root = absolute === undefined ? undefined : context.roots.owner(absolute);
  if (absolute === undefined || !root) return false;
  const path = root.relative(absolute);
  const { texts } = root.options;
  const text = await texts.text(path);
  if (text === undefined) return false;

  const lines = new LineIndex(text);
  const positions = { positionAt: (offset: number) => lines.position(offset) };
  const found = (await suppressionsIn(path, text, context.measureText)).find(
    ({ commentRange, ruleIds }) =>
      comparePositions(toRange(commentRange, positions).start, range.start) === 0 &&
      (ruleId === undefined || ruleIds.includes(ruleId)),
  );
  if (!found) return false;
  const edits = [removalOf(found, text, ruleId)];
  const edit = await toWorkspaceEdit([{ path, edits }], texts, context.features);
  if (!edit) return false;
  const label = ruleId === undefined ? 'Remove a suppression' : `Report ${ruleId} again`;
  const { applied } = await context.connection.workspace.applyEdit({ label, edit });
  return applied;
}

function removalOf(suppression: Suppression, text: string, ruleId: string | undefined): TextEdit {
  if (ruleId === undefined) return removeSuppression(text, suppression);
  return removeIds(text, suppression, new Set([suppression.ruleIds.indexOf(ruleId)]));
}
