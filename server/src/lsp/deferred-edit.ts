import type { CodeAction, WorkspaceEdit } from './protocol-library.ts';
import type { CancellationToken } from '../core/cancellation.ts';
import type { FileEdit } from '../core/fix.ts';
import type { TextRange } from '../core/text.ts';
import type { SuppressParams } from '../protocol/messages.ts';
import type { ClientFeatures } from './client-features.ts';
import type { FileTexts } from './file-texts.ts';
import { findNamed } from './find-named.ts';
import { fixRuleEverywhere } from './fix-rule-everywhere.ts';
import type { KnownFile } from './published-file.ts';
import { toWorkspaceEdit } from './workspace-edits.ts';

/** What code actions are made of: one file with what is known of it. */
export interface ActionContext extends KnownFile {
  readonly texts: FileTexts;
  readonly features: ClientFeatures;
}

type Grade = 'safe' | 'suggested';

/** Work that waits until the user picks the action; travels to the client and back. */
export type DeferredEdit =
  | { readonly kind: 'fixRule'; readonly uri: string; readonly ruleId: string; readonly grade: Grade }
  | { readonly kind: 'fixRuleEverywhere'; readonly uri: string; readonly ruleId: string }
  | { readonly kind: 'fixSelection'; readonly uri: string; readonly within: TextRange; readonly grade: Grade }
  | { readonly kind: 'fixAll'; readonly uri: string }
  | ({ readonly kind: 'suppress' } & SuppressParams);

/** The edit that a deferred action stands for, on the text as it is now; undefined when there is nothing left to do. */
export async function deferredEdit(
  deferred: DeferredEdit,
  context: ActionContext,
  token: CancellationToken,
): Promise<WorkspaceEdit | undefined> {
  const { published, texts, features } = context;
  if (deferred.kind === 'fixRuleEverywhere') return editEverywhere(deferred.ruleId, context, token);
  const edits = await textEditsOf(deferred, context);
  return edits.length === 0 ? undefined : toWorkspaceEdit([{ path: published.path, edits }], texts, features);
}

/** The action with its edit, or with a note how to make it later where the client can ask; none when it would do nothing. */
export async function withEdit(
  action: CodeAction,
  deferred: DeferredEdit,
  context: ActionContext,
  token: CancellationToken,
): Promise<CodeAction[]> {
  if (context.features.resolveEdits) return [{ ...action, data: deferred }];
  const edit = await deferredEdit(deferred, context, token);
  return edit ? [{ ...action, edit }] : [];
}

async function editEverywhere(
  ruleId: string,
  { root, texts, features }: ActionContext,
  token: CancellationToken,
): Promise<WorkspaceEdit | undefined> {
  const { files, suggested } = await fixRuleEverywhere(root, ruleId, token);
  if (files.length === 0 || token.isCancellationRequested) return undefined;
  const note = { label: `Fix all ${ruleId}`, needsConfirmation: suggested };
  return toWorkspaceEdit(files, texts, features, note);
}

async function textEditsOf(
  deferred: Exclude<DeferredEdit, { kind: 'fixRuleEverywhere' }>,
  { session, published }: ActionContext,
): Promise<FileEdit['edits']> {
  switch (deferred.kind) {
    case 'fixAll':
      return session.fixAll(published.path, { grade: 'safe' });
    case 'fixSelection':
      return session.fixAll(published.path, { grade: deferred.grade, within: deferred.within });
    case 'fixRule':
      return session.fixAll(published.path, { grade: deferred.grade, ruleId: deferred.ruleId });
    case 'suppress': {
      const located = findNamed(deferred, published);
      return located ? session.suppress(located.finding, deferred.scope, deferred.reason) : [];
    }
  }
}
