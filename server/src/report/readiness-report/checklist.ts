import { code, heading, paragraph, text, type Block, type ListItem } from '../document/document.ts';
import type { ReportModel } from '../report-model.ts';
import { fileItems, stepTitle } from './plan-section.ts';
import type { PlanStep } from './plan.ts';

/** The plan as boxes to tick, for an issue tracker. */
export function checklistSection(model: ReportModel, steps: readonly PlanStep[]): readonly Block[] {
  return [
    heading(2, text('Tracking checklist')),
    paragraph(text('For an issue tracker: paste this list as Markdown, and tick as you go.')),
    { kind: 'source', items: [...steps.map(stepItem), ...closingItems(model)] },
  ];
}

function stepItem(step: PlanStep): ListItem {
  return {
    content: [{ kind: 'priority', priority: step.priority }, text(' '), ...stepTitle(step)],
    done: false,
    items: fileItems(step.findings).map(([path, lines]) => ({
      content: [code(path), text(`, ${lines}`)],
      done: false,
    })),
  };
}

/** What is to be done once all steps are. */
function closingItems({ review: { score, accepted, notMeasured, failures } }: ReportModel): readonly ListItem[] {
  const looks = [
    ...(accepted.length > 0 ? ['Look through the reasons of the accepted findings.'] : []),
    ...(notMeasured.length > 0 ? ['Review by hand what could not be measured.'] : []),
    ...(failures.length > 0 ? ['Report the rules that failed: they are defects of Readiness.'] : []),
  ];
  return [
    ...looks.map(words => ({ content: [text(words)], done: false })),
    { content: [text(`The level ${score.wanted} is reached.`)], done: isReached(score) },
    { content: [text('Make this report again, and keep it with the decision to go live.')], done: false },
  ];
}

function isReached({ value, blocking }: ReportModel['review']['score']): boolean {
  return value !== undefined && blocking.length === 0;
}
