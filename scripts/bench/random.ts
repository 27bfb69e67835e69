/** A seeded source of numbers: the same seed gives the same numbers everywhere. */
export interface Random {
  /** A whole number of at least 0 and below `limit`. */
  below(limit: number): number;
}

/** Starts a sequence (xorshift; good enough for choosing lines). */
export function createRandom(seed: number): Random {
  let state = seed | 0 || 1;
  return {
    below(limit) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) % limit;
    },
  };
}
