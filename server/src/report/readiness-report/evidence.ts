import type { RuleOutcome } from '../../core/outcome.ts';
import {
  code,
  fromMessage,
  heading,
  list,
  paragraph,
  text,
  type Block,
  type Line,
  type ListItem,
} from '../document/document.ts';
import type { ReportModel } from '../report-model.ts';
import type { ReportedAcceptance } from '../review.ts';
import { counted } from './wording.ts';

/** What is in order, what was accepted and why, and what this report can't speak of. */
export function evidenceSection(model: ReportModel): readonly Block[] {
  const parts = [passedBlocks(model), acceptedBlocks(model), unmeasuredBlocks(model), inapplicableBlocks(model)].flat();
  return parts.length === 0 ? [] : [heading(2, text('Evidence')), ...parts];
}

function passedBlocks(model: ReportModel): readonly Block[] {
  const rows = model.review.outcomes.flatMap((outcome): readonly (readonly Line[])[] => {
    if (outcome.kind !== 'passed') return [];
    return [[[text(titleOf(outcome, model))], [code(outcome.ruleId)], [text(String(outcome.examined))]]];
  });
  if (rows.length === 0) return [];
  const columns = [{ title: 'Check' }, { title: 'Rule' }, { title: 'Places, all of which pass', numeric: true }];
  return [heading(3, text('In order')), { kind: 'table', columns, rows }];
}

function acceptedBlocks({ review: { accepted } }: ReportModel): readonly Block[] {
  if (accepted.length === 0) return [];
  return [
    heading(3, text('Accepted')),
    paragraph(text('Somebody decided to live with these. They count as findings for the score and the level.')),
    ...list(accepted.map(acceptedItem)),
  ];
}

function acceptedItem({ reported, reason, by }: ReportedAcceptance): ListItem {
  const { path, start, finding } = reported;
  const where = by === 'baseline' ? 'in the baseline' : `by the comment in line ${by.start.line + 1}`;
  return {
    content: [
      code(`${path}:${start.line + 1}`),
      text(' '),
      code(finding.ruleId),
      text(`, ${where}: ${reason ?? 'no reason given'}`),
    ],
  };
}

function unmeasuredBlocks(model: ReportModel): readonly Block[] {
  const { outcomes, notMeasured, failures, problems } = model.review;
  const items: ListItem[] = [
    ...outcomes.flatMap(outcome => (outcome.kind === 'notMeasured' ? [ruleItem(outcome, outcome.reason, model)] : [])),
    ...notMeasured.map(({ path, reason }) => ({ content: [code(path), text(': '), ...fromMessage(reason)] })),
    ...failures.map(({ ruleId, path, message }) => {
      return { content: [code(ruleId), text(` failed${path === '' ? '' : ` in ${path}`}: ${message}`)] };
    }),
    ...problems.map(({ path, start, message }) => {
      return { content: [code(`${path}:${start.line + 1}`), text(': '), ...fromMessage(message)] };
    }),
  ];
  if (items.length === 0) return [];
  return [heading(3, text('Not measured')), paragraph(text('The score says nothing about these.')), ...list(items)];
}

function inapplicableBlocks(model: ReportModel): readonly Block[] {
  const items = model.review.outcomes.flatMap(outcome => {
    return outcome.kind === 'notApplicable' ? [ruleItem(outcome, outcome.reason, model)] : [];
  });
  if (items.length === 0) return [];
  return [
    heading(3, text('Not applicable')),
    paragraph(text(`${counted(items.length, 'check')} found nothing to look at.`)),
    ...list(items),
  ];
}

function ruleItem(outcome: RuleOutcome, reason: string, model: ReportModel): ListItem {
  return { content: [text(`${titleOf(outcome, model)} (`), code(outcome.ruleId), text('): '), ...fromMessage(reason)] };
}

function titleOf({ ruleId }: RuleOutcome, { rules }: ReportModel): string {
  return rules.find(({ id }) => id === ruleId)?.title ?? ruleId;
}
