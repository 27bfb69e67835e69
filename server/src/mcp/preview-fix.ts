import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { join } from 'node:path';
import type { Session } from '../engine/session.ts';
import { collectReview } from '../report/collect-review.ts';
import { CONCEALED } from '../report/excerpt.ts';
import type { ReportedFinding } from '../report/review.ts';
import { secretlessDiff } from '../report/secretless-diff.ts';
import { findingText, toFindingAnswer } from './finding-answer.ts';
import { InputError } from './input-error.ts';
import { PREVIEW_FIX_INPUT } from './inputs.ts';
import { PREVIEW_FIX_OUTPUT, type PreviewFixAnswer } from './outputs.ts';
import { patienceOf, READ_ONLY, resultOf, type Answer, type ToolContext } from './tool-context.ts';

/** Adds the tool that shows what the fixes of a finding would change. */
export function registerPreviewFix(server: McpServer, context: ToolContext): void {
  server.registerTool(
    'preview_fix',
    {
      title: 'Preview a fix',
      description:
        'Shows what the fixes of one finding would change, as unified diffs; nothing is written. A safe fix keeps the ' +
        'behaviour but for the defect, a suggested one needs a look. Without a fix, the code has to be mended by hand: ' +
        `explain_rule says how. ${CONCEALED} stands for a secret.`,
      inputSchema: PREVIEW_FIX_INPUT,
      outputSchema: PREVIEW_FIX_OUTPUT,
      annotations: READ_ONLY,
    },
    ({ fingerprint, line }, call) => {
      const answer = context.review.ask(patienceOf(call, context), async session => {
        const named = await findNamed(session, fingerprint, line, context);
        return previewFixes(session, named, context);
      });
      return resultOf(answer, context);
    },
  );
}

/** @throws InputError when no finding, or more than one, is named */
async function findNamed(
  session: Session,
  fingerprint: string,
  line: number | undefined,
  { names, createPlaces }: ToolContext,
): Promise<ReportedFinding> {
  const scope = {
    isSelected: () => true,
    isWanted: (finding: { readonly fingerprint: string }) => finding.fingerprint === fingerprint,
  };
  const { findings, accepted } = await collectReview(session, scope, names.rules, createPlaces());
  const fitting = findings.filter(({ start }) => line === undefined || start.line + 1 === line);
  const [found, another] = fitting;
  const lines = findings.map(({ start }) => start.line + 1).join(', ');
  // Two on one line are the same code twice, and so is their fix.
  if (found && (!another || line !== undefined)) return found;
  if (found) throw new InputError(`Several findings have the fingerprint ${fingerprint}; pass a line: ${lines}.`);
  if (findings.length > 0) throw new InputError(`The finding ${fingerprint} is not in line ${line}, but in: ${lines}.`);
  const why = accepted.length > 0 ? 'It is accepted, by a comment or the baseline.' : 'It may be mended already.';
  throw new InputError(`There is no open finding with the fingerprint ${fingerprint}. ${why}`);
}

async function previewFixes(
  session: Session,
  reported: ReportedFinding,
  { names, readText }: ToolContext,
): Promise<Answer> {
  const fixes = await session.fixes(reported.finding);
  const structured: PreviewFixAnswer = { finding: toFindingAnswer(reported), fixes: [] };
  for (const fix of fixes) {
    const diff = await secretlessDiff(fix.edits, session, names.rules, path => readText(join(session.root, path)));
    structured.fixes.push({ title: fix.title, applicability: fix.applicability, diff });
  }
  return { text: textOf(structured), structured };
}

function textOf({ finding, fixes }: PreviewFixAnswer): string {
  const shown = fixes.map(({ title, applicability, diff }) => `${title} (${applicability} fix):\n\n${diff.trimEnd()}`);
  const none = ['Readiness has no fix for it; mend it by hand.'];
  return [findingText(finding), ...(shown.length === 0 ? none : shown)].join('\n\n');
}
