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

/** How the code around a resource is put into a `with` statement. */
export interface ResourceWrap {
  /** `safe`: nothing but the closing changes. */
  readonly grade: 'safe' | 'suggested';
  /** Variable of the `with` statement. */
  readonly variable: string;
  /** `with` or `async with` around the call itself; `closing`: around `contextlib.closing(…)`. */
  readonly form: 'with' | 'asyncWith' | 'closing';
  /** End of the last use of the resource, or of what depends on it. */
  readonly until: number;
  /** Calls that close it; they go. */
  readonly closes: readonly TextRange[];
  /** The call is awaited in front of the `with` statement too. */
  readonly keepsAwait?: true;
}

/** A call that opens something which has to be closed. */
export interface ResourceFact {
  readonly range: TextRange;
  readonly calleeRange: TextRange;
  /** Canonical name of the opener, e.g. `builtins.open`. */
  readonly opener: string;
  /** What it is, in a message: `file`, `connection`. */
  readonly what: string;
  readonly closeMethod: string;
  /** Which `with` closes it. */
  readonly context: 'with' | 'asyncWith' | 'none' | 'finally';
  /** Whether it is the subject of a `with` statement that does not close it. */
  readonly entered: boolean;
  readonly fate: ResourceFate;
  /** Local variable that holds it; undefined when the result is used in place. */
  readonly variable: string | undefined;
  /** A name of the module holds it, which a script reads at once. */
  readonly ofModule?: true;
  /** Absent where a `with` statement can't be written with certainty. */
  readonly wrap?: ResourceWrap;
}
