import type { CallFact, Symbol } from '../../core/python-facts.ts';
import type { CallGraph, FunctionId, PythonIndex } from '../../core/python-index.ts';
import { blockingCallable } from '../../knowledge/blocking.ts';
import { canonicalName } from '../python/canonical-name.ts';
import type { PythonFile } from '../python/python-file.ts';
import { isNeutral, isRead, LOG_METHODS, stateOf } from './thread-knowledge.ts';

/**
 * What the functions of a file call that is neither of the standard library nor of a library that the knowledge speaks of,
 * each once, by the functions' index: the workspace's own modules, or libraries of which nobody knows what they share.
 */
export function findStrangers({ facts }: PythonFile): ReadonlyMap<number, ReadonlySet<Symbol>> {
  const found = new Map<number, Set<Symbol>>();
  for (const call of facts.calls) {
    const symbol = strangerOf(call);
    if (symbol === undefined) continue;
    // What is defined inside may be called inside.
    for (let index = call.function; index >= 0; index = facts.functions[index]?.parent ?? -1) {
      const known = found.get(index);
      if (known) known.add(symbol);
      else found.set(index, new Set([symbol]));
    }
  }
  return found;
}

function strangerOf({ callee, calleeText, atDefinition }: CallFact): Symbol | undefined {
  const symbol = callee?.symbol;
  if (symbol === undefined || atDefinition || /^[:.]/.test(symbol)) return undefined;
  const name = canonicalName(symbol) ?? symbol;
  const method = calleeText.slice(calleeText.lastIndexOf('.') + 1);
  const isKnown = isNeutral(name) || isRead(method) || LOG_METHODS.has(method);
  if (isKnown || stateOf(name) !== undefined || blockingCallable(name)) return undefined;
  return symbol.replace(/\(.*$/s, '');
}

/** Functions to look at; a chain that leads through more is not proven to keep to itself. */
const MAX_FUNCTIONS = 200;

/** Whether a function, and all that it calls in the workspace, call no library of which nothing is known. */
export function callsNoStranger(
  { graph, index }: { graph: CallGraph; index: PythonIndex },
  start: FunctionId,
): boolean {
  const seen = new Set([start]);
  // A set may grow while it is walked.
  for (const id of seen) {
    if (seen.size > MAX_FUNCTIONS) return false;
    const path = graph.pathOf(id);
    const { strangers = [] } = graph.functionOf(id).effects;
    if (strangers.some(symbol => !isOfWorkspace(index, path, symbol))) return false;
    for (const { callee } of graph.callsFrom(id)) if (!graph.functionOf(callee).isAsync) seen.add(callee);
  }
  return true;
}

/** Whether some beginning of a symbol is a module of the workspace: `shop.models` of `shop.models.Book`. */
function isOfWorkspace(index: PythonIndex, path: string, symbol: Symbol): boolean {
  const parts = symbol.split('.');
  return parts.some((_, end) => index.moduleOf(path, parts.slice(0, end + 1).join('.')) !== undefined);
}
