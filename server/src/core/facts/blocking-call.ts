import type { TextRange } from '../text.ts';
import type { CallFact } from '../python-facts.ts';

/** Why a call holds its thread. */
export type BlockingKind = 'sleep' | 'network' | 'subprocess' | 'database' | 'file' | 'input' | 'cpu';

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
  /** The function that runs the call: `thread` when it is only handed to a thread. */
  readonly context: 'async' | 'sync' | 'module';
}
