import type * as vscode from 'vscode';
import type { ReadinessStore, StoreSnapshot } from './readiness-store.ts';
import type { ReadinessView, TreeEntry } from './readiness-tree/readiness-view.ts';
import type { StatusBar } from './status-bar.ts';

/** One line of the panel as the user sees it. */
export interface PanelLine {
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly command: vscode.Command | undefined;
  readonly children: readonly PanelLine[];
}

/** What other extensions and our own editor tests may read; nothing can be changed through it. */
export interface ReadinessApi {
  snapshot(): StoreSnapshot;
  /** The whole panel, everything expanded. */
  panel(): Promise<readonly PanelLine[]>;
  badge(): vscode.ViewBadge | undefined;
  statusBarText(): string;
}

/** Makes the read-only view on the extension that `activate` returns. */
export function createApi(store: ReadinessStore, view: ReadinessView, statusBar: StatusBar): ReadinessApi {
  return {
    snapshot: () => store.snapshot,
    panel: () => panelLines(view),
    badge: () => view.badge,
    statusBarText: () => statusBar.text,
  };
}

async function panelLines(view: ReadinessView, parent?: TreeEntry): Promise<PanelLine[]> {
  const lines: PanelLine[] = [];
  for (const entry of await view.getChildren(parent)) {
    const { label, description, accessibilityInformation, command } = view.getTreeItem(entry);
    lines.push({
      label: textOf(label),
      description: typeof description === 'string' ? description : '',
      spoken: accessibilityInformation?.label ?? '',
      command,
      children: await panelLines(view, entry),
    });
  }
  return lines;
}

function textOf(label: string | vscode.TreeItemLabel | undefined): string {
  return typeof label === 'object' ? label.label : (label ?? '');
}
