import type { TextRange } from '../text.ts';

/** What makes a worker's loop end, as far as the sleep in it can learn of it. */
export type WorkerStop =
  /** The loop ends once the event is set: by its condition, or by a branch that leaves it. */
  | {
      readonly kind: 'testedEvent';
      readonly expression: string;
      /** Whether it certainly is an event of threads or processes; else its name and its use say so. */
      readonly known: boolean;
    }
  /** The class has one event whose name says stop; the loop reads a flag, or nothing at all. */
  | { readonly kind: 'unreadEvent'; readonly expression: string; readonly endless: boolean }
  /** A flag that the loop reads and other code sets. */
  | { readonly kind: 'flag'; readonly expression: string };

/** A `time.sleep` in a loop that somebody else can end. */
export interface WorkerSleepFact {
  readonly range: TextRange;
  readonly calleeRange: TextRange;
  /** As written, for messages. */
  readonly calleeText: string;
  /** Whether the call is a statement of its own. */
  readonly isStatement: boolean;
  /** Whether its lines hold nothing else but a comment. */
  readonly ownLine: boolean;
  /** Whether it has one argument, without a name or a star. */
  readonly hasPlainArgument: boolean;
  /** How long it sleeps, when that is a constant (of several constants the shortest). */
  readonly seconds: number | undefined;
  /** Whether the worker's loop is the innermost loop around it. */
  readonly isDirect: boolean;
  readonly stop: WorkerStop;
}
