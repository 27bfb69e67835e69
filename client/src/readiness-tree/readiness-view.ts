import * as vscode from 'vscode';
import type { FindingName } from '../../../server/src/protocol/messages.ts';
import type { RootModel } from '../../../server/src/protocol/model.ts';
import { coalesce } from '../coalesce.ts';
import { t } from '../l10n.ts';
import type { ReadinessStore, StoreSnapshot } from '../readiness-store.ts';
import { PAGE } from './finding-nodes.ts';
import { openFiles } from './open-files.ts';
import type { PanelNode } from './panel-node.ts';
import type { PanelSettings } from './panel-settings.ts';
import { buildPanel } from './panel.ts';
import { findEntry, updateEntries, type TreeEntry } from './tree-entries.ts';
import { treeItem } from './tree-item.ts';
import { activityInWords, badgeInWords, filterInWords, groupingInWords, urgentCount } from './wording.ts';

export const VIEW_ID = 'readiness.panel';

/** The panel: a tree over the store, redrawn only where something has changed. */
export class ReadinessView implements vscode.TreeDataProvider<TreeEntry>, vscode.Disposable {
  readonly #store: ReadinessStore;
  readonly #settings: PanelSettings;
  readonly #view: vscode.TreeView<TreeEntry>;
  readonly #subscriptions: vscode.Disposable[];
  readonly #changed = new vscode.EventEmitter<TreeEntry[] | undefined>();
  readonly #pages = new Map<string, number>();
  #top: ReadonlyMap<string, TreeEntry> = new Map();
  #hidden = 0;

  readonly onDidChangeTreeData = this.#changed.event;

  readonly #redraw = coalesce(async () => {
    const stale = await this.#rebuild();
    if (stale === 'all') this.#changed.fire(undefined);
    else if (stale.length > 0) this.#changed.fire([...stale]);
  });

  constructor(store: ReadinessStore, settings: PanelSettings) {
    this.#store = store;
    this.#settings = settings;
    this.#view = vscode.window.createTreeView(VIEW_ID, { treeDataProvider: this, showCollapseAll: true });
    const update = (): void => {
      this.#update();
    };
    const dependsOnEditors = (): boolean => ['openFiles', 'currentFile'].includes(settings.options.filter);
    const updateFilter = (): void => {
      if (dependsOnEditors()) update();
    };
    this.#subscriptions = [
      store.onChange(update),
      settings.onChange(update),
      this.#view.onDidChangeVisibility(update),
      vscode.window.onDidChangeActiveTextEditor(updateFilter),
      vscode.window.tabGroups.onDidChangeTabs(updateFilter),
    ];
  }

  get badge(): vscode.ViewBadge | undefined {
    return this.#view.badge;
  }

  get message(): string | undefined {
    return this.#view.message;
  }

  get description(): string | undefined {
    return this.#view.description;
  }

  /** The line that the keyboard is on, for commands that are not given one. */
  get selected(): TreeEntry | undefined {
    return this.#view.selection[0];
  }

  getTreeItem({ node }: TreeEntry): vscode.TreeItem {
    return treeItem(node);
  }

  getParent({ parent }: TreeEntry): TreeEntry | undefined {
    return parent;
  }

  async getChildren(entry?: TreeEntry): Promise<TreeEntry[]> {
    if (!entry) await this.#rebuild();
    return [...(entry?.children ?? this.#top).values()];
  }

  /** Shows a rule in the panel, with its findings. */
  revealRule(root: string, ruleId: string): Promise<boolean> {
    return this.#reveal(
      ({ subject, children }) =>
        subject?.kind === 'rule' && subject.root === root && subject.ruleId === ruleId && children.length > 0,
    );
  }

  /** Shows a finding in the panel; false when there is none like it. */
  revealFinding({ uri, ruleId, fingerprint, range }: FindingName): Promise<boolean> {
    return this.#reveal(
      ({ subject }) =>
        subject?.kind === 'finding' &&
        subject.finding.uri === uri &&
        subject.finding.ruleId === ruleId &&
        subject.finding.fingerprint === fingerprint &&
        subject.finding.range.start.line === range.start.line,
    );
  }

  /** Shows more lines of a group that has too many. */
  showMore(group: string): void {
    this.#pages.set(group, (this.#pages.get(group) ?? PAGE) + PAGE);
    void this.#redraw();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  async #reveal(fits: (node: PanelNode) => boolean): Promise<boolean> {
    await this.#rebuild();
    let entry = findEntry(this.#top, fits);
    if (!entry && this.#settings.options.filter !== 'all') {
      await this.#settings.set({ filter: 'all' });
      await this.#redraw();
      entry = findEntry(this.#top, fits);
    }
    if (!entry) return false;
    await this.#view.reveal(entry, { expand: true, focus: true, select: true });
    return true;
  }

  #update(): void {
    const { snapshot } = this.#store;
    const urgent = urgentCount(snapshot.roots);
    this.#view.badge = urgent === 0 ? undefined : { value: urgent, tooltip: badgeInWords(urgent) };
    this.#view.description = describeOptions(this.#settings);
    // Rows are asked for only when somebody looks; a hidden view asks again when it is shown.
    if (this.#view.visible) void this.#redraw();
  }

  async #rebuild(): Promise<readonly TreeEntry[] | 'all'> {
    const roots = await this.#store.load();
    const { nodes, hidden } = buildPanel({
      ...this.#settings.options,
      roots,
      files: openFiles(),
      pages: this.#pages,
    });
    const { entries, stale } = updateEntries(this.#top, nodes);
    this.#top = entries;
    // Beside a message the editor shows no welcome view, and an empty tree needs that one.
    this.#view.message = entries.size === 0 ? '' : messageOf(this.#store.snapshot, this.#settings);
    if (hidden !== this.#hidden) {
      this.#hidden = hidden;
      void vscode.commands.executeCommand('setContext', 'readiness.filteredOut', hidden > 0);
    }
    return stale;
  }
}

function describeOptions({ options: { grouping, filter } }: PanelSettings): string {
  return [grouping === 'aspect' ? '' : groupingInWords(grouping), filterInWords(filter)]
    .filter(part => part !== '')
    .join(' · ');
}

/** A line above the tree, for what no row of it says; empty when there is nothing to say. */
function messageOf({ roots, server }: StoreSnapshot, { options: { filter } }: PanelSettings): string {
  if (server === 'restarting') return t('The server ended by itself and is being restarted.');
  const busy = roots.filter(({ activity }) => activity.kind === 'scanning' || activity.kind === 'failed');
  const lines = busy.map(root => `${roots.length > 1 ? `${root.name}: ` : ''}${activityInWords(root)}`);
  if (lines.length > 0) return capitalise(lines.join('; '));
  if (filter !== 'all') return t('Filter: {0}', filterInWords(filter));
  return server === 'running' && roots.length > 0 && roots.every(isClean)
    ? t('No findings: every check that applies here passes.')
    : '';
}

function isClean({ counts, activity, score }: RootModel): boolean {
  const scanned = activity.kind === 'idle' && activity.scanned;
  const findings = counts.critical + counts.high + counts.medium + counts.low;
  return scanned && score?.value !== undefined && findings === 0;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
