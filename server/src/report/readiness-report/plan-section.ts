import { code, heading, paragraph, text, type Block, type Line, type ListItem } from '../document/document.ts';
import type { ReportedFinding } from '../review.ts';
import { byFile } from './groups.ts';
import type { PlanStep } from './plan.ts';
import { counted } from './wording.ts';

/** The plan: what to do in which order, how, and when it is done. */
export function planSection(steps: readonly PlanStep[]): readonly Block[] {
  const title = heading(2, text('Plan'));
  if (steps.length === 0) return [title, paragraph(text('There is nothing to do.'))];
  return [
    title,
    paragraph(
      text('Small steps in the order of risk, each one a change that can be reviewed by itself. '),
      text('Lines are those of today; the tests have to pass after each step.'),
    ),
    { kind: 'list', ordered: true, items: steps.map(stepItem) },
  ];
}

/** What the step is called, in the plan and on the checklist. */
export function stepTitle(step: PlanStep): Line {
  const { rule, parts, part, findings } = step;
  const which = parts === 1 ? '' : `, part ${part} of ${parts}`;
  return [text(`${rule.title}: ${counted(findings.length, 'place')}${which} (`), code(rule.id), text(')')];
}

/** `shop/orders.py` line 3, lines 7 and 9; one item for each file. */
export function fileItems(findings: readonly ReportedFinding[]): readonly (readonly [string, string])[] {
  return [...byFile(findings)].map(([path, own]) => {
    const lines = [...new Set(own.map(({ start }) => start.line + 1))];
    return [path, `${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}`] as const;
  });
}

function stepItem(step: PlanStep): ListItem {
  return {
    content: [
      { kind: 'priority', priority: step.priority },
      text(' '),
      ...stepTitle(step),
      ...(step.isBlocking ? [text(', in the way of the level')] : []),
    ],
    items: [{ content: howTo(step) }, whereItem(step), { content: doneWhen(step) }],
  };
}

function howTo({ way, rule, findings }: PlanStep): Line {
  const isOne = findings.length === 1;
  switch (way) {
    case 'safe':
      return [
        text('How: '),
        code(`readiness check --rule ${rule.id} --fix`),
        text(` mends ${isOne ? 'it' : 'them'}; read the diff.`),
      ];
    case 'suggested':
      return [
        text('How: '),
        code(`readiness check --rule ${rule.id} --fix-suggested --diff`),
        text(` shows a change ${isOne ? 'to look through' : 'for each; decide place by place'}.`),
      ];
    case 'hand':
      return [text('How: by hand; '), code(`readiness explain ${rule.id}`), text(' shows good and bad examples.')];
  }
}

function whereItem({ findings }: PlanStep): ListItem {
  const files = fileItems(findings).map(([path, lines]) => [code(path), text(`, ${lines}`)]);
  const [first, ...others] = files;
  if (first && others.length === 0) return { content: [text('Where: '), ...first] };
  return { content: [text('Where:')], items: files.map(content => ({ content })) };
}

function doneWhen({ rule, findings }: PlanStep): Line {
  const places = findings.length === 1 ? 'this place' : 'these places';
  return [text('Done when: '), code(`readiness check --rule ${rule.id}`), text(` no longer names ${places}.`)];
}
