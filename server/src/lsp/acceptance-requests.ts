import type { Finding } from '../core/finding.ts';
import {
  ACCEPT_REQUEST,
  ACCEPT_RULE_REQUEST,
  PRUNE_BASELINE_REQUEST,
  UNACCEPT_REQUEST,
  type AcceptParams,
} from '../protocol/acceptance.ts';
import { acceptFindings, pruneBaseline, unacceptFinding } from './change-baseline.ts';
import { findNamed } from './find-named.ts';
import { publishedFile } from './published-file.ts';
import type { AnswerRequest } from './answer-request.ts';
import type { ServerContext } from './server-context.ts';
import type { WorkspaceRoot } from './workspace-root.ts';

/** Answers the requests that accept findings, and those that take that back. */
export function registerAcceptance(context: ServerContext, answer: AnswerRequest): void {
  const { roots } = context;
  answer(ACCEPT_REQUEST, 'accept the finding', params => accept(params, context));
  answer(ACCEPT_RULE_REQUEST, 'accept the findings', async ({ root, ruleId, reason }) => {
    const owner = roots.byUri(root);
    const findings = owner ? activeFindings(owner).filter(finding => finding.ruleId === ruleId) : [];
    if (owner) await acceptFindings(owner, findings, reason);
    return findings.length;
  });
  answer(UNACCEPT_REQUEST, 'take the finding back', async ({ root, fingerprint }) => {
    const owner = roots.byUri(root);
    return owner ? unacceptFinding(owner, fingerprint) : false;
  });
  answer(PRUNE_BASELINE_REQUEST, 'prune the baseline', async ({ root }) => {
    const owner = roots.byUri(root);
    return owner ? pruneBaseline(owner) : 0;
  });
}

async function accept(params: AcceptParams, context: ServerContext): Promise<boolean> {
  const file = await publishedFile(context, params.uri);
  const located = file && findNamed(params, file.published);
  if (!located) return false;
  await acceptFindings(file.root, [located.finding], params.reason);
  return true;
}

function activeFindings({ publisher }: WorkspaceRoot): readonly Finding[] {
  return [...publisher.files()].flatMap(({ findings }) => findings.map(({ finding }) => finding));
}
