import type { Aspect, FindingRow, Priority, RootModel, RuleRow } from '../../../server/src/protocol/model.ts';
import { t } from '../l10n.ts';
import { byImportance, findingNodes, type Pages } from './finding-nodes.ts';
import { aspectIcon, ICONS, priorityIcon } from './icons.ts';
import type { Grouping } from './options.ts';
import type { PanelNode } from './panel-node.ts';
import { aspectName, findingsInWords, outcomeInWords, plainText, priorityName } from './wording.ts';

/** What groups are made of. */
export interface GroupRequest {
  readonly model: RootModel;
  /** Those that the filter lets through. */
  readonly findings: readonly FindingRow[];
  /** Whether that are all of them; then an aspect without findings is shown too, with its score. */
  readonly complete: boolean;
  readonly pages: Pages;
}

/** The findings of a root in groups, the group with the most important finding first. */
export function groupNodes(grouping: Grouping, request: GroupRequest): PanelNode[] {
  switch (grouping) {
    case 'aspect':
      return aspectNodes(request);
    case 'file':
      return fileNodes(request);
    case 'priority':
      return priorityNodes(request);
    case 'rule':
      return ruleNodes(request, request.findings, request.model.uri);
  }
}

/** In the order of the scorecard, whatever their findings: a scorecard that jumps about can't be read. */
function aspectNodes(request: GroupRequest): PanelNode[] {
  const { model, findings, complete } = request;
  const byAspect = grouped(findings, ({ aspect }) => aspect);
  const scores = new Map(model.score?.aspects.map(({ aspect, score }) => [aspect, score]));
  const shown = [...new Set(model.rules.map(({ aspect }) => aspect))].filter(
    aspect => byAspect.has(aspect) || (complete && scores.get(aspect) !== undefined),
  );
  return shown.map(aspect => aspectNode(request, aspect, scores.get(aspect), byAspect.get(aspect) ?? []));
}

function aspectNode(
  request: GroupRequest,
  aspect: Aspect,
  score: number | undefined,
  findings: readonly FindingRow[],
): PanelNode {
  const id = `${request.model.uri}|aspect|${aspect}`;
  const parts = [
    ...(score === undefined ? [] : [String(Math.round(score))]),
    findings.length === 0 ? t('no findings') : findingsInWords(findings.length),
  ];
  return {
    id,
    label: aspectName(aspect),
    description: parts.join(' · '),
    icon: findings.length === 0 ? ICONS.passed : aspectIcon(aspect),
    context: 'aspect',
    expanded: hasNew(findings),
    spoken:
      score === undefined
        ? `${aspectName(aspect)}, ${findingsInWords(findings.length)}`
        : t('{0}, score {1} of 100, {2}', aspectName(aspect), Math.round(score), findingsInWords(findings.length)),
    children: ruleNodes(request, findings, id),
  };
}

function ruleNodes({ model, pages }: GroupRequest, findings: readonly FindingRow[], parent: string): PanelNode[] {
  const rules = new Map(model.rules.map(rule => [rule.ruleId, rule]));
  return inOrder(grouped(findings, ({ ruleId }) => ruleId)).map(([ruleId, rows]) => {
    const id = `${parent}|rule|${ruleId}`;
    return ruleNode(id, model.uri, ruleId, rules.get(ruleId), rows, findingNodes(model.uri, id, rows, pages));
  });
}

function ruleNode(
  id: string,
  root: string,
  ruleId: string,
  rule: RuleRow | undefined,
  rows: readonly FindingRow[],
  children: readonly PanelNode[],
): PanelNode {
  const title = rule?.title ?? ruleId;
  const priority = rows[0]?.priority ?? 'low';
  const outcome = rule ? outcomeInWords(rule.outcome) : '';
  const description = [findingsInWords(rows.length), outcome].filter(part => part !== '').join(' · ');
  const fixable = rows.some(({ fix }) => fix !== undefined);
  return {
    id,
    label: title,
    description,
    tooltip: `**${title}**  \n\`${ruleId}\` · ${priorityName(priority)}\n\n${description}`,
    icon: priorityIcon(priority),
    context: fixable ? 'rule.failed.fixable' : 'rule.failed',
    expanded: hasNew(rows),
    spoken: t('{0}, {1} priority, {2}', title, priorityName(priority), description),
    subject: { kind: 'rule', root, ruleId },
    children,
  };
}

function fileNodes({ model, findings, pages }: GroupRequest): PanelNode[] {
  const titles = new Map(model.rules.map(({ ruleId, title }) => [ruleId, title]));
  return inOrder(grouped(findings, ({ path }) => path)).map(([path, rows]) => {
    const id = `${model.uri}|file|${path}`;
    const [name, folder] = [path.split('/').at(-1) ?? path, path.split('/').slice(0, -1).join('/')];
    const uri = rows[0]?.uri ?? '';
    return {
      id,
      label: name,
      description: [folder, findingsInWords(rows.length)].filter(part => part !== '').join(' · '),
      tooltip: `${plainText(path)}\n\n${findingsInWords(rows.length)}`,
      icon: ICONS.file,
      resource: uri,
      context: 'file',
      expanded: hasNew(rows),
      spoken: `${path}, ${findingsInWords(rows.length)}`,
      subject: { kind: 'file', uri },
      children: findingNodes(model.uri, id, rows, pages, ({ ruleId, range }) =>
        t('{0}, line {1}', titles.get(ruleId) ?? ruleId, range.start.line + 1),
      ),
    };
  });
}

function priorityNodes(request: GroupRequest): PanelNode[] {
  const { model, findings } = request;
  return inOrder(grouped(findings, ({ priority }) => priority)).map(([priority, rows]) => {
    const id = `${model.uri}|priority|${priority}`;
    const label = capitalised(priorityName(priority));
    return {
      id,
      label,
      description: findingsInWords(rows.length),
      icon: priorityIcon(priority),
      context: 'priority',
      expanded: isUrgent(priority) || hasNew(rows),
      spoken: t('{0} priority, {1}', label, findingsInWords(rows.length)),
      children: ruleNodes(request, rows, id),
    };
  });
}

/** Groups with their rows in order of importance, the group with the most important row first. */
function inOrder<Key>(groups: ReadonlyMap<Key, readonly FindingRow[]>): (readonly [Key, readonly FindingRow[]])[] {
  return [...groups]
    .map(([key, rows]) => [key, [...rows].sort(byImportance)] as const)
    .sort(([, left], [, right]) => {
      const [first, second] = [left[0], right[0]];
      return first && second ? byImportance(first, second) : 0;
    });
}

function grouped<Key>(findings: readonly FindingRow[], keyOf: (finding: FindingRow) => Key): Map<Key, FindingRow[]> {
  const groups = new Map<Key, FindingRow[]>();
  for (const finding of findings) {
    const group = groups.get(keyOf(finding));
    if (group) group.push(finding);
    else groups.set(keyOf(finding), [finding]);
  }
  return groups;
}

function hasNew(findings: readonly FindingRow[]): boolean {
  return findings.some(({ isNew }) => isNew);
}

function isUrgent(priority: Priority): boolean {
  return priority === 'critical' || priority === 'high';
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
