import { NEVER_CANCELLED } from '../core/cancellation.ts';
import type { Fix } from '../core/fix.ts';
import {
  FIX_REQUEST,
  FIX_RULE_REQUEST,
  PREVIEW_FIX_REQUEST,
  type FixParams,
  type FixPreview,
  type FixRuleParams,
} from '../protocol/fixing.ts';
import type { FindingName } from '../protocol/names.ts';
import { secretlessDiff } from '../report/secretless-diff.ts';
import { findNamed } from './find-named.ts';
import { fixRuleEverywhere } from './fix-rule-everywhere.ts';
import type { AnswerRequest } from './answer-request.ts';
import { publishedFile, type KnownFile } from './published-file.ts';
import type { ServerContext } from './server-context.ts';
import { toWorkspaceEdit } from './workspace-edits.ts';

/** Answers the requests that fix findings without a lightbulb. */
export function registerFixing(context: ServerContext, answer: AnswerRequest): void {
  answer(FIX_REQUEST, 'fix the finding', params => fix(params, context));
  answer(FIX_RULE_REQUEST, 'fix the findings', params => fixRule(params, context));
  answer(PREVIEW_FIX_REQUEST, 'work out the fix', async params => {
    const found = await preferredFix(params, context);
    return found ? previewOf(found.fix, found.file, context) : null;
  });
}

async function fix(params: FixParams, context: ServerContext): Promise<boolean> {
  const found = await preferredFix(params, context);
  if (!found) return false;
  const { title, edits, applicability } = found.fix;
  const reachesFurther = edits.some(({ path }) => path !== found.file.published.path);
  const note = { label: title, needsConfirmation: params.preview || (applicability === 'suggested' && reachesFurther) };
  const edit = await toWorkspaceEdit(edits, found.file.root.options.texts, context.features, note);
  if (!edit) return false;
  const { applied } = await context.connection.workspace.applyEdit({ label: title, edit });
  return applied;
}

async function fixRule({ root, ruleId, preview }: FixRuleParams, context: ServerContext): Promise<number> {
  const owner = context.roots.byUri(root);
  if (!owner) return 0;
  const { files, suggested } = await fixRuleEverywhere(owner, ruleId, NEVER_CANCELLED);
  const label = `Fix all ${ruleId}`;
  const note = { label, needsConfirmation: preview || suggested };
  const edit = await toWorkspaceEdit(files, owner.options.texts, context.features, note);
  if (!edit || files.length === 0) return 0;
  const { applied } = await context.connection.workspace.applyEdit({ label, edit });
  return applied ? files.length : 0;
}

async function preferredFix(
  name: FindingName,
  context: ServerContext,
): Promise<{ readonly fix: Fix; readonly file: KnownFile } | undefined> {
  const file = await publishedFile(context, name.uri);
  const located = file && findNamed(name, file.published);
  if (!file || !located) return undefined;
  const [preferred] = await file.session.fixes(located.finding);
  return preferred && { fix: preferred, file };
}

/** What a language model and the user, who is asked whether it may be applied, get to see. */
async function previewOf(
  { title, applicability, edits }: Fix,
  { root, session }: KnownFile,
  { pages }: ServerContext,
): Promise<FixPreview> {
  const diff = await secretlessDiff(edits, session, [...pages.all()], path => root.options.texts.text(path));
  return { title, applicability, diff };
}
