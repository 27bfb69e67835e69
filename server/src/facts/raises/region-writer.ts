import type { RaiseRegion, RunFact } from '../../core/facts/raises.ts';

/** Gathers what the stretches of one file raise. */
export interface RegionWriter {
  /** Number of the region of a function within `try` bodies; the same for the same place. */
  regionOf(functionIndex: number, tries: readonly number[]): number;
  triesOf(region: number): readonly number[];
  functionOf(region: number): number;
  raise(region: number, types: readonly string[]): void;
  run(region: number, run: RunFact): void;
  unknown(region: number, text: string): void;
  guess(region: number): void;
  yield(region: number): void;
  /** Regions that raise something, sorted by function. */
  written(): readonly RaiseRegion[];
}

interface Draft {
  readonly function: number;
  readonly tries: readonly number[];
  readonly types: Set<string>;
  readonly runs: Map<string, RunFact>;
  readonly unknown: Set<string>;
  guessed: boolean;
  yields: boolean;
}

/** An empty writer, for one file. */
export function createRegionWriter(): RegionWriter {
  const drafts: Draft[] = [];
  const byPlace = new Map<string, number>();
  const at = (region: number): Draft | undefined => drafts[region];

  return {
    regionOf(functionIndex, tries) {
      const key = `${functionIndex}:${tries.join(',')}`;
      const known = byPlace.get(key);
      if (known !== undefined) return known;
      const region = drafts.length;
      byPlace.set(key, region);
      drafts.push({
        function: functionIndex,
        tries,
        types: new Set(),
        runs: new Map(),
        unknown: new Set(),
        guessed: false,
        yields: false,
      });
      return region;
    },
    triesOf: region => at(region)?.tries ?? [],
    functionOf: region => at(region)?.function ?? -1,
    raise(region, types) {
      for (const type of types) at(region)?.types.add(type);
    },
    run(region, run) {
      at(region)?.runs.set(run.symbol, run);
    },
    unknown(region, text) {
      at(region)?.unknown.add(text);
    },
    guess(region) {
      const draft = at(region);
      if (draft) draft.guessed = true;
    },
    yield(region) {
      const draft = at(region);
      if (draft) draft.yields = true;
    },
    written: () =>
      drafts
        .filter(isWorthKeeping)
        .map(toRegion)
        .sort((a, b) => a.function - b.function),
  };
}

/** Nobody runs module-level code outside of `try` a second time. */
function isWorthKeeping(draft: Draft): boolean {
  if (draft.function < 0 && draft.tries.length === 0) return false;
  return draft.types.size > 0 || draft.runs.size > 0 || draft.unknown.size > 0 || draft.guessed || draft.yields;
}

function toRegion({ function: index, tries, types, runs, unknown, guessed, yields }: Draft): RaiseRegion {
  return {
    function: index,
    tries,
    types: [...types].sort(),
    runs: [...runs.values()],
    unknown: [...unknown],
    ...(guessed && { guessed: true }),
    ...(yields && tries.length > 0 && { yields: true }),
  };
}
