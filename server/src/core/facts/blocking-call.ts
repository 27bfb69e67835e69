import type { TextRange } from '../text.ts';
import type { CallFact } from '../python-facts.ts';

/** Why a call holds its thread; `wait`: for another thread or process. */
export type BlockingKind = 'sleep' | 'network' | 'subprocess' | 'database' | 'file' | 'input' | 'cpu' | 'wait';

/**
 * Whether a call may be moved to another thread. `any`: yes; `one`: yes, as long as one thread at a time uses its
 * object; `own`: no, the object or its transaction belongs to the thread that made it.
 */
export type ThreadUse = 'any' | 'one' | 'own';

/** A call that holds its thread until something outside answers. */
export interface BlockingCallFact {
  readonly call: CallFact;
  readonly range: TextRange;
  readonly calleeRange: TextRange;
  /** Canonical name, e.g. `time.sleep`. */
  readonly callee: string;
  readonly kind: BlockingKind;
  /** Name of the library's asynchronous counterpart, when there is one. */
  readonly asyncCounterpart: string | undefined;
  /** The function that runs the call; `module` also for decorators and defaults, which run where they are defined. */
  readonly context: 'async' | 'sync' | 'module';
  readonly threads: ThreadUse;
  /** Whether it gives back an iterator, stream or file that waits while it is consumed. */
  readonly lazy: boolean;
  /** Whether the object that it is called on is made in the same function, so that nobody else uses it. */
  readonly ownReceiver: boolean;
  /** The function serves nobody yet, or no longer: a lifespan, a start-up or shut-down hook, `main`. */
  readonly atStartUp: boolean;
  /** The library that runs the coroutines of the file. */
  readonly asyncLibrary: AsyncLibrary;
  /** Whether the call can be awaited where it stands: the asynchronous sleep in its place, or itself in a thread. */
  readonly awaitable: boolean;
  /** Whether its result is handed to what runs functions in threads (`to_thread(f(x))`): the call comes too early. */
  readonly calledEarly: boolean;
}

/** Libraries that can move a call to a thread. */
export type AsyncLibrary = 'asyncio' | 'anyio' | 'trio';
