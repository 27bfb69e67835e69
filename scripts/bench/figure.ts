/** One number of the benchmark, with what it is held to and compared with. */
export interface Figure {
  /** `<work> <what>`, the same in every run. */
  readonly name: string;
  /** Undefined when it could not be measured here; then `note` says why. */
  readonly value: number | undefined;
  readonly unit: Unit;
  readonly target?: Target;
  /** The same on the same files in the same run, by other programs. */
  readonly peers?: readonly Peer[];
  readonly note?: string;
}

/** `x` is a ratio. */
export type Unit = 'ms' | 'MB/s' | 'files/s' | 'MB' | '%' | 'x';

/** What DESIGN asks for. */
export type Target = { readonly atMost: number } | { readonly atLeast: number };

/** A figure of another program. */
export interface Peer {
  readonly name: string;
  /** In the unit of the figure; undefined: it is not installed. */
  readonly value: number | undefined;
}

/** Whether a figure is as good as its target; undefined without one, or without a value. */
export function isReached({ value, target }: Figure): boolean | undefined {
  if (value === undefined || target === undefined) return undefined;
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
}

/**
 * The value below which a share of the samples lies.
 * @param share 0.5 for the median, 0.95 for the 95th percentile
 * @throws Error without samples.
 */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((left, right) => left - right);
  const found = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (found === undefined) throw new Error('There is nothing to take a percentile of.');
  return found;
}
