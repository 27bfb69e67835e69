import type { BlockingCallFact } from '../../core/facts/blocking-call.ts';
import type { LocalBlockingCall, LocalEffects } from '../../core/python-outline.ts';
import { asyncLibraryOf } from '../blocking-calls/find-blocking-calls.ts';
import { startUpFunctions } from '../blocking-calls/start-up.ts';
import type { PythonFile } from '../python/python-file.ts';
import { findIteration } from './iteration.ts';
import { threadConducts } from './thread-conduct.ts';

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
  const late = new Set(deferred);
  const atStartUp = startUpFunctions(file.facts);
  const asyncLibrary = asyncLibraryOf(file.facts);
  const conducts = threadConducts(file);
  const byFunction = groupByFunction(blocking.filter(fact => holdsItsCaller(fact) && !late.has(fact.call.index)));
  const functions = file.facts.functions.map(({ index, kind, isAsync }): LocalEffects => {
    if (kind === 'lambda') return {};
    if (isAsync) {
      return {
        ...(atStartUp.has(index) && { atStartUp: true as const }),
        ...(asyncLibrary !== 'asyncio' && { asyncLibrary }),
      };
    }
    const calls = byFunction.get(index);
    const conduct = conducts[index] ?? 'shared';
    return { ...(calls && { blocking: calls }), ...(conduct !== 'free' && { conduct }) };
  });
  return { functions, iterated: new Set(iterated), deferred: late };
}

/** What waits while it is consumed, and is given back unconsumed, is for the caller to wait for. */
function holdsItsCaller({ context, lazy, call }: BlockingCallFact): boolean {
  return context === 'sync' && !(lazy && (call.usage === 'returned' || call.usage === 'yielded'));
}

function groupByFunction(blocking: readonly BlockingCallFact[]): ReadonlyMap<number, readonly LocalBlockingCall[]> {
  const groups = new Map<number, LocalBlockingCall[]>();
  for (const { call, range, calleeRange, callee, kind, threads, lazy, ownReceiver } of blocking) {
    const group = groups.get(call.function) ?? [];
    group.push({ range, calleeRange, callee, calleeText: call.calleeText, kind, threads, lazy, ownReceiver });
    groups.set(call.function, group);
  }
  return groups;
}
