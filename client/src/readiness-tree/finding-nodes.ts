import type { FindingRow, RelatedRow } from '../../../server/src/protocol/model.ts';
import { t } from '../l10n.ts';
import { hopIcon, ICONS, priorityIcon } from './icons.ts';
import type { PanelNode } from './panel-node.ts';
import { fixInWords, plainText, priorityName } from './wording.ts';

/** Lines shown of one group, until the user asks for more. */
export const PAGE = 200;

const PRIORITY_ORDER = ['critical', 'high', 'medium', 'low'];

/** How many lines of a group the user wants; by the group's id. */
export type Pages = ReadonlyMap<string, number>;

/** What matters first: urgent before minor, new before old, then by place. */
export function byImportance(left: FindingRow, right: FindingRow): number {
  return (
    PRIORITY_ORDER.indexOf(left.priority) - PRIORITY_ORDER.indexOf(right.priority) ||
    Number(right.isNew) - Number(left.isNew) ||
    comparePaths(left.path, right.path) ||
    left.range.start.line - right.range.start.line
  );
}

/** Lines for the findings of a group, what matters first, with one line for those that are too many. */
export function findingNodes(
  root: string,
  group: string,
  findings: readonly FindingRow[],
  pages: Pages,
  label: (finding: FindingRow) => string = placeOf,
): PanelNode[] {
  const limit = pages.get(group) ?? PAGE;
  const sorted = [...findings].sort(byImportance);
  const nodes = sorted.slice(0, limit).map(finding => findingNode(root, group, finding, label(finding)));
  return sorted.length > limit ? [...nodes, moreNode(group, sorted.length - limit)] : nodes;
}

/** `orders.py:12`, with a 1-based line. */
export function placeOf({ path, range }: Pick<FindingRow, 'path' | 'range'>): string {
  return `${path.split('/').at(-1) ?? path}:${range.start.line + 1}`;
}

function findingNode(root: string, group: string, finding: FindingRow, label: string): PanelNode {
  const { path, range, message, priority, fix, uri, related, isNew, ruleId } = finding;
  const line = range.start.line + 1;
  const facts = [priorityName(priority), fixInWords(fix), isNew ? t('new') : ''].filter(fact => fact !== '');
  const id = `${group}|${ruleId}|${finding.id}`;
  return {
    id,
    label,
    description: `${isNew ? `${t('new')} · ` : ''}${plainText(message)}`,
    tooltip: `${message}\n\n${path}:${line} · \`${ruleId}\` · ${facts.join(' · ')}`,
    icon: priorityIcon(priority),
    context: fix === undefined ? 'finding' : 'finding.fixable',
    click: { kind: 'open', uri, range },
    spoken: [
      t('{0} {1}, line {2}, {3} priority', plainText(message), path, line, priorityName(priority)),
      ...facts.slice(1),
      ...(related.length > 0 ? [t('{0} related places', related.length)] : []),
    ].join(', '),
    subject: { kind: 'finding', root, finding },
    children: related.map((hop, index) => hopNode(`${id}|${index}`, hop, index, related.length)),
  };
}

/** A step of the chain that explains a finding. */
function hopNode(id: string, { uri, path, range, message }: RelatedRow, index: number, total: number): PanelNode {
  const place = placeOf({ path, range });
  return {
    id,
    label: place,
    description: plainText(message),
    tooltip: `${message}\n\n${path}:${range.start.line + 1}`,
    icon: hopIcon(index === total - 1),
    context: 'hop',
    click: { kind: 'open', uri, range },
    spoken: t('Step {0} of {1}: {2} {3}, line {4}', index + 1, total, plainText(message), path, range.start.line + 1),
    subject: { kind: 'file', uri },
    children: [],
  };
}

function moreNode(group: string, hidden: number): PanelNode {
  return {
    id: `${group}|more`,
    label: t('+ {0} more', hidden),
    icon: ICONS.more,
    click: { kind: 'run', title: t('Show more'), command: 'readiness.showMore', arguments: [group] },
    spoken: t('{0} more findings. Press Enter to show more of them', hidden),
    children: [],
  };
}

function comparePaths(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
