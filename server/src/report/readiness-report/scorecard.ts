import type { Aspect } from '../../core/rule.ts';
import type { AspectScore } from '../../engine/model.ts';
import { code, heading, paragraph, text, type Block, type Column, type Line } from '../document/document.ts';
import type { ReportModel } from '../report-model.ts';
import { capital, counted } from './wording.ts';

const COLUMNS: readonly Column[] = [
  { title: 'Aspect' },
  { title: 'Score', numeric: true },
  { title: 'Checks that pass', numeric: true },
  { title: 'Critical', numeric: true },
  { title: 'High', numeric: true },
  { title: 'Medium', numeric: true },
  { title: 'Low', numeric: true },
  { title: 'Accepted', numeric: true },
];

/** One row for each aspect, and what stands in the way of the level. */
export function scorecardSection(model: ReportModel): readonly Block[] {
  const { score } = model.review;
  return [
    heading(2, text('Scorecard')),
    { kind: 'table', columns: COLUMNS, rows: score.aspects.map(aspect => aspectRow(aspect, model)) },
    ...blockingBlocks(model),
  ];
}

function aspectRow({ aspect, score }: AspectScore, { review, rules }: ReportModel): readonly Line[] {
  const own = new Set(rules.filter(rule => rule.aspect === aspect).map(({ id }) => id));
  const outcomes = review.outcomes.filter(({ ruleId }) => own.has(ruleId));
  const counting = outcomes.filter(({ kind }) => kind !== 'notApplicable');
  const passed = outcomes.filter(({ kind }) => kind === 'passed').length;
  const count = (priority: string): Line => {
    const found = review.findings.filter(reported => isOf(aspect, reported) && reported.finding.priority === priority);
    return [text(found.length === 0 ? '–' : String(found.length))];
  };
  const accepted = review.accepted.filter(({ reported }) => isOf(aspect, reported)).length;
  return [
    [text(capital(aspect))],
    [score === undefined ? text('not measured') : { kind: 'share', value: score }],
    [text(counting.length === 0 ? 'none applies' : `${passed} of ${counting.length}`)],
    count('critical'),
    count('high'),
    count('medium'),
    count('low'),
    [text(accepted === 0 ? '–' : String(accepted))],
  ];
}

function isOf(aspect: Aspect, reported: { readonly aspect: Aspect }): boolean {
  return reported.aspect === aspect;
}

function blockingBlocks({ review: { score }, rules }: ReportModel): readonly Block[] {
  if (score.blocking.length === 0) return [];
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  const rows = score.blocking.map(({ ruleId, level, findings }): readonly Line[] => [
    [text(titles.get(ruleId) ?? ruleId)],
    [code(ruleId)],
    [text(capital(level))],
    [text(findings === 0 ? 'switched off' : String(findings))],
  ]);
  const columns = [
    { title: 'Check' },
    { title: 'Rule' },
    { title: 'Keeps from' },
    { title: 'Findings', numeric: true },
  ];
  const waiting = counted(score.blocking.length, 'check');
  return [
    heading(3, text(`In the way of the level ${score.wanted}`)),
    paragraph(
      text(
        `A level is reached when no check that it asks for has a finding, accepted ones included: ${waiting} to go.`,
      ),
    ),
    { kind: 'table', columns, rows },
  ];
}
