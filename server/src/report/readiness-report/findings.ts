import { PRIORITIES, type Applicability } from '../../core/finding.ts';
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
import { pageSummary } from '../page-summary.ts';
import type { ReportModel } from '../report-model.ts';
import type { Place, ReportedFinding } from '../review.ts';
import type { RuleGroup } from './groups.ts';
import { capital, counted } from './wording.ts';

/** Every open finding with its place and its way out, by priority and rule. */
export function findingsSection(model: ReportModel, groups: readonly RuleGroup[]): readonly Block[] {
  const title = heading(2, text('Findings by priority'));
  if (groups.length === 0) return [title, paragraph(text('There is no open finding.'))];
  const blocks = PRIORITIES.flatMap(priority => {
    const own = groups.filter(group => group.priority === priority);
    if (own.length === 0) return [];
    const count = own.reduce((sum, { findings }) => sum + findings.length, 0);
    return [
      heading(3, text(`${capital(priority)} priority: ${counted(count, 'finding')}`)),
      ...own.flatMap(group => groupBlocks(group, model)),
    ];
  });
  return [title, ...blocks];
}

function groupBlocks({ rule, findings }: RuleGroup, { pageOf }: ReportModel): readonly Block[] {
  const why = pageSummary(pageOf(rule.id) ?? '');
  return [
    heading(4, text(`${rule.title} (`), code(rule.id), text(')')),
    ...(why === '' ? [] : [paragraph(...fromMessage(why))]),
    ...list(findings.map(findingItem)),
  ];
}

function findingItem(reported: ReportedFinding): ListItem {
  const { finding, related } = reported;
  const grade = finding.fix === undefined ? '' : ` ${FIX_WORDS[finding.fix]}`;
  return {
    content: [placeOf(reported), text(': '), ...fromMessage(finding.message), text(grade)],
    items: related.map(place => ({ content: [placeOf(place), text(': '), ...fromMessage(place.message)] })),
  };
}

const FIX_WORDS: Readonly<Record<Applicability, string>> = {
  safe: 'There is a safe fix.',
  suggested: 'There is a fix to look through.',
};

/** `shop/orders.py:12`, with a 1-based line. */
function placeOf({ path, start }: Place): Line[number] {
  return code(`${path}:${start.line + 1}`);
}
