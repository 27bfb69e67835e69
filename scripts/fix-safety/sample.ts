/** Picks `count` items; the same seed picks the same ones of the same list. In the order of the list. */
export function sampleOf<Item>(items: readonly Item[], count: number, seed: number): readonly Item[] {
  const random = randomNumbers(seed);
  const ranked = items.map((_, index) => ({ index, rank: random() }));
  const picked = ranked.sort((left, right) => left.rank - right.rank).slice(0, count);
  return picked.sort((left, right) => left.index - right.index).flatMap(({ index }) => items[index] ?? []);
}

/** Numbers from 0 to 1 that depend on the seed alone: a counter, mixed by multiplications. */
function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}
