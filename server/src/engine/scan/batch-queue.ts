/** Paths that still have to be measured. */
export interface BatchQueue {
  /** The next batch; empty when there is nothing left. */
  take(): readonly string[];
  /** Puts back what a lost thread left behind. `suspect` is the file that it was at: it is tried once more, alone. */
  putBack(suspect: string | undefined, others: readonly string[]): void;
  /** Whether the file has had its second chance. */
  isSuspect(path: string): boolean;
}

/** Deals paths in batches, in their order; suspects come last. */
export function createBatchQueue(paths: readonly string[], batchSize: number): BatchQueue {
  // Taking from the end of an array is cheap.
  const waiting = [...paths].reverse();
  const suspects: string[] = [];
  const known = new Set<string>();
  return {
    take: () => (waiting.length > 0 ? waiting.splice(-batchSize).reverse() : suspects.splice(0, 1)),
    putBack(suspect, others) {
      waiting.push(...[...others].reverse());
      if (suspect === undefined) return;
      suspects.push(suspect);
      known.add(suspect);
    },
    isSuspect: path => known.has(path),
  };
}
