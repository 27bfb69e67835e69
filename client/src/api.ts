import type * as vscode from 'vscode';
import type { FileDecorations } from './file-decorations.ts';
import type { LanguageStatus } from './language-status.ts';
import type { ReadinessStore, StoreSnapshot } from './readiness-store.ts';
import type { PanelOptions } from './readiness-tree/options.ts';
import type { PanelSettings } from './readiness-tree/panel-settings.ts';
import type { ReadinessView } from './readiness-tree/readiness-view.ts';
import type { TreeEntry } from './readiness-tree/tree-entries.ts';
import type { StatusBar } from './status-bar.ts';

/** One line of the panel as the user sees it. */
export interface PanelLine {
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly command: vscode.Command | undefined;
  /** What its menu depends on; empty where it has none. */
  readonly context: string;
  /** What the commands of its menu are given. */
  readonly entry: TreeEntry;
  readonly children: readonly PanelLine[];
}

/** What surrounds the lines of the panel. */
export interface PanelFrame {
  readonly options: PanelOptions;
  readonly message: string;
  readonly description: string;
}

/** What other extensions and our own editor tests may read; nothing can be changed through it. */
export interface ReadinessApi {
  snapshot(): StoreSnapshot;
  /** The whole panel, everything expanded. */
  panel(): Promise<readonly PanelLine[]>;
  frame(): PanelFrame;
  badge(): vscode.ViewBadge | undefined;
  statusBarText(): string;
  /** The language status of the active editor. */
  languageStatus(): string;
  /** What the explorer shows beside a file. */
  decoration(uri: vscode.Uri): vscode.FileDecoration | undefined;
}

/** What the extension is made of, as far as it can be looked at. */
export interface ApiParts {
  readonly store: ReadinessStore;
  readonly view: ReadinessView;
  readonly settings: PanelSettings;
  readonly statusBar: StatusBar;
  readonly languageStatus: LanguageStatus;
  readonly decorations: FileDecorations;
}

/** Makes the read-only view on the extension that `activate` returns. */
export function createApi({ store, view, settings, statusBar, languageStatus, decorations }: ApiParts): ReadinessApi {
  return {
    snapshot: () => store.snapshot,
    panel: () => panelLines(view),
    frame: () => ({
      options: settings.options,
      message: view.message ?? '',
      description: view.description ?? '',
    }),
    badge: () => view.badge,
    statusBarText: () => statusBar.text,
    languageStatus: () => languageStatus.text,
    decoration: uri => decorations.provideFileDecoration(uri),
  };
}

async function panelLines(view: ReadinessView, parent?: TreeEntry): Promise<PanelLine[]> {
  const lines: PanelLine[] = [];
  for (const entry of await view.getChildren(parent)) {
    const { label, description, accessibilityInformation, command, contextValue } = view.getTreeItem(entry);
    lines.push({
      label: textOf(label),
      description: typeof description === 'string' ? description : '',
      spoken: accessibilityInformation?.label ?? '',
      command,
      context: contextValue ?? '',
      entry,
      children: await panelLines(view, entry),
    });
  }
  return lines;
}

function textOf(label: string | vscode.TreeItemLabel | undefined): string {
  return typeof label === 'object' ? label.label : (label ?? '');
}
