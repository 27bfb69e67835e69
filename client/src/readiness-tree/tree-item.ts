import {
  MarkdownString,
  Range,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  type Command,
} from 'vscode';
import { t } from '../l10n.ts';
import type { PanelClick, PanelNode } from './panel-node.ts';

const ICON_SCHEME = 'readiness-icon';

/** A line of the panel as the editor wants it. */
export function treeItem(node: PanelNode): TreeItem {
  const item = new TreeItem(node.label, collapsibleState(node));
  item.id = node.id;
  item.accessibilityInformation = { label: node.spoken };
  item.iconPath = node.resource === undefined ? iconOf(node) : ThemeIcon.File;
  // Under a scheme of its own the file keeps its icon, without the colour and the number of its problems: we have ours.
  if (node.resource !== undefined) item.resourceUri = Uri.parse(node.resource).with({ scheme: ICON_SCHEME });
  if (node.description !== undefined) item.description = node.description;
  item.tooltip = new MarkdownString(node.tooltip ?? node.spoken);
  if (node.context !== undefined) item.contextValue = node.context;
  if (node.click) item.command = commandOf(node.click);
  return item;
}

function collapsibleState({ children, expanded }: PanelNode): TreeItemCollapsibleState {
  if (children.length === 0) return TreeItemCollapsibleState.None;
  return expanded === true ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

function iconOf({ icon }: PanelNode): ThemeIcon {
  return new ThemeIcon(icon.name, icon.color === undefined ? undefined : new ThemeColor(icon.color));
}

function commandOf(click: PanelClick): Command {
  if (click.kind === 'run') return { title: click.title, command: click.command, arguments: [...click.arguments] };
  const options = click.range && {
    selection: new Range(
      click.range.start.line,
      click.range.start.character,
      click.range.end.line,
      click.range.end.character,
    ),
  };
  return { title: t('Open'), command: 'vscode.open', arguments: [Uri.parse(click.uri), ...(options ? [options] : [])] };
}
