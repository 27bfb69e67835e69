import type { CallGraph, FunctionId, Summaries, SummaryAnalysis } from '../../core/python-index.ts';
import type { Components } from './components.ts';
import { createNumberHeap, type NumberHeap } from './number-heap.ts';

/** What summaries need of the graph besides the graph. */
export interface GraphShape {
  has(id: FunctionId): boolean;
  calleesOf(id: FunctionId): readonly FunctionId[];
  /** Callers, as far as somebody has asked what they call. */
  callersOf(id: FunctionId): Iterable<FunctionId>;
  /** Another object each time that some function calls others than before; it includes what its readers want included. */
  components(): Components;
}

/** Summaries that can be brought up to date. */
export interface LiveSummaries<S> extends Summaries<S> {
  /**
   * Evaluates what has changed, and the callers of functions whose summary is another one now.
   * @param changed all functions that may have changed, and those that are gone
   */
  update(changed: Iterable<FunctionId>): void;
}

const NO_IDS: readonly FunctionId[] = [];

/**
 * Opens summaries of an analysis. A function is evaluated when somebody first asks about it or about one of its callers:
 * most functions of a workspace are out of reach of those that anybody asks about. Whoever is known has known callees.
 */
export function createSummaries<S>(
  graph: CallGraph,
  shape: GraphShape,
  analysis: SummaryAnalysis<S>,
): LiveSummaries<S> {
  const summaries = new Map<FunctionId, S>();
  let evaluated = 0;
  /** These include all functions of which something is known. */
  let included: Components | undefined;
  const soFar = (id: FunctionId): S => {
    const known = summaries.get(id);
    return known === undefined ? analysis.initial(id, graph) : known;
  };
  /** @returns whether callers can tell the difference */
  const evaluate = (id: FunctionId): boolean => {
    const before = summaries.get(id);
    const after = analysis.transfer(id, graph, soFar);
    evaluated++;
    const isNew = before === undefined || !analysis.equals(before, after);
    // One that stayed the same is kept: it is where the next collection of garbage need not copy it.
    if (isNew) summaries.set(id, after);
    return isNew;
  };
  /**
   * The least solution for functions that call each other: from the bottom up, until nothing changes.
   * @returns those of which callers can tell the difference
   */
  const settle = (members: readonly FunctionId[]): readonly FunctionId[] => {
    const before = members.map(id => summaries.get(id));
    for (const id of members) summaries.set(id, analysis.initial(id, graph));
    const inside = new Set(members);
    const waiting = new Set(members);
    for (const id of waiting) {
      waiting.delete(id);
      if (!evaluate(id)) continue;
      for (const caller of shape.callersOf(id)) if (inside.has(caller)) waiting.add(caller);
    }
    return members.filter((id, index) => {
      const old = before[index];
      return old === undefined || !analysis.equals(old, soFar(id));
    });
  };
  /** @returns functions of which callers can tell the difference */
  const evaluateGroup = (group: readonly FunctionId[]): readonly FunctionId[] => {
    const only = group.length === 1 ? group[0] : undefined;
    if (only === undefined || shape.calleesOf(only).includes(only)) return settle(group);
    return evaluate(only) ? group : NO_IDS;
  };
  /** Queues components that functions call of which nothing is known yet. @returns whether there are any */
  const pushMissing = (
    group: readonly FunctionId[],
    component: number,
    { of }: Components,
    queue: NumberHeap,
  ): boolean => {
    let isAny = false;
    for (const id of group) {
      for (const callee of shape.calleesOf(id)) {
        const below = summaries.has(callee) ? undefined : of(callee);
        if (below === undefined || below === component) continue;
        queue.push(below);
        isAny = true;
      }
    }
    return isAny;
  };
  const pushCallers = (id: FunctionId, component: number, { of }: Components, queue: NumberHeap): void => {
    for (const caller of shape.callersOf(id)) {
      const above = summaries.has(caller) ? of(caller) : undefined;
      if (above !== undefined && above !== component) queue.push(above);
    }
  };
  const componentsWith = (ids: readonly FunctionId[]): Components => {
    const components = shape.components();
    if (components !== included) components.include(summaries.keys());
    components.include(ids);
    included = components;
    return components;
  };
  const isPresent = (id: FunctionId): boolean => shape.has(id);
  const present = (ids: readonly FunctionId[]): readonly FunctionId[] =>
    ids.every(isPresent) ? ids : ids.filter(isPresent);
  /** Callees' components have lower numbers and come first, so that each is evaluated once. */
  const work = (ids: readonly FunctionId[]): void => {
    const components = componentsWith(ids);
    const queue = createNumberHeap();
    // Whoever is known has known callees, but for functions that may call others than before.
    const changed = new Set(ids);
    const isSupported = (id: FunctionId): boolean => summaries.has(id) && !changed.has(id);
    for (const id of ids) queue.push(components.of(id) ?? 0);
    for (let component = queue.pop(); component !== undefined; component = queue.pop()) {
      const group = present(components.membersOf(component));
      if (!group.every(isSupported) && pushMissing(group, component, components, queue)) queue.push(component);
      else for (const id of evaluateGroup(group)) pushCallers(id, component, components, queue);
    }
  };
  return {
    of: id => {
      if (!summaries.has(id) && shape.has(id)) work([id]);
      return soFar(id);
    },
    get evaluated() {
      return evaluated;
    },
    update: changed => {
      const known: FunctionId[] = [];
      for (const id of changed) {
        if (!shape.has(id)) summaries.delete(id);
        else if (summaries.has(id)) known.push(id);
      }
      if (known.length > 0) work(known);
    },
  };
}
