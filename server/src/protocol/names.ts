import type { PlaceRange } from './model.ts';

/** A request of ours: its method, carrying the types of what goes in and what comes back. */
export interface RequestName<Params, Result> {
  readonly method: string;
  /** Never set; it ties the types to the name. */
  readonly types?: (params: Params) => Result;
}

/** A notification of ours. */
export interface NotificationName<Params> {
  readonly method: string;
  /** Never set; it ties the type to the name. */
  readonly types?: (params: Params) => void;
}

/** Names an active finding; a `FindingRow` does too. */
export interface FindingName {
  readonly uri: string;
  readonly ruleId: string;
  readonly fingerprint: string;
  /** Where the finding was when it was shown; picks among equal ones. */
  readonly range: PlaceRange;
}
