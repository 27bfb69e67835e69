/** How one part of `npm test` ended. */
export interface StepResult {
  readonly passed: number;
  readonly failed: number;
  /** A few words for the overview, such as "212 tests". */
  readonly summary?: string;
  /** Shown in full when something failed. */
  readonly output: string;
}

/** One part of `npm test`. */
export interface Step {
  readonly title: string;
  /** Titles of the steps that must have ended before; a step whose preparation failed still runs where it can. */
  readonly after?: readonly string[];
  readonly run: () => Promise<StepResult>;
}

/** A gate counts as one check: it is clean or it isn't. */
export function gateResult(code: number, output: string, summary?: string): StepResult {
  const counts = code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  return summary === undefined ? { ...counts, output } : { ...counts, output, summary };
}
