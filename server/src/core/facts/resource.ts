import type { TextRange } from '../text.ts';

/** What becomes of a resource that a call opened. */
export type ResourceFate =
  /** A `with` statement, or `close` on every path. */
  | 'closed'
  /** Returned, yielded, stored, passed on: somebody else owns it. */
  | 'handedOver'
  /** `close` on the straight path alone: an error in between leaks it. */
  | 'closedWithoutError'
  /** Never closed in its function. */
  | 'leaked'
  | 'unknown';

/** A call that opens something which has to be closed. */
export interface ResourceFact {
  readonly range: TextRange;
  readonly calleeRange: TextRange;
  /** Canonical name of the opener, e.g. `builtins.open`. */
  readonly opener: string;
  readonly closeMethod: string;
  /** Which `with` closes it. */
  readonly context: 'with' | 'asyncWith' | 'none';
  readonly fate: ResourceFate;
  /** Local variable that holds it; undefined when the result is used in place. */
  readonly variable: string | undefined;
}
