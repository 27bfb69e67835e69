import type { CallGraph, FunctionId, Summaries, SummaryAnalysis } from '../../core/python-index.ts';
import type { Components } from './components.ts';
import { createNumberHeap } from './number-heap.ts';

/** What summaries need of the graph besides the graph. */
export interface GraphShape {
  has(id: FunctionId): boolean;
  calleesOf(id: FunctionId): readonly FunctionId[];
  callersOf(id: FunctionId): Iterable<FunctionId>;
  components(): Components;
}

/** Summaries that can be brought up to date. */
export interface LiveSummaries<S> extends Summaries<S> {
  /** Evaluates what has changed, and the callers of functions whose summary is another one now. */
  update(changed: Iterable<FunctionId>): void;
}

/** Opens summaries of an analysis; the first update has to name every function. */
export function createSummaries<S>(
  graph: CallGraph,
  shape: GraphShape,
  analysis: SummaryAnalysis<S>,
): LiveSummaries<S> {
  const summaries = new Map<FunctionId, S>();
  let evaluated = 0;
  const of = (id: FunctionId): S => {
    const known = summaries.get(id);
    return known === undefined ? analysis.initial(id, graph) : known;
  };
  /** @returns whether callers can tell the difference */
  const evaluate = (id: FunctionId): boolean => {
    const before = of(id);
    const after = analysis.transfer(id, graph, of);
    evaluated++;
    summaries.set(id, after);
    return !analysis.equals(before, after);
  };
  /** The least solution for functions that call each other: from the bottom up, until nothing changes. */
  const settle = (members: readonly FunctionId[]): void => {
    for (const id of members) summaries.set(id, analysis.initial(id, graph));
    const inside = new Set(members);
    const waiting = new Set(members);
    for (const id of waiting) {
      waiting.delete(id);
      if (!evaluate(id)) continue;
      for (const caller of shape.callersOf(id)) if (inside.has(caller)) waiting.add(caller);
    }
  };
  const evaluateGroup = (group: readonly FunctionId[]): void => {
    const [only, ...others] = group;
    if (only === undefined) return;
    if (others.length > 0 || shape.calleesOf(only).includes(only)) settle(group);
    else evaluate(only);
  };
  return {
    of,
    get evaluated() {
      return evaluated;
    },
    update: changed => {
      for (const id of summaries.keys()) if (!shape.has(id)) summaries.delete(id);
      const components = shape.components();
      const queue = createNumberHeap();
      for (const id of changed) if (shape.has(id)) queue.push(components.of[id] ?? 0);
      // Callees' components come first, so that each is evaluated once.
      for (let component = queue.pop(); component !== undefined; component = queue.pop()) {
        const group = components.membersOf(component).filter(id => shape.has(id));
        const before = group.map(id => summaries.get(id));
        evaluateGroup(group);
        for (const [index, id] of group.entries()) {
          const old = before[index];
          if (old !== undefined && analysis.equals(old, of(id))) continue;
          for (const caller of shape.callersOf(id)) {
            const above = components.of[caller] ?? 0;
            if (above !== component) queue.push(above);
          }
        }
      }
    },
  };
}
