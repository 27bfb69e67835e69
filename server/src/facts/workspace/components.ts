/** Numbers of the strongly connected components of a graph: callees' components have lower numbers than their callers'. */
export interface Components {
  readonly of: Int32Array;
  readonly count: number;
  membersOf(component: number): readonly number[];
}

/**
 * Tarjan's algorithm without recursion, because call chains are longer than the stack.
 * @param size nodes are the numbers below
 * @param targets nodes that a node has an edge to
 */
export function findComponents(size: number, targets: (node: number) => readonly number[]): Components {
  const of = new Int32Array(size).fill(-1);
  const entered = new Int32Array(size).fill(-1);
  const lowest = new Int32Array(size);
  const open: number[] = [];
  const path: number[] = [];
  const next: number[] = [];
  let time = 0;
  let count = 0;

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
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      of[member] = count;
      if (member === node) break;
    }
    count++;
  };
  for (let root = 0; root < size; root++) {
    if ((entered[root] ?? 0) >= 0) continue;
    enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const at = next.length - 1;
      const target = targets(node)[next[at] ?? 0];
      if (target === undefined) {
        leave(node);
        continue;
      }
      next[at] = (next[at] ?? 0) + 1;
      if ((entered[target] ?? 0) < 0) enter(target);
      else if ((of[target] ?? 0) < 0) lower(node, entered[target] ?? 0);
    }
  }
  return { of, count, membersOf: groupMembers(of, count) };
}

function groupMembers(of: Int32Array, count: number): (component: number) => readonly number[] {
  const ends = new Int32Array(count + 1);
  for (const component of of) ends[component + 1] = (ends[component + 1] ?? 0) + 1;
  for (let component = 0; component < count; component++)
    ends[component + 1] = (ends[component + 1] ?? 0) + (ends[component] ?? 0);
  const filled = ends.slice(0, count);
  const members = new Int32Array(of.length);
  of.forEach((component, node) => {
    const at = filled[component] ?? 0;
    members[at] = node;
    filled[component] = at + 1;
  });
  return component => [...members.subarray(ends[component], ends[component + 1])];
}
