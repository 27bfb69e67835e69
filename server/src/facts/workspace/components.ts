/** Strongly connected components of a graph, as far as it was looked at: callees' have lower numbers than their callers'. */
export interface Components {
  /** Number of a node's component; undefined for a node that was not included. */
  readonly of: (node: number) => number | undefined;
  membersOf(component: number): readonly number[];
  /** Looks at nodes and at all that they reach; what was looked at before keeps its numbers. */
  include(nodes: Iterable<number>): void;
}

/**
 * Tarjan's algorithm without recursion, because call chains are longer than the stack. It needs no more of the graph than
 * what the given nodes reach, and can go on from there.
 * @param targets nodes that a node has an edge to; the same ones as long as these components are used
 */
export function createComponents(targets: (node: number) => readonly number[]): Components {
  const of: (number | undefined)[] = [];
  const entered: (number | undefined)[] = [];
  const lowest: number[] = [];
  const members: (readonly number[])[] = [];
  const open: number[] = [];
  const path: number[] = [];
  const next: number[] = [];
  let time = 0;

  const enter = (node: number): void => {
    entered[node] = time;
    lowest[node] = time++;
    open.push(node);
    path.push(node);
    next.push(0);
  };
  const lower = (node: number, value: number): void => {
    if (value < (lowest[node] ?? 0)) lowest[node] = value;
  };
  const leave = (node: number): void => {
    path.pop();
    next.pop();
    const above = path.at(-1);
    if (above !== undefined) lower(above, lowest[node] ?? 0);
    if (lowest[node] !== entered[node]) return;
    const group = open.splice(open.lastIndexOf(node));
    for (const member of group) of[member] = members.length;
    members.push(group);
  };
  const explore = (root: number): void => {
    enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const at = next.length - 1;
      const target = targets(node)[next[at] ?? 0];
      if (target === undefined) {
        leave(node);
        continue;
      }
      next[at] = (next[at] ?? 0) + 1;
      if (entered[target] === undefined) enter(target);
      else if (of[target] === undefined) lower(node, entered[target]);
    }
  };
  return {
    of: node => of[node],
    membersOf: component => members[component] ?? [],
    include: nodes => {
      for (const node of nodes) if (entered[node] === undefined) explore(node);
    },
  };
}
