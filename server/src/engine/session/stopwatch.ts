import type { RuleTimes } from '../judge-file.ts';
import type { AnalysisTiming } from '../model.ts';

/** Measures one analysis. */
export interface Stopwatch {
  readonly rule: RuleTimes;
  stop(): AnalysisTiming;
}

/** Starts measuring. */
export function startStopwatch(): Stopwatch {
  const started = performance.now();
  let slowest: AnalysisTiming['slowest'];
  return {
    rule: (ruleId, milliseconds) => {
      if (milliseconds >= (slowest?.milliseconds ?? 0)) slowest = { ruleId, milliseconds };
    },
    stop: () => ({ milliseconds: performance.now() - started, slowest }),
  };
}
