import * as vscode from 'vscode';
import type { RootModel } from '../../../server/src/protocol/model.ts';
import type { ReadinessStore, StoreSnapshot } from '../readiness-store.ts';
import {
  acceptedNodes,
  appearance,
  findingNodes,
  notMeasuredNodes,
  rootChildren,
  ruleNodes,
  scoreNodes,
  topNodes,
  type TreeNode,
} from './nodes.ts';
import { treeItem } from './tree-items.ts';
import { activityInWords, badgeInWords, urgentCount } from './wording.ts';

export const VIEW_ID = 'readiness.panel';

/** A line of the tree. The editor knows lines by identity, so one object stays while its node changes. */
export interface TreeEntry {
  node: TreeNode;
  readonly parent: TreeEntry | undefined;
  children: ReadonlyMap<string, TreeEntry>;
}

/** The panel: a tree over the store, redrawn only where something has changed. */
export class ReadinessView implements vscode.TreeDataProvider<TreeEntry>, vscode.Disposable {
  readonly #store: ReadinessStore;
  readonly #view: vscode.TreeView<TreeEntry>;
  readonly #subscription: vscode.Disposable;
  readonly #changed = new vscode.EventEmitter<TreeEntry[] | undefined>();
  #top: ReadonlyMap<string, TreeEntry> = new Map();

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(store: ReadinessStore) {
    this.#store = store;
    this.#view = vscode.window.createTreeView(VIEW_ID, { treeDataProvider: this, showCollapseAll: true });
    this.#subscription = store.onChange(snapshot => {
      this.#update(snapshot);
    });
  }

  get badge(): vscode.ViewBadge | undefined {
    return this.#view.badge;
  }

  get message(): string | undefined {
    return this.#view.message;
  }

  getTreeItem({ node }: TreeEntry): vscode.TreeItem {
    return treeItem(node);
  }

  getParent({ parent }: TreeEntry): TreeEntry | undefined {
    return parent;
  }

  async getChildren(entry?: TreeEntry): Promise<TreeEntry[]> {
    const nodes = await this.#childNodes(entry?.node);
    const children = entriesFor(nodes, entry, entry?.children ?? this.#top);
    if (entry) entry.children = children;
    else this.#top = children;
    return [...children.values()];
  }

  /** Shows a rule in the panel, with its findings. */
  async revealRule(rootUri: string, ruleId: string): Promise<void> {
    const rule = await this.#find(({ node }) => {
      return node.kind === 'rule' && node.root.uri === rootUri && node.rule.ruleId === ruleId;
    });
    if (rule) await this.#view.reveal(rule, { expand: true, focus: true, select: true });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  async #childNodes(node: TreeNode | undefined): Promise<TreeNode[]> {
    switch (node?.kind) {
      case undefined:
        return topNodes(this.#store.snapshot.roots);
      case 'root':
        return rootChildren(node.root);
      case 'score':
        return scoreNodes(node.root);
      case 'aspect':
        return ruleNodes(node.root, node.rules);
      case 'rule':
        return findingNodes(node.root.uri, await this.#store.findings(node.root.uri, node.rule.ruleId));
      case 'accepted':
        return acceptedNodes(node.root, await this.#store.accepted(node.root.uri));
      case 'notMeasured':
        return notMeasuredNodes(node.root);
      case 'configuration':
      case 'coverage':
      case 'blocking':
      case 'finding':
      case 'acceptedFinding':
      case 'notMeasuredFile':
        return [];
    }
  }

  #update({ roots, server }: StoreSnapshot): void {
    const urgent = urgentCount(roots);
    this.#view.badge = urgent === 0 ? undefined : { value: urgent, tooltip: badgeInWords(urgent) };
    this.#view.message = messageOf(roots, server);
    const stale = staleEntries(this.#top, topNodes(roots));
    if (stale === 'all') this.#changed.fire(undefined);
    else if (stale.length > 0) this.#changed.fire(stale);
  }

  /** Walks down from the top to the first line that fits; findings are not searched. */
  async #find(fits: (entry: TreeEntry) => boolean, parent?: TreeEntry): Promise<TreeEntry | undefined> {
    for (const entry of await this.getChildren(parent)) {
      if (fits(entry)) return entry;
      const open = entry.node.kind === 'root' || entry.node.kind === 'aspect';
      const found = open ? await this.#find(fits, entry) : undefined;
      if (found) return found;
    }
    return undefined;
  }
}

/** Lines for nodes; those that were there already are kept. */
function entriesFor(
  nodes: readonly TreeNode[],
  parent: TreeEntry | undefined,
  known: ReadonlyMap<string, TreeEntry>,
): Map<string, TreeEntry> {
  return new Map(
    nodes.map(node => {
      const entry = known.get(node.id) ?? { node, parent, children: new Map<string, TreeEntry>() };
      entry.node = node;
      return [node.id, entry];
    }),
  );
}

/** Gives lines their new nodes; returns those that look different now, or `all` when lines came, went or moved. */
function staleEntries(entries: ReadonlyMap<string, TreeEntry>, nodes: readonly TreeNode[]): TreeEntry[] | 'all' {
  if ([...entries.keys()].join('\n') !== nodes.map(({ id }) => id).join('\n')) return 'all';

  const stale: TreeEntry[] = [];
  for (const node of nodes) {
    const entry = entries.get(node.id);
    if (!entry) return 'all';
    const looksDifferent = appearance(entry.node) !== appearance(node);
    entry.node = node;
    if (looksDifferent) stale.push(entry);
    if (node.kind !== 'root' || entry.children.size === 0) continue;

    const below = staleEntries(entry.children, rootChildren(node.root));
    if (below === 'all') stale.push(entry);
    else stale.push(...below);
  }
  return [...new Set(stale)];
}

/** A line above the tree, for what no row of it says; empty when there is nothing to say. */
function messageOf(roots: readonly RootModel[], server: StoreSnapshot['server']): string {
  if (server === 'restarting') return 'The server ended by itself and is being restarted.';
  const busy = roots.filter(({ activity }) => activity.kind === 'scanning' || activity.kind === 'failed');
  const lines = busy.map(root => `${roots.length > 1 ? `${root.name}: ` : ''}${activityInWords(root)}`);
  return capitalise(lines.join('; '));
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
