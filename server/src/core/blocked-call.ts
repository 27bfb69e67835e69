import type { AsyncLibrary, BlockingKind } from './facts/blocking-call.ts';
import type { ThreadConduct } from './python-outline.ts';
import type { TextRange } from './text.ts';

/** One step of a chain: a call and what it calls. */
export interface ChainHop {
  /** File of the call. */
  readonly path: string;
  readonly calleeRange: TextRange;
  /** What is called: `Catalogue.read`, or for the last hop the blocking call as written. */
  readonly callee: string;
  /** File in which the callee is defined; undefined for the last hop, which leaves the workspace. */
  readonly definedIn: string | undefined;
}

/** How the first hop runs the function that it calls. */
export type BlockedCallForm = 'call' | 'constructor' | 'generator' | 'context';

/** A call in a coroutine that reaches something blocking through at least one function of the workspace. */
export interface BlockedCall {
  readonly path: string;
  readonly range: TextRange;
  /** The call itself first, what blocks last; at least two. */
  readonly hops: readonly ChainHop[];
  /** Why the last hop holds its thread. */
  readonly kind: BlockingKind;
  readonly form: BlockedCallForm;
  /** Whether the called function may run in another thread. */
  readonly conduct: ThreadConduct;
  /** Whether `await asyncio.to_thread(…)` can take the call's place, as far as syntax goes. */
  readonly movable: boolean;
  /** The coroutine serves nobody yet, or no longer. */
  readonly atStartUp: boolean;
  readonly asyncLibrary: AsyncLibrary;
}

/** Blocked calls of a workspace, with the number of calls that might have been some. */
export interface BlockedCalls {
  /** Sorted by path and place. */
  readonly calls: readonly BlockedCall[];
  /** Calls of coroutines to synchronous functions of the workspace. */
  readonly examined: number;
}
