import {
  code,
  heading,
  list,
  paragraph,
  strong,
  text,
  type Block,
  type Figure,
  type ListItem,
} from '../document/document.ts';
import { describeCoverage } from '../../engine/explain-score.ts';
import type { ReportModel } from '../report-model.ts';
import type { Review } from '../review.ts';
import { countsByPriority, type RuleGroup } from './groups.ts';
import { capital, counted, joined } from './wording.ts';

/** Most risks that the summary names: the rest stands below. */
const MOST_RISKS = 5;

/** What a reader must know who reads nothing else. */
export function summarySection(model: ReportModel, groups: readonly RuleGroup[]): readonly Block[] {
  const { review } = model;
  return [
    heading(2, text('Executive summary')),
    paragraph(strong(verdict(model)), text(` ${describeBlocking(review)}`)),
    { kind: 'figures', figures: figuresOf(review) },
    ...riskBlocks(groups),
    paragraph(text(describeFixes(review))),
  ];
}

/** The answer to "is it ready?" in one sentence. */
export function verdict({ subject, review }: Pick<ReportModel, 'subject' | 'review'>): string {
  const { value, wanted, blocking } = review.score;
  if (value === undefined) return `Nothing in ${subject} could be measured.`;
  if (blocking.length > 0) return `${subject} does not reach the level ${wanted}, which its tier asks for.`;
  return `${subject} reaches the level ${wanted}, which its tier asks for.`;
}

function describeBlocking({ score, findings }: Review): string {
  const { blocking, value } = score;
  if (value === undefined) return 'This report says nothing about its readiness.';
  if (blocking.length > 0) {
    return `${capital(counted(blocking.length, 'check'))} ${blocking.length === 1 ? 'stands' : 'stand'} in the way.`;
  }
  return findings.length === 0
    ? 'No check found anything that is open.'
    : `${capital(counted(findings.length, 'finding'))} beyond that level ${findings.length === 1 ? 'is' : 'are'} open.`;
}

function figuresOf(review: Review): readonly Figure[] {
  const { score, findings, accepted, files } = review;
  const counts = countsByPriority(review).map(([priority, count]) => `${count} ${priority}`);
  return [
    {
      label: 'Level reached',
      value: capital(score.level ?? 'none'),
      note: `asked for: ${score.wanted}`,
    },
    {
      label: 'Score',
      value: score.value === undefined ? 'none' : `${score.value} of 100`,
      note: describeCoverage(score),
    },
    { label: 'Open findings', value: String(findings.length), note: joined(counts) },
    {
      label: 'Accepted findings',
      value: String(accepted.length),
      note: accepted.length === 0 ? '' : 'they do not raise the score',
    },
    {
      label: 'Files reviewed',
      value: String(files),
      note: review.notMeasured.length === 0 ? '' : `${review.notMeasured.length} could not be measured`,
    },
  ];
}

function riskBlocks(groups: readonly RuleGroup[]): readonly Block[] {
  if (groups.length === 0) return [];
  const rest = groups.length - MOST_RISKS;
  return [
    paragraph(text('What weighs most:')),
    ...list(groups.slice(0, MOST_RISKS).map(riskItem)),
    ...(rest > 0
      ? [
          paragraph(
            text(`${capital(counted(rest, 'further group'))} of findings ${rest === 1 ? 'stands' : 'stand'} below.`),
          ),
        ]
      : []),
  ];
}

function riskItem({ rule, priority, findings, isBlocking }: RuleGroup): ListItem {
  const places = `, ${counted(findings.length, 'place')} (`;
  const blocks = isBlocking ? '), in the way of the level' : ')';
  return { content: [{ kind: 'priority', priority }, text(` ${rule.title}${places}`), code(rule.id), text(blocks)] };
}

function describeFixes({ findings }: Review): string {
  if (findings.length === 0) return '';
  const safe = findings.filter(({ finding }) => finding.fix === 'safe').length;
  const suggested = findings.filter(({ finding }) => finding.fix === 'suggested').length;
  const byHand = findings.length - safe - suggested;
  const parts = [
    ...(safe > 0 ? [`${safe} can be mended by a safe fix`] : []),
    ...(suggested > 0 ? [`${suggested} by a fix that wants a person's look`] : []),
    ...(byHand > 0 ? [`${byHand} by hand`] : []),
  ];
  return `Of the ${counted(findings.length, 'finding')}, ${joined(parts)}.`;
}
