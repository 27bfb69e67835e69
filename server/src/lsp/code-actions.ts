import {
  CodeActionKind,
  type CodeAction,
  type CodeActionParams,
  type Command,
  type Diagnostic,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { CancellationToken } from '../core/cancellation.ts';
import type { FileEdit } from '../core/fix.ts';
import type { Session } from '../engine/session.ts';
import { SUPPRESS_COMMAND, type SuppressParams } from '../protocol/messages.ts';
import type { ClientFeatures } from './client-features.ts';
import { comparePositions, touches } from './convert.ts';
import type { FileTexts } from './file-texts.ts';
import { findNamed } from './find-named.ts';
import type { LocatedFinding, PublishedFile } from './publish-diagnostics.ts';
import { toWorkspaceEdit } from './workspace-edits.ts';

/** Runs on save where the user asked for it: safe fixes only. */
export const FIX_ALL_KIND = `${CodeActionKind.SourceFixAll}.readiness`;

/** Stands in a suppression until somebody writes why. */
const REASON_PLACEHOLDER = 'explain why this is acceptable';

/** What code actions are made of: one file with what is known of it. */
export interface ActionContext {
  readonly session: Session;
  readonly published: PublishedFile;
  readonly texts: FileTexts;
  readonly features: ClientFeatures;
}

/** Work that waits until the user picks the action; travels to the client and back. */
export type DeferredEdit =
  | { readonly kind: 'fixRule'; readonly uri: string; readonly ruleId: string; readonly grade: 'safe' | 'suggested' }
  | { readonly kind: 'fixAll'; readonly uri: string }
  | ({ readonly kind: 'suppress' } & SuppressParams);

/** Everything that can be done at a place, limited to the kinds that the client asks for. */
export async function codeActions(
  { range, context: { only, diagnostics } }: CodeActionParams,
  context: ActionContext,
  token: CancellationToken,
): Promise<CodeAction[]> {
  // Some editors ask at the cursor and name the diagnostics of its whole line.
  const here = context.published.findings.filter(
    located => touches(located.range, range) || diagnostics.some(named => isSame(named, located.diagnostic)),
  );
  const actions: CodeAction[] = [];
  if (wants(only, CodeActionKind.QuickFix)) {
    for (const located of here) {
      if (token.isCancellationRequested) return [];
      actions.push(...(await fixActions(located, context)));
    }
    actions.push(...(await ruleActions(here, context)));
    for (const located of onePerRule(here)) actions.push(...(await suppressActions(located, context)));
  }
  if (wants(only, FIX_ALL_KIND)) actions.push(...(await fixAllActions(context)));
  return actions;
}

/** The edit that a deferred action stands for, on the text as it is now; undefined when there is nothing left to do. */
export async function deferredEdit(deferred: DeferredEdit, context: ActionContext): Promise<WorkspaceEdit | undefined> {
  const { session, published, texts, features } = context;
  const edits = await textEditsOf(deferred, session, published);
  return edits.length === 0 ? undefined : toWorkspaceEdit([{ path: published.path, edits }], texts, features);
}

async function textEditsOf(
  deferred: DeferredEdit,
  session: Session,
  published: PublishedFile,
): Promise<FileEdit['edits']> {
  switch (deferred.kind) {
    case 'fixAll':
      return session.fixAll(published.path, { grade: 'safe' });
    case 'fixRule':
      return session.fixAll(published.path, { grade: deferred.grade, ruleId: deferred.ruleId });
    case 'suppress': {
      const located = findNamed(deferred, published);
      return located ? session.suppress(located.finding, deferred.scope, deferred.reason) : [];
    }
  }
}

async function fixActions(located: LocatedFinding, { session, texts, features }: ActionContext): Promise<CodeAction[]> {
  if (located.finding.fix === undefined) return [];
  const actions: CodeAction[] = [];
  for (const [index, fix] of (await session.fixes(located.finding)).entries()) {
    const edit = await toWorkspaceEdit(fix.edits, texts, features);
    if (!edit) continue;
    actions.push({
      title: `Readiness: ${fix.title}`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [located.diagnostic],
      ...(index === 0 && fix.applicability === 'safe' && { isPreferred: true }),
      edit,
    });
  }
  return actions;
}

/** "Fix all of this rule", where there is more than one place to mend. */
async function ruleActions(here: readonly LocatedFinding[], context: ActionContext): Promise<CodeAction[]> {
  const actions: CodeAction[] = [];
  for (const { finding } of onePerRule(here)) {
    const { ruleId } = finding;
    const fixable = context.published.findings.filter(other => other.finding.ruleId === ruleId && other.finding.fix);
    if (fixable.length < 2) continue;
    const grade = fixable.some(other => other.finding.fix === 'suggested') ? 'suggested' : 'safe';
    const action = {
      title: `Readiness: Fix all \`${ruleId}\` in this file`,
      kind: CodeActionKind.QuickFix,
      diagnostics: fixable.map(({ diagnostic }) => diagnostic),
    };
    actions.push(...(await withEdit(action, { kind: 'fixRule', uri: context.published.uri, ruleId, grade }, context)));
  }
  return actions;
}

async function fixAllActions(context: ActionContext): Promise<CodeAction[]> {
  if (!context.published.findings.some(({ finding }) => finding.fix === 'safe')) return [];
  const action = { title: 'Readiness: Fix everything that can be fixed safely', kind: FIX_ALL_KIND };
  return withEdit(action, { kind: 'fixAll', uri: context.published.uri }, context);
}

async function suppressActions(located: LocatedFinding, context: ActionContext): Promise<CodeAction[]> {
  const { finding, range, diagnostic } = located;
  const { ruleId, fingerprint } = finding;
  const actions: CodeAction[] = [];
  for (const scope of ['line', 'file'] as const) {
    const action: CodeAction = {
      title: `Readiness: Ignore \`${ruleId}\` ${scope === 'line' ? 'on this line' : 'in this file'}`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
    };
    const params = { uri: context.published.uri, ruleId, fingerprint, range, scope };
    if (context.features.commands.has(SUPPRESS_COMMAND)) actions.push({ ...action, command: askForReason(params) });
    else
      actions.push(...(await withEdit(action, { kind: 'suppress', ...params, reason: REASON_PLACEHOLDER }, context)));
  }
  return actions;
}

function askForReason(params: Omit<SuppressParams, 'reason'>): Command {
  return { title: 'Ignore with a reason', command: SUPPRESS_COMMAND, arguments: [params] };
}

/** The action with its edit, or with a note how to make it later where the client can ask; none when it would do nothing. */
async function withEdit(action: CodeAction, deferred: DeferredEdit, context: ActionContext): Promise<CodeAction[]> {
  if (context.features.resolveEdits) return [{ ...action, data: deferred }];
  const edit = await deferredEdit(deferred, context);
  return edit ? [{ ...action, edit }] : [];
}

/** Whether a client that asks for `only` these kinds gets `kind`: the same, or one that is more special. */
function wants(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some(wanted => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));
}

function isSame(left: Diagnostic, right: Diagnostic): boolean {
  return left.code === right.code && comparePositions(left.range.start, right.range.start) === 0;
}

/** The first finding of each rule. */
function onePerRule(findings: readonly LocatedFinding[]): LocatedFinding[] {
  const byRule = new Map<string, LocatedFinding>();
  for (const located of findings) {
    if (!byRule.has(located.finding.ruleId)) byRule.set(located.finding.ruleId, located);
  }
  return [...byRule.values()];
}
