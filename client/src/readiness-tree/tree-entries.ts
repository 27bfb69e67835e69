import type { PanelNode } from './panel-node.ts';

/** A line of the tree. The editor knows lines by identity, so one object stays while its node changes. */
export interface TreeEntry {
  node: PanelNode;
  readonly parent: TreeEntry | undefined;
  children: ReadonlyMap<string, TreeEntry>;
}

/** The new lines of a tree, and what has to be drawn again. */
export interface TreeUpdate {
  readonly entries: ReadonlyMap<string, TreeEntry>;
  /** Lines that look different or hold other lines now; `all` when lines at the top came, went or moved. */
  readonly stale: readonly TreeEntry[] | 'all';
}

/** Gives the lines of a tree their new nodes; lines that were there already are kept. */
export function updateEntries(
  known: ReadonlyMap<string, TreeEntry>,
  nodes: readonly PanelNode[],
  parent?: TreeEntry,
): TreeUpdate {
  const entries = new Map<string, TreeEntry>();
  const stale: TreeEntry[] = [];
  for (const node of nodes) {
    const old = known.get(node.id);
    const entry = old ?? { node, parent, children: new Map<string, TreeEntry>() };
    const looksDifferent = appearance(entry.node) !== appearance(node);
    entry.node = node;
    const below = updateEntries(entry.children, node.children, entry);
    entry.children = below.entries;
    entries.set(node.id, entry);
    if (!old) continue;
    // An entry that is drawn again brings its children along.
    if (looksDifferent || below.stale === 'all') stale.push(entry);
    else stale.push(...below.stale);
  }
  const isSameList = [...known.keys()].join('\n') === [...entries.keys()].join('\n');
  return { entries, stale: isSameList ? stale : 'all' };
}

/** The first line, from top to bottom, that fits. */
export function findEntry(
  entries: ReadonlyMap<string, TreeEntry>,
  fits: (node: PanelNode) => boolean,
): TreeEntry | undefined {
  for (const entry of entries.values()) {
    const found = fits(entry.node) ? entry : findEntry(entry.children, fits);
    if (found) return found;
  }
  return undefined;
}

/** Everything that decides how a line itself looks, and what its commands work on. */
function appearance({ children, ...node }: PanelNode): string {
  return JSON.stringify([node, children.length > 0]);
}
