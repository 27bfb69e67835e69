/** Files for a worker to measure, one after the other, in this order. */
export interface BatchMessage {
  readonly paths: readonly string[];
  /** What belongs to each of them, in the same order; has to survive structured cloning. */
  readonly details: readonly unknown[] | undefined;
}

/** What a worker says; `Result` has to survive structured cloning. */
export type WorkerMessage<Result> =
  /** It has loaded everything and waits for its first batch. */
  | { readonly kind: 'ready' }
  /** The next file of the batch is done. */
  | { readonly kind: 'done'; readonly result: Result };

/** A result with the memory in it that moves to the other thread instead of being copied. */
export interface WorkerResult<Result> {
  readonly result: Result;
  readonly transfer?: readonly ArrayBuffer[];
}
