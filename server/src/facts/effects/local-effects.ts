import type { BlockingCallFact } from '../../core/facts/blocking-call.ts';
import type { CallCondition, LocalBlockingCall, LocalEffects } from '../../core/python-outline.ts';
import type { NodeIndex } from '../../syntax/python/tree.ts';
import { asyncLibraryOf } from '../blocking-calls/find-blocking-calls.ts';
import { startUpFunctions } from '../blocking-calls/start-up.ts';
import type { PythonFile } from '../python/python-file.ts';
import { findConditions } from './find-conditions.ts';
import { findGuardedCalls, isInHandler } from './guards.ts';
import { findIteration } from './iteration.ts';
import { findStrangers } from './strangers.ts';
import { threadConducts } from './thread-conduct.ts';
import { isMomentaryLock } from './thread-knowledge.ts';

/** What the functions of one file do by themselves. */
export interface FileEffects {
  /** By the functions' index; lambdas and functions without an effect have an empty object. */
  readonly functions: readonly LocalEffects[];
  /** Indices of calls; see `OutlineCall`. */
  readonly iterated: ReadonlySet<number>;
  readonly deferred: ReadonlySet<number>;
}

/**
 * Finds what each function of a file does that its callers may want to know.
 * @param blocking the blocking calls of the same file
 */
export function findEffects(file: PythonFile, blocking: readonly BlockingCallFact[]): FileEffects {
  const { iterated, deferred } = findIteration(file);
  const late = new Set([...deferred, ...findGuardedCalls(file)]);
  const atStartUp = startUpFunctions(file.facts);
  const asyncLibrary = asyncLibraryOf(file.facts);
  const conducts = threadConducts(file);
  const strangers = findStrangers(file);
  const handled = callsInHandlers(file);
  const byFunction = groupByFunction(blocking.filter(fact => holdsItsCaller(fact) && !late.has(fact.call.index)));
  const handling = groupCalls(handled, file);
  const conditions = conditionsByFunction(file);
  const functions = file.facts.functions.map(({ index, kind, isAsync }): LocalEffects => {
    if (kind === 'lambda') return NO_EFFECTS;
    if (isAsync) {
      return {
        ...(atStartUp.has(index) && { atStartUp: true as const }),
        ...(asyncLibrary !== 'asyncio' && { asyncLibrary }),
      };
    }
    const calls = byFunction.get(index);
    const conduct = conducts[index] ?? 'shared';
    const known = strangers.get(index);
    const inHandlers = handling.get(index);
    const asked = conditions.get(index);
    return {
      ...(calls && { blocking: calls }),
      ...(conduct !== 'free' && { conduct }),
      ...(known && conduct === 'free' && { strangers: [...known] }),
      ...(inHandlers && { handling: inHandlers }),
      ...(asked && { conditions: asked }),
    };
  });
  return { functions, iterated: new Set(iterated), deferred: late };
}

const NO_EFFECTS: LocalEffects = {};

/** What waits while it is consumed, and is given back unconsumed, is for the caller to wait for. */
function holdsItsCaller({ context, callee, lazy, call }: BlockingCallFact): boolean {
  if (isMomentaryLock(callee)) return false;
  return context === 'sync' && !(lazy && (call.usage === 'returned' || call.usage === 'yielded'));
}

function groupByFunction(blocking: readonly BlockingCallFact[]): ReadonlyMap<number, readonly LocalBlockingCall[]> {
  const groups = new Map<number, LocalBlockingCall[]>();
  for (const { call, range, calleeRange, callee, kind, threads, lazy, ownReceiver } of blocking) {
    const group = groups.get(call.function) ?? [];
    const { calleeText } = call;
    group.push({ call: call.index, range, calleeRange, callee, calleeText, kind, threads, lazy, ownReceiver });
    groups.set(call.function, group);
  }
  return groups;
}

/** Indices of calls that stand in `except` handlers, in source order. */
function callsInHandlers(file: PythonFile): ReadonlySet<number> {
  const { numbers, facts } = file;
  const found = new Set<number>();
  if (facts.tries.length === 0) return found;
  for (const [node, index] of numbers.calls) {
    if (isInHandler(file, node)) found.add(index);
  }
  return found;
}

function groupCalls(calls: Iterable<number>, { facts }: PythonFile): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>();
  for (const index of calls) {
    const owner = facts.calls[index]?.function ?? -1;
    const group = groups.get(owner);
    if (group) group.push(index);
    else groups.set(owner, [index]);
  }
  return groups;
}

function conditionsByFunction(file: PythonFile): ReadonlyMap<number, readonly CallCondition[]> {
  const { facts, numbers, table } = file;
  const calls = new Map<number, (readonly [NodeIndex, number])[]>();
  for (const entry of numbers.calls) {
    const owner = facts.calls[entry[1]]?.function ?? -1;
    const group = calls.get(owner);
    if (group) group.push(entry);
    else calls.set(owner, [entry]);
  }
  const found = new Map<number, readonly CallCondition[]>();
  for (const scope of table.scopes) {
    const index = numbers.functions.get(scope.node);
    const own = index === undefined ? undefined : calls.get(index);
    if (index === undefined || !own || facts.functions[index]?.isAsync !== false) continue;
    const conditions = findConditions(file, scope, own);
    if (conditions.length > 0) found.set(index, conditions);
  }
  return found;
}
