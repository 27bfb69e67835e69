import type { BlockingRule, RootModel, ScoreView } from '../../../server/src/protocol/model.ts';
import { t } from '../l10n.ts';
import { ICONS, priorityIcon } from './icons.ts';
import type { PanelNode } from './panel-node.ts';
import {
  blocksInWords,
  countsInWords,
  coverageInWords,
  filesInWords,
  findingsInWords,
  levelInWords,
  reaches,
} from './wording.ts';

/** Blocking checks under the score, the line about further ones included. */
const MOST_BLOCKING = 5;

/** The top of a root: a configuration that can't be read, then the score with what it rests on. */
export function topNodes(model: RootModel): PanelNode[] {
  return [...configurationNodes(model), ...(model.score ? [scoreNode(model, model.score)] : [])];
}

function configurationNodes({ uri, brokenConfiguration }: RootModel): PanelNode[] {
  if (!brokenConfiguration) return [];
  const { message, range } = brokenConfiguration;
  return [
    {
      id: `${uri}|configuration`,
      label: t('Configuration can’t be read'),
      description: t('the last good one is in force'),
      tooltip: message,
      icon: ICONS.broken,
      click: { kind: 'open', uri: brokenConfiguration.uri, range },
      spoken: t('The configuration can’t be read, so the last good one is in force. {0}', message),
      children: [],
    },
  ];
}

function scoreNode(model: RootModel, score: ScoreView): PanelNode {
  const ready = score.value !== undefined && reaches(score.level, score.wanted) && score.blocking.length === 0;
  const number = score.value === undefined ? 'Readiness' : `Readiness ${score.value}`;
  const details = [levelInWords(score), coverageInWords(score), countsInWords(model.counts)];
  return {
    id: `${model.uri}|score`,
    label: number,
    description: levelInWords(score),
    tooltip: `**${t('{0} of 100', number)}**\n\n${details.map(line => `- ${line}`).join('\n')}`,
    // A ready service is the one thing that may be green.
    icon: ready ? ICONS.passed : ICONS.score,
    context: 'score',
    expanded: true,
    spoken: `${t('{0} of 100', number)}, ${details.join(', ')}`,
    subject: { kind: 'root', root: model.uri },
    children: [
      ...blockingNodes(model, score),
      coverageNode(model, score),
      ...changeNodes(model),
      ...unpublishedNodes(model),
    ],
  };
}

function coverageNode({ uri, counts, files }: RootModel, score: ScoreView): PanelNode {
  const label = coverageInWords(score);
  return {
    id: `${uri}|coverage`,
    label,
    description: countsInWords(counts),
    tooltip: t(
      'The other checks have nothing to look at here, or could not look: both are listed below, with reasons.',
    ),
    icon: ICONS.coverage,
    spoken: `${label}, ${filesInWords(files)}, ${countsInWords(counts)}`,
    children: [],
  };
}

/** The most urgent checks in the way; the filter shows all of them with their findings. */
function blockingNodes(model: RootModel, { blocking }: ScoreView): PanelNode[] {
  const shown = blocking.length > MOST_BLOCKING ? blocking.slice(0, MOST_BLOCKING - 1) : blocking;
  const nodes = shown.map(each => blockingNode(model, each));
  const hidden = blocking.length - shown.length;
  if (hidden === 0) return nodes;
  const label = t('+ {0} more in the way', hidden);
  const show = { kind: 'run', title: t('Show them'), command: 'readiness.filter.blocking', arguments: [] } as const;
  const node = { id: `${model.uri}|blocking`, label, icon: ICONS.more, click: show, spoken: label, children: [] };
  return [...nodes, node];
}

function blockingNode(model: RootModel, { ruleId, level, findings }: BlockingRule): PanelNode {
  const rule = model.rules.find(each => each.ruleId === ruleId);
  const title = rule?.title ?? ruleId;
  const command = 'readiness.revealRule';
  return {
    id: `${model.uri}|blocking|${ruleId}`,
    label: title,
    description: findingsInWords(findings),
    tooltip: `**${title}**  \n\`${ruleId}\`\n\n${blocksInWords(level, findings)}`,
    icon: rule ? priorityIcon(rule.priority) : ICONS.broken,
    context: 'blocking',
    click: { kind: 'run', title: t('Show the findings'), command, arguments: [model.uri, ruleId] },
    spoken: `${title}, ${blocksInWords(level, findings)}`,
    subject: { kind: 'rule', root: model.uri, ruleId },
    children: [],
  };
}

/** What has changed since the baseline; without one, since the first scan of this window. */
function changeNodes({ uri, baseline }: RootModel): PanelNode[] {
  const { exists, fresh, removable, accepted } = baseline;
  if (!exists && fresh === 0) return [];
  const label = changeInWords(exists, fresh);
  const details = [
    ...(accepted > 0 ? [t('{0} accepted', accepted)] : []),
    ...(removable > 0 ? [t('{0} mended', removable)] : []),
  ].join(' · ');
  const show = { kind: 'run', title: t('Show them'), command: 'readiness.filter.new', arguments: [] } as const;
  return [
    {
      id: `${uri}|change`,
      label,
      ...(details !== '' && { description: details }),
      tooltip: exists
        ? t('The baseline accepts what was there when it was made. What was mended since can be taken out of it.')
        : t('There is no baseline, so findings count as new that came after the first scan of this window.'),
      icon: ICONS.change,
      context: removable > 0 ? 'baseline.removable' : 'baseline',
      ...(fresh > 0 && { click: show }),
      spoken: details === '' ? label : `${label}, ${details}`,
      subject: { kind: 'root', root: uri },
      children: [],
    },
  ];
}

function changeInWords(exists: boolean, fresh: number): string {
  if (!exists) return fresh === 1 ? t('1 new since the scan') : t('{0} new since the scan', fresh);
  if (fresh === 0) return t('Nothing new since the baseline');
  return fresh === 1 ? t('1 new since the baseline') : t('{0} new since the baseline', fresh);
}

function unpublishedNodes({ uri, unpublished }: RootModel): PanelNode[] {
  if (unpublished.findings === 0) return [];
  const label = t('+ {0} more than Problems shows', unpublished.findings);
  const tooltip = t(
    'The limits in the settings keep findings out of the Problems view. The groups below have them all.',
  );
  const command = 'workbench.action.openSettings';
  return [
    {
      id: `${uri}|unpublished`,
      label,
      description: filesInWords(unpublished.files),
      tooltip,
      icon: ICONS.unpublished,
      click: { kind: 'run', title: t('Open the settings'), command, arguments: ['readiness.maxDiagnostics'] },
      spoken: `${label}, ${filesInWords(unpublished.files)}`,
      children: [],
    },
  ];
}
