import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { explainScore } from '../engine/explain-score.ts';
import type { Session } from '../engine/session.ts';
import { collectReview } from '../report/collect-review.ts';
import { problemLines, toProblems } from './finding-answer.ts';
import { SCORE_INPUT } from './inputs.ts';
import { SCORE_OUTPUT, type ScoreAnswer } from './outputs.ts';
import { patienceOf, READ_ONLY, resultOf, type Answer, type ToolContext } from './tool-context.ts';

const NO_FINDINGS = { isSelected: () => false, isWanted: () => false };

/** Adds the tool that shows the score with its arithmetic. */
export function registerScore(server: McpServer, context: ToolContext): void {
  server.registerTool(
    'score',
    {
      title: 'Show the score',
      description:
        'Shows how ready the service is for production: the level reached and the rules in the way of the wanted one, ' +
        'and the score from 0 to 100 with its arithmetic, rule by rule.',
      inputSchema: SCORE_INPUT,
      outputSchema: SCORE_OUTPUT,
      annotations: READ_ONLY,
    },
    (_, call) => {
      const answer = context.review.ask(patienceOf(call, context), session => showScore(session, context));
      return resultOf(answer, context);
    },
  );
}

async function showScore(session: Session, { names, createPlaces }: ToolContext): Promise<Answer> {
  const { score, counts } = session.readiness();
  const problems = toProblems(await collectReview(session, NO_FINDINGS, names.rules, createPlaces()));
  const { value, measured, total, files, level, wanted, blocking, aspects } = score;
  const structured: ScoreAnswer = {
    root: session.root,
    value: value ?? null,
    level: level ?? null,
    wanted,
    checks: { measured, total },
    files: { measured: files.measured, total: files.total },
    counts: { ...counts },
    blocking: blocking.map(({ ruleId, level: kept, findings }) => ({ rule: ruleId, level: kept, findings })),
    aspects: aspects.map(({ aspect, score: share, terms }) => ({
      aspect,
      score: share ?? null,
      terms: terms.map(({ ruleId, weight, passed, examined }) => ({ rule: ruleId, weight, passed, examined })),
    })),
    problems,
  };
  return { text: [...explainScore(score), ...problemLines(problems)].join('\n'), structured };
}
