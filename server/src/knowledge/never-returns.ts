import { knowledge } from './shipped.ts';

/** Canonical names of callables that never come back; see `never-returns.yaml`. */
export interface NeverReturning {
  /** They end the process. */
  readonly exits: ReadonlySet<string>;
  readonly raises: ReadonlySet<string>;
}

export const neverReturning: NeverReturning = {
  exits: new Set(knowledge['never-returns'].exits),
  raises: new Set(knowledge['never-returns'].raises),
};
