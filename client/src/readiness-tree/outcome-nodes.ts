import type { AcceptedRow, NotMeasuredRow, RootModel, RuleRow } from '../../../server/src/protocol/model.ts';
import { t } from '../l10n.ts';
import { placeOf } from './finding-nodes.ts';
import { ICONS } from './icons.ts';
import type { PanelIcon, PanelNode } from './panel-node.ts';
import {
  checksInWords,
  filesInWords,
  findingsInWords,
  isFailed,
  outcomeInWords,
  outcomeReason,
  priorityName,
} from './wording.ts';

/** What stands below the findings: accepted ones, checks that passed, that don't apply, and what was not measured. */
export function outcomeNodes(model: RootModel, accepted: readonly AcceptedRow[]): PanelNode[] {
  const silent = model.rules.filter(rule => !isFailed(rule));
  const of = (kind: RuleRow['outcome']['kind']): RuleRow[] => silent.filter(({ outcome }) => outcome.kind === kind);
  return [
    ...acceptedNodes(model, accepted),
    ...checksNodes(model, t('Passed'), 'passed', ICONS.passed, [...of('passed'), ...of('accepted')]),
    ...checksNodes(model, t('Not applicable'), 'notApplicable', ICONS.silent, of('notApplicable')),
    ...notMeasuredNodes(model, of('notMeasured')),
  ];
}

function acceptedNodes(model: RootModel, rows: readonly AcceptedRow[]): PanelNode[] {
  if (rows.length === 0) return [];
  const titles = new Map(model.rules.map(({ ruleId, title }) => [ruleId, title]));
  const id = `${model.uri}|accepted`;
  return [
    {
      id,
      label: t('Accepted'),
      description: findingsInWords(rows.length),
      tooltip: t('Findings that a comment or the baseline accepts. Accepting one never raises the score.'),
      icon: ICONS.accepted,
      spoken: t('{0} accepted by comments or the baseline', findingsInWords(rows.length)),
      children: rows.map(row => acceptedNode(`${id}|${row.id}`, model.uri, row, titles.get(row.ruleId) ?? row.ruleId)),
    },
  ];
}

function acceptedNode(id: string, root: string, row: AcceptedRow, title: string): PanelNode {
  const { path, range, reason, ruleId, uri, by } = row;
  const where = by === 'comment' ? t('by a comment') : t('by the baseline');
  const why = reason === undefined || reason === '' ? t('no reason given') : reason;
  return {
    id,
    label: placeOf(row),
    description: `${title} · ${why}`,
    tooltip: `**${title}**  \n\`${ruleId}\` · ${path}:${range.start.line + 1}\n\n${t('Accepted {0}: {1}', where, why)}`,
    icon: ICONS.accepted,
    context: `accepted.${by}`,
    click: { kind: 'open', uri, range },
    spoken: t('{0}, {1}, line {2}, accepted {3}: {4}', title, path, range.start.line + 1, where, why),
    subject: { kind: 'accepted', root, row },
    children: [],
  };
}

function checksNodes(
  model: RootModel,
  label: string,
  name: string,
  icon: PanelIcon,
  rules: readonly RuleRow[],
): PanelNode[] {
  if (rules.length === 0) return [];
  const id = `${model.uri}|${name}`;
  return [
    {
      id,
      label,
      description: checksInWords(rules.length),
      icon,
      spoken: `${label}, ${checksInWords(rules.length)}`,
      children: sorted(rules).map(rule => ruleNode(`${id}|${rule.ruleId}`, model.uri, rule, icon)),
    },
  ];
}

function notMeasuredNodes(model: RootModel, rules: readonly RuleRow[]): PanelNode[] {
  const { notMeasured: files, failures } = model;
  if (files.length + failures.length + rules.length === 0) return [];
  const id = `${model.uri}|notMeasured`;
  const parts = [
    ...(rules.length > 0 ? [checksInWords(rules.length)] : []),
    ...(files.length > 0 ? [filesInWords(files.length)] : []),
  ].join(', ');
  return [
    {
      id,
      label: t('Not measured'),
      description: parts,
      tooltip: t(
        'What could not be looked at. It lowers the coverage that stands beside the score, and never counts as passed.',
      ),
      icon: ICONS.silent,
      spoken: `${t('Not measured')}, ${parts}`,
      children: [
        ...sorted(rules).map(rule => ruleNode(`${id}|rule|${rule.ruleId}`, model.uri, rule, ICONS.silent)),
        ...failures.map(failure => failureNode(`${id}|failure|${failure.ruleId}`, model.uri, failure)),
        ...files.map(file => fileNode(`${id}|${file.path}`, file)),
      ],
    },
  ];
}

/** A rule without findings: how many places it has seen, or why it has seen none. */
function ruleNode(id: string, root: string, rule: RuleRow, icon: PanelIcon): PanelNode {
  const reason = outcomeReason(rule.outcome);
  const outcome = outcomeInWords(rule.outcome);
  const shown = reason === '' ? outcome : reason;
  return {
    id,
    label: rule.title,
    description: shown,
    tooltip: `**${rule.title}**  \n\`${rule.ruleId}\` · ${priorityName(rule.priority)}\n\n${shown}`,
    icon,
    context: 'rule',
    spoken: [rule.title, outcome, reason].filter(part => part !== '').join(', '),
    click: { kind: 'run', title: t('Open the rule’s page'), command: 'readiness.openRule', arguments: [rule.ruleId] },
    subject: { kind: 'rule', root, ruleId: rule.ruleId },
    children: [],
  };
}

function failureNode(id: string, root: string, { ruleId, path, message }: RootModel['failures'][number]): PanelNode {
  return {
    id,
    label: ruleId,
    description: t('failed in {0}', path),
    tooltip: `${t('This rule failed. That is a bug in Readiness: please report it.')}\n\n${path}: ${message}`,
    icon: ICONS.broken,
    context: 'rule',
    spoken: t('The rule {0} failed in {1}: {2}', ruleId, path, message),
    subject: { kind: 'rule', root, ruleId },
    children: [],
  };
}

function fileNode(id: string, { path, reason, uri }: NotMeasuredRow): PanelNode {
  return {
    id,
    label: path.split('/').at(-1) ?? path,
    description: reason,
    tooltip: `${path}\n\n${reason}`,
    icon: ICONS.file,
    resource: uri,
    context: 'file',
    click: { kind: 'open', uri },
    spoken: t('{0}, not measured: {1}', path, reason),
    subject: { kind: 'file', uri },
    children: [],
  };
}

function sorted(rules: readonly RuleRow[]): RuleRow[] {
  return [...rules].sort((left, right) => left.title.localeCompare(right.title));
}
