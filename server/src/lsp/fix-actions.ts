import { CodeActionKind, type CodeAction, type Range } from './protocol-library.ts';
import type { CancellationToken } from '../core/cancellation.ts';
import { mayBeFixed } from '../core/finding.ts';
import { LineIndex } from '../core/text.ts';
import { withEdit, type ActionContext } from './deferred-edit.ts';
import { fixableFiles } from './fix-rule-everywhere.ts';
import type { LocatedFinding } from './publish-diagnostics.ts';
import { withPlaceholder } from './snippet-edits.ts';
import { toWorkspaceEdit } from './workspace-edits.ts';

/** Fixes of one finding; where none can be built although the place looked as if, the reason for somebody who asks. */
export async function fixActions(
  located: LocatedFinding,
  { session, texts, features }: ActionContext,
  isInvoked: boolean,
): Promise<CodeAction[]> {
  const { finding, diagnostic } = located;
  if (!mayBeFixed(finding)) return [];
  const actions: CodeAction[] = [];
  for (const [index, fix] of (await session.fixes(finding)).entries()) {
    const edit = await toWorkspaceEdit(fix.edits, texts, features);
    if (!edit) continue;
    actions.push({
      title: `Readiness: ${fix.title}`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      ...(index === 0 && fix.applicability === 'safe' && { isPreferred: true }),
      edit: fix.choice !== undefined && features.snippetEdits ? withPlaceholder(edit, fix.choice) : edit,
    });
  }
  if (actions.length > 0 || !isInvoked || !features.disabledActions) return actions;
  const reason = 'The code here is not clear enough for an edit that is sure to keep it working.';
  return [
    {
      title: `Readiness: Fix \`${finding.ruleId}\``,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      disabled: { reason },
    },
  ];
}

/** "Fix all of this rule", in the file and in the workspace, where there is more than one place to mend. */
export async function ruleActions(
  here: readonly LocatedFinding[],
  context: ActionContext,
  token: CancellationToken,
): Promise<CodeAction[]> {
  const actions: CodeAction[] = [];
  const { uri, findings } = context.published;
  for (const { finding } of here) {
    const { ruleId } = finding;
    const fixable = findings.filter(other => other.finding.ruleId === ruleId && other.finding.fix);
    const kind = CodeActionKind.QuickFix;
    const diagnostics = fixable.map(({ diagnostic }) => diagnostic);
    if (fixable.length > 1) {
      const action = { title: `Readiness: Fix all \`${ruleId}\` in this file`, kind, diagnostics };
      const deferred = { kind: 'fixRule', uri, ruleId, grade: gradeOf(fixable) } as const;
      actions.push(...(await withEdit(action, deferred, context, token)));
    }
    if (fixable.length > 0 && canFixEverywhere(ruleId, context)) {
      const action = { title: `Readiness: Fix all \`${ruleId}\` in the workspace`, kind, diagnostics };
      actions.push(...(await withEdit(action, { kind: 'fixRuleEverywhere', uri, ruleId }, context, token)));
    }
  }
  return actions;
}

/** "Fix all in the selection", where it holds more than one place to mend. */
export async function selectionActions(
  range: Range,
  here: readonly LocatedFinding[],
  context: ActionContext,
  token: CancellationToken,
): Promise<CodeAction[]> {
  const isEmpty = range.start.line === range.end.line && range.start.character === range.end.character;
  const fixable = here.filter(({ finding }) => finding.fix !== undefined);
  const text = isEmpty || fixable.length < 2 ? undefined : await context.texts.text(context.published.path);
  if (text === undefined) return [];

  const lines = new LineIndex(text);
  const within = { start: lines.offset(range.start), end: lines.offset(range.end) };
  const action = {
    title: `Readiness: Fix all ${fixable.length} findings in the selection`,
    kind: CodeActionKind.QuickFix,
    diagnostics: fixable.map(({ diagnostic }) => diagnostic),
  };
  const { uri } = context.published;
  return withEdit(action, { kind: 'fixSelection', uri, within, grade: gradeOf(fixable) }, context, token);
}

/** Many files change at once: only where the client can show that before, and work it out when it is chosen. */
function canFixEverywhere(ruleId: string, { root, features }: ActionContext): boolean {
  if (root.options.kind !== 'folder' || !features.changeAnnotations || !features.resolveEdits) return false;
  return fixableFiles(root, ruleId).length > 1;
}

function gradeOf(findings: readonly LocatedFinding[]): 'safe' | 'suggested' {
  return findings.some(({ finding }) => finding.fix === 'suggested') ? 'suggested' : 'safe';
}
