import type { BlockingCallFact } from '../../core/facts/blocking-call.ts';
import { groupBy } from '../../core/group-by.ts';
import type { CallCondition, LocalBlockingCall, LocalEffects } from '../../core/python-outline.ts';
import { asyncLibraryOf } from '../blocking-calls/find-blocking-calls.ts';
import { startUpFunctions } from '../blocking-calls/start-up.ts';
import type { NumberedNode } from '../python/numbered-nodes.ts';
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
 * @param leading indices of the calls that may lead to a function of the workspace
 */
export function findEffects(
  file: PythonFile,
  blocking: readonly BlockingCallFact[],
  leading: ReadonlySet<number>,
): FileEffects {
  const waiting = new Set(blocking.map(({ call }) => call.index));
  // When and under which conditions a call runs matters of those that may hold their thread: a third of all calls.
  const calls = [...file.numbers.calls].filter(([, index]) => leading.has(index) || waiting.has(index));
  const { iterated, deferred } = findIteration(file, calls);
  const late = new Set([...deferred, ...findGuardedCalls(file, calls)]);
  const hasCoroutines = file.facts.functions.some(({ isAsync }) => isAsync);
  const atStartUp = hasCoroutines ? startUpFunctions(file.facts) : NO_FUNCTIONS;
  const asyncLibrary = asyncLibraryOf(file.facts);
  const conducts = threadConducts(file);
  const strangers = findStrangers(file, conducts);
  const handling = callsInHandlers(file, calls);
  const byFunction = groupByFunction(blocking.filter(fact => holdsItsCaller(fact) && !late.has(fact.call.index)));
  const conditions = conditionsByFunction(file, calls);
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
      ...(known && { strangers: [...known] }),
      ...(inHandlers && { handling: inHandlers }),
      ...(asked && { conditions: asked }),
    };
  });
  return { functions, iterated: new Set(iterated), deferred: late };
}

const NO_EFFECTS: LocalEffects = {};
const NO_FUNCTIONS: ReadonlySet<number> = new Set();

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

/** Indices of calls that stand in `except` handlers, in source order, by the function that they are in. */
function callsInHandlers(file: PythonFile, calls: readonly NumberedNode[]): ReadonlyMap<number, readonly number[]> {
  if (file.facts.tries.length === 0) return new Map();
  return groupBy(
    calls.filter(([node]) => isInHandler(file, node)).map(([, index]) => index),
    index => file.facts.calls[index]?.function ?? -1,
  );
}

function conditionsByFunction(
  file: PythonFile,
  calls: readonly NumberedNode[],
): ReadonlyMap<number, readonly CallCondition[]> {
  const { facts, numbers, table } = file;
  const found = new Map<number, readonly CallCondition[]>();
  const callsOf = groupBy(calls, ([, index]) => facts.calls[index]?.function ?? -1);
  for (const scope of table.scopes) {
    const index = numbers.functions.get(scope.node) ?? -1;
    const own = callsOf.get(index);
    if (!own || facts.functions[index]?.isAsync !== false) continue;
    const conditions = findConditions(file, scope, own);
    if (conditions.length > 0) found.set(index, conditions);
  }
  return found;
}
