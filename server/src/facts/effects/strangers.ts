import type { CallFact, Symbol } from '../../core/python-facts.ts';
import type { CallGraph, FunctionId, PythonIndex } from '../../core/python-index.ts';
import type { ThreadConduct } from '../../core/python-outline.ts';
import type { FindBlockingCallable } from '../../knowledge/blocking.ts';
import { canonicalName } from '../python/canonical-name.ts';
import type { PythonFile } from '../python/python-file.ts';
import { isNeutral, isRead, LOG_METHODS, stateOf } from './thread-knowledge.ts';

/**
 * What functions of a file call that is neither of the standard library nor of a library that the knowledge speaks of,
 * each once, by the functions' index: the workspace's own modules, or libraries of which nobody knows what they share.
 * @param conducts of functions that share something themselves, nobody needs to know whom they call
 */
export function findStrangers(
  { facts, knowledge }: PythonFile,
  conducts: readonly ThreadConduct[],
): ReadonlyMap<number, ReadonlySet<Symbol>> {
  const found = new Map<number, Set<Symbol>>();
  for (const call of facts.calls) {
    // What is defined inside may be called inside.
    const around: number[] = [];
    for (let index = call.function; index >= 0; index = facts.functions[index]?.parent ?? -1) {
      if (conducts[index] === 'free') around.push(index);
    }
    const symbol = around.length === 0 ? undefined : strangerOf(call, knowledge.blockingCallable);
    if (symbol === undefined) continue;
    for (const index of around) {
      const known = found.get(index);
      if (known) known.add(symbol);
      else found.set(index, new Set([symbol]));
    }
  }
  return found;
}

function strangerOf(
  { callee, calleeText, atDefinition }: CallFact,
  blockingCallable: FindBlockingCallable,
): Symbol | undefined {
  const symbol = callee?.symbol;
  if (symbol === undefined || atDefinition || /^[:.]/.test(symbol)) return undefined;
  const name = canonicalName(symbol) ?? symbol;
  const method = calleeText.slice(calleeText.lastIndexOf('.') + 1);
  const isKnown = isNeutral(name) || isRead(method) || LOG_METHODS.has(method);
  if (isKnown || stateOf(name) !== undefined || blockingCallable(name)) return undefined;
  return symbol.replace(/\(.*$/s, '');
}

/** Says whether a function, and all that it calls in the workspace, call no library of which nothing is known. */
export function createStrangerSearch({
  graph,
  index,
}: {
  graph: CallGraph;
  index: PythonIndex;
}): (start: FunctionId) => boolean {
  /** Verdicts; those of functions that are being looked at are still open. */
  const verdicts = new Map<FunctionId, boolean>();
  const keepsToItself = (id: FunctionId): boolean => {
    const { strangers } = graph.functionOf(id).effects;
    if (!strangers) return true;
    const path = graph.pathOf(id);
    return strangers.every(symbol => index.isOfWorkspace(path, symbol));
  };
  /** Where all that a function calls was looked at before, as most functions are. */
  const verdictFromCallees = (id: FunctionId): boolean | undefined => {
    if (!keepsToItself(id)) return false;
    for (const { callee } of graph.callsFrom(id)) {
      const verdict = graph.functionOf(callee).isAsync || verdicts.get(callee);
      if (verdict !== true) return verdict;
    }
    return true;
  };
  const search = (start: FunctionId): boolean => {
    const seen = new Set<FunctionId>();
    /** From the start to where the search is, with what is left to look at of each. */
    const way: { readonly id: FunctionId; readonly left: FunctionId[] }[] = [];
    /** @returns whether a stranger was met */
    const enter = (id: FunctionId): boolean => {
      const verdict = verdicts.get(id);
      if (verdict !== undefined || seen.has(id)) return verdict === false;
      seen.add(id);
      const left = graph.callsFrom(id).map(({ callee }) => callee);
      way.push({ id, left: left.filter(callee => !graph.functionOf(callee).isAsync) });
      return !keepsToItself(id);
    };
    let isMet = enter(start);
    for (let last = way.at(-1); last && !isMet; last = way.at(-1)) {
      const next = last.left.pop();
      if (next === undefined) way.pop();
      else isMet = enter(next);
    }
    // All that the search has seen leads to nothing else, or the way that it went leads to the stranger.
    for (const id of isMet ? [start, ...way.map(one => one.id)] : seen) verdicts.set(id, !isMet);
    return !isMet;
  };
  return start => {
    const verdict = verdicts.get(start) ?? verdictFromCallees(start) ?? search(start);
    verdicts.set(start, verdict);
    return verdict;
  };
}
