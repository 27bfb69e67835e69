import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { PRIORITIES, type Priority } from '../core/finding.ts';
import type { Session } from '../engine/session.ts';
import { collectReview } from '../report/collect-review.ts';
import { printable } from '../report/paint.ts';
import { byPlace, type ReportedFinding } from '../report/review.ts';
import { findingText, problemLines, toFindingAnswer, toProblems } from './finding-answer.ts';
import { InputError } from './input-error.ts';
import { LIST_FINDINGS_INPUT } from './inputs.ts';
import { LIST_FINDINGS_OUTPUT, type ListFindingsAnswer } from './outputs.ts';
import { isAtOrBelow, pathInRoot } from './path-in-root.ts';
import { patienceOf, READ_ONLY, resultOf, ruleOf, type Answer, type ToolContext } from './tool-context.ts';

/** Files without an analysis that the text names; programs get all of them. */
const NAMED_UNREAD = 10;

/** Which findings are wanted. */
interface Filters {
  /** Relative to the root; empty for all of it. */
  readonly path: string;
  readonly ruleId: string | undefined;
  readonly least: Priority;
  readonly limit: number;
}

/** Adds the tool that lists findings. */
export function registerListFindings(server: McpServer, context: ToolContext): void {
  server.registerTool(
    'list_findings',
    {
      title: 'List findings',
      description:
        'Lists what keeps the code from being ready for production, the most urgent first: missing timeouts, ' +
        'swallowed errors, blocked event loops, leaked secrets, conflicting manifests. The files are looked at as ' +
        'they are now, so call it again after an edit to see whether a finding is gone. All inputs narrow the list.',
      inputSchema: LIST_FINDINGS_INPUT,
      outputSchema: LIST_FINDINGS_OUTPUT,
      annotations: READ_ONLY,
    },
    ({ path, rule, priority, limit }, call) => {
      const answer = async (): Promise<Answer> => {
        const filters = {
          path: pathInRoot(path ?? '.', context.root),
          ruleId: rule === undefined ? undefined : ruleOf(rule, context.names).id,
          least: priority ?? 'low',
          limit,
        };
        return context.review.ask(patienceOf(call, context), (session, files) => {
          requireKnown(filters.path, path ?? '.', session, files);
          return listFindings(session, filters, context);
        });
      };
      return resultOf(answer(), context);
    },
  );
}

/** A mistyped path has no findings, which would read as if all were well. */
function requireKnown(path: string, given: string, session: Session, files: ReadonlySet<string>): void {
  const known = [...files, ...session.analyses().map(analysis => analysis.path)];
  if (path === '' || known.some(candidate => isAtOrBelow(candidate, path))) return;
  throw new InputError(`There is no such file or folder in ${session.root}, or it is ignored or excluded: ${given}`);
}

async function listFindings(session: Session, filters: Filters, context: ToolContext): Promise<Answer> {
  const { path, ruleId, least, limit } = filters;
  const review = await collectReview(
    session,
    {
      isSelected: candidate => isAtOrBelow(candidate, path),
      isWanted: finding =>
        (ruleId === undefined || finding.ruleId === ruleId) &&
        PRIORITIES.indexOf(finding.priority) <= PRIORITIES.indexOf(least),
    },
    context.names.rules,
    context.createPlaces(),
  );
  const structured = {
    root: session.root,
    total: review.findings.length,
    findings: [...review.findings].sort(byUrgency).slice(0, limit).map(toFindingAnswer),
    notMeasured: review.notMeasured.map(({ path: unread, reason }) => ({ path: unread, reason })),
    problems: toProblems(review),
  };
  return { text: textOf(structured), structured };
}

function byUrgency(left: ReportedFinding, right: ReportedFinding): number {
  const difference = PRIORITIES.indexOf(left.finding.priority) - PRIORITIES.indexOf(right.finding.priority);
  return difference === 0 ? byPlace(left, right) : difference;
}

function textOf({ total, findings, notMeasured, problems }: ListFindingsAnswer): string {
  const named = notMeasured.slice(0, NAMED_UNREAD);
  const rest = notMeasured.length - named.length;
  return [
    headline(total, findings.length),
    ...findings.map(findingText),
    ...named.map(({ path, reason }) => `Not analysed: ${printable(path)}: ${printable(reason)}`),
    ...(rest > 0 ? [`Not analysed: ${rest} more`] : []),
    ...problemLines(problems),
  ].join('\n');
}

function headline(total: number, listed: number): string {
  if (total === 0) return 'No such findings.';
  const count = `${total} finding${total === 1 ? '' : 's'}`;
  return listed === total ? `${count}:` : `${count}; the ${listed} most urgent:`;
}
