import type { CallRef } from '../../core/python-facts.ts';
import type { TextRange } from '../../core/text.ts';

/** A call through a client that another file made. */
export interface ForeignUse {
  readonly path: string;
  readonly calleeRange: TextRange;
  /** `get` */
  readonly method: string;
  /** What its own arguments, or what stands around it, say of its timeout. */
  readonly timeout: 'absent' | 'disabled' | 'present' | 'unknown';
}

/** What the other files of a workspace do with the clients of a file. */
export interface LinkedClients {
  /** Calls through what a call of this file made, that the file itself can't see as such; by path and place. */
  usesOf(call: number): readonly ForeignUse[];
  /**
   * Attributes that any file sets on an object; `*` when it was given an adapter, or to a function that may do anything
   * with it.
   */
  changesOf(maker: CallRef): ReadonlySet<string>;
  /** Libraries of which some file replaces a function or a method. */
  readonly patched: ReadonlySet<string>;
}
