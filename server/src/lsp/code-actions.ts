import {
  CodeActionKind,
  CodeActionTriggerKind,
  type CodeAction,
  type CodeActionParams,
  type Diagnostic,
} from './protocol-library.ts';
import type { CancellationToken } from '../core/cancellation.ts';
import { acceptanceActions } from './acceptance-actions.ts';
import { comparePositions, touches } from './convert.ts';
import { withEdit, type ActionContext } from './deferred-edit.ts';
import { fixActions, ruleActions, selectionActions } from './fix-actions.ts';
import type { LocatedFinding } from './publish-diagnostics.ts';
import { toWorkspaceEdit } from './workspace-edits.ts';

/** Runs on save where the user asked for it: safe fixes only. */
export const FIX_ALL_KIND = `${CodeActionKind.SourceFixAll}.readiness`;

/** Everything that can be done at a place, limited to the kinds that the client asks for. */
export async function codeActions(
  { range, context: { only, diagnostics, triggerKind } }: CodeActionParams,
  context: ActionContext,
  token: CancellationToken,
  isTooLate: () => boolean,
): Promise<CodeAction[]> {
  const isInvoked = triggerKind === CodeActionTriggerKind.Invoked;
  const actions: CodeAction[] = [];
  if (wants(only, CodeActionKind.QuickFix)) {
    // Some editors ask at the cursor and name the diagnostics of its whole line.
    const here = context.published.findings.filter(
      located => touches(located.range, range) || diagnostics.some(named => isSame(named, located.diagnostic)),
    );
    for (const located of here) {
      if (token.isCancellationRequested) return [];
      actions.push(...(await fixActions(located, context, isInvoked)));
    }
    const rules = onePerRule(here);
    actions.push(...(await selectionActions(range, here, context, token)));
    actions.push(...(await ruleActions(rules, context, token)));
    for (const located of rules) actions.push(...(await acceptanceActions(located, context, token)));
  }
  if (wants(only, FIX_ALL_KIND)) {
    const isOnSave = triggerKind === CodeActionTriggerKind.Automatic && only !== undefined;
    actions.push(...(await (isOnSave ? fixOnSave(context, isTooLate) : fixAllActions(context, token))));
  }
  return actions;
}

async function fixAllActions(context: ActionContext, token: CancellationToken): Promise<CodeAction[]> {
  if (!canFixAll(context)) return [];
  return withEdit(FIX_ALL_ACTION, { kind: 'fixAll', uri: context.published.uri }, context, token);
}

/** Saving waits for the answer, so it comes with its edit, at once or not at all. */
async function fixOnSave(context: ActionContext, isTooLate: () => boolean): Promise<CodeAction[]> {
  if (!canFixAll(context) || isTooLate()) return [];
  const { session, published, texts, features } = context;
  const edits = await session.fixAll(published.path, { grade: 'safe', isTooLate });
  if (edits.length === 0 || isTooLate()) return [];
  const edit = await toWorkspaceEdit([{ path: published.path, edits }], texts, features);
  return edit ? [{ ...FIX_ALL_ACTION, edit }] : [];
}

const FIX_ALL_ACTION = { title: 'Readiness: Fix everything that can be fixed safely', kind: FIX_ALL_KIND };

function canFixAll({ published }: ActionContext): boolean {
  return published.findings.some(({ finding }) => finding.fix === 'safe');
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
