import { MarkdownString, Range, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri, type Command } from 'vscode';
import type { PlaceRange, RuleRow } from '../../../server/src/protocol/model.ts';
import { aspectIcon, icon, priorityIcon, ruleIcon, scoreIcon } from './icons.ts';
import type { TreeNode } from './nodes.ts';
import {
  activityInWords,
  blocksInWords,
  count,
  countsInWords,
  isFailed,
  levelInWords,
  outcomeInWords,
  outcomeReason,
  plainText,
  scoreInWords,
} from './wording.ts';

const { Collapsed, Expanded, None } = TreeItemCollapsibleState;

/** How a node looks. What a colour or an icon says, the accessible label says in words. */
export function treeItem(node: TreeNode): TreeItem {
  const item = draw(node);
  item.id = node.id;
  return item;
}

function draw(node: TreeNode): TreeItem {
  switch (node.kind) {
    case 'root':
      return rootItem(node);
    case 'configuration':
      return configurationItem(node);
    case 'score':
      return scoreItem(node);
    case 'coverage':
      return coverageItem(node);
    case 'blocking':
      return blockingItem(node);
    case 'aspect':
      return aspectItem(node);
    case 'rule':
      return ruleItem(node);
    case 'finding':
      return findingItem(node);
    case 'accepted':
      return acceptedItem(node);
    case 'acceptedFinding':
      return acceptedFindingItem(node);
    case 'notMeasured':
      return notMeasuredItem(node);
    case 'notMeasuredFile':
      return notMeasuredFileItem(node);
  }
}

function rootItem({ root }: NodeOf<'root'>): TreeItem {
  const busy = root.activity.kind === 'scanning' ? 'scanning' : activityInWords(root);
  const description = busy || (root.score ? scoreInWords(root.score) : '');
  return make(root.name, Expanded, {
    description,
    iconPath: new ThemeIcon('root-folder'),
    contextValue: 'root',
    spoken: `${root.name}, readiness ${description}`,
  });
}

function configurationItem({ root: { brokenConfiguration } }: NodeOf<'configuration'>): TreeItem {
  const message = brokenConfiguration?.message ?? '';
  return make('Configuration can’t be read', None, {
    description: 'the last good one is in force',
    tooltip: message,
    iconPath: icon('error', 'problemsErrorIcon.foreground'),
    ...(brokenConfiguration && { command: openAt(brokenConfiguration.uri, brokenConfiguration.range) }),
    spoken: `The configuration can’t be read, so the last good one is in force. ${message}`,
  });
}

function scoreItem({ root }: NodeOf<'score'>): TreeItem {
  const { score, counts } = root;
  if (!score) return make('Readiness', None, { spoken: 'Readiness, nothing measured yet' });
  const ready = score.level === score.wanted && score.blocking.length === 0;
  const number = score.value === undefined ? 'Readiness' : `Readiness ${score.value}`;
  const details = [levelInWords(score), `${score.measured} of ${score.total} checks measured`, countsInWords(counts)];
  return make(number, Expanded, {
    description: levelInWords(score),
    tooltip: new MarkdownString(`**${number}** of 100\n\n${details.map(line => `- ${line}`).join('\n')}`),
    iconPath: scoreIcon(ready),
    contextValue: 'score',
    spoken: `${number} of 100, ${details.join(', ')}`,
  });
}

function coverageItem({ root: { score, counts, files } }: NodeOf<'coverage'>): TreeItem {
  const label = `${score?.measured ?? 0} of ${score?.total ?? 0} checks measured`;
  return make(label, None, {
    description: countsInWords(counts),
    tooltip: `${label} on ${count(files, 'file')}: ${countsInWords(counts)}. The others have nothing to look at here.`,
    iconPath: new ThemeIcon('checklist'),
    spoken: `${label} on ${count(files, 'file')}, ${countsInWords(counts)}`,
  });
}

function blockingItem({ root, blocking, rule }: NodeOf<'blocking'>): TreeItem {
  const { ruleId, level, findings } = blocking;
  const title = rule?.title ?? ruleId;
  const reveal = { title: 'Show the findings', command: 'readiness.revealRule', arguments: [root.uri, ruleId] };
  return make(title, None, {
    description: count(findings, 'finding'),
    tooltip: ruleTooltip(ruleId, title, blocksInWords(level, findings)),
    iconPath: rule ? priorityIcon(rule.priority) : icon('error', 'problemsErrorIcon.foreground'),
    contextValue: 'blocking',
    command: reveal,
    spoken: `${title}, ${blocksInWords(level, findings)}`,
  });
}

function aspectItem({ aspect, rules, score }: NodeOf<'aspect'>): TreeItem {
  const findings = rules.reduce((sum, rule) => sum + rule.findings, 0);
  const label = aspect.charAt(0).toUpperCase() + aspect.slice(1);
  const parts = [score === undefined ? 'not measured' : String(Math.round(score))];
  if (findings > 0) parts.push(count(findings, 'finding'));
  return make(label, Collapsed, {
    description: parts.join(' · '),
    iconPath: aspectIcon(aspect),
    contextValue: 'aspect',
    spoken: `${label}, score ${parts.join(', ')}`,
  });
}

function ruleItem({ rule }: NodeOf<'rule'>): TreeItem {
  const outcome = outcomeInWords(rule.outcome);
  const reason = outcomeReason(rule.outcome);
  return make(rule.title, rule.findings > 0 ? Collapsed : None, {
    description: outcome,
    tooltip: ruleTooltip(rule.ruleId, rule.title, reason === '' ? outcome : reason, rule),
    iconPath: ruleIcon(rule),
    contextValue: 'rule',
    spoken: `${rule.title}, ${isFailed(rule) ? `${rule.priority} priority, ` : ''}${outcome} ${reason}`.trim(),
  });
}

function findingItem({ finding }: NodeOf<'finding'>): TreeItem {
  const { path, range, message, priority, fix, uri } = finding;
  const line = range.start.line + 1;
  const fixable = fix === undefined ? '' : `, ${fix} fix`;
  return make(`${path.split('/').at(-1) ?? path}:${line}`, None, {
    description: plainText(message),
    tooltip: new MarkdownString(`${message}\n\n${path}:${line} · ${priority}${fixable}`),
    iconPath: priorityIcon(priority),
    contextValue: fix === undefined ? 'finding' : 'finding.fixable',
    command: openAt(uri, range),
    spoken: `${plainText(message)} ${path}, line ${line}, ${priority} priority${fixable}`,
  });
}

function acceptedItem({ root: { accepted } }: NodeOf<'accepted'>): TreeItem {
  return make('Accepted', Collapsed, {
    description: count(accepted.count, 'finding'),
    tooltip: 'Findings that a comment in the code accepts. They lower the coverage of the score, and never raise it.',
    iconPath: icon('pass-filled', 'descriptionForeground'),
    spoken: `${count(accepted.count, 'finding')} accepted by comments`,
  });
}

function acceptedFindingItem({
  row: { path, range, reason, ruleId, uri },
  title,
}: NodeOf<'acceptedFinding'>): TreeItem {
  const place = `${path.split('/').at(-1) ?? path}:${range.start.line + 1}`;
  return make(place, None, {
    description: reason ?? title,
    tooltip: ruleTooltip(ruleId, title, reason === undefined ? 'Accepted without a reason.' : `Accepted: ${reason}`),
    iconPath: icon('pass-filled', 'descriptionForeground'),
    contextValue: 'accepted',
    command: openAt(uri, range),
    spoken: `${title} ${path}, line ${range.start.line + 1}, accepted: ${reason ?? 'no reason given'}`,
  });
}

function notMeasuredItem({ root: { notMeasured } }: NodeOf<'notMeasured'>): TreeItem {
  return make('Not measured', Collapsed, {
    description: count(notMeasured.length, 'file'),
    tooltip: 'Files that could not be looked at. They lower the coverage of the score.',
    iconPath: icon('circle-slash', 'disabledForeground'),
    spoken: `${count(notMeasured.length, 'file')} not measured`,
  });
}

function notMeasuredFileItem({ file: { path, reason, uri } }: NodeOf<'notMeasuredFile'>): TreeItem {
  return make(path, None, {
    description: reason,
    tooltip: `${path}\n${reason}`,
    iconPath: ThemeIcon.File,
    command: { title: 'Open', command: 'vscode.open', arguments: [Uri.parse(uri)] },
    spoken: `${path}, not measured: ${reason}`,
  });
}

type NodeOf<Kind extends TreeNode['kind']> = Extract<TreeNode, { readonly kind: Kind }>;

interface Look extends Pick<TreeItem, 'tooltip' | 'iconPath' | 'contextValue' | 'command'> {
  readonly description?: string;
  /** What a screen reader says. */
  readonly spoken: string;
}

function make(label: string, state: TreeItemCollapsibleState, { spoken, ...look }: Look): TreeItem {
  return Object.assign(new TreeItem(label, state), look, { accessibilityInformation: { label: spoken } });
}

function ruleTooltip(ruleId: string, title: string, text: string, rule?: RuleRow): MarkdownString {
  const facts = rule ? `\`${ruleId}\` · ${rule.aspect} · ${rule.priority}` : `\`${ruleId}\``;
  return new MarkdownString(`**${title}**  \n${facts}\n\n${text}`);
}

/** Opens a place in an editor, and selects it. */
function openAt(uri: string, { start, end }: PlaceRange): Command {
  const selection = new Range(start.line, start.character, end.line, end.character);
  return { title: 'Open', command: 'vscode.open', arguments: [Uri.parse(uri), { selection }] };
}
