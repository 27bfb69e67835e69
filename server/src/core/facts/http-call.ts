import type { TextRange } from '../text.ts';
import type { RelatedPlace } from '../finding.ts';

/** How a TypeScript call is given its timeout; what the fix needs. */
export interface TimeoutOption {
  /** Index of the argument that holds the options, counted in the call as it stands. */
  readonly argument: number;
  /** `milliseconds`: a number; `signal`: an `AbortSignal`; `request`: got's object; `chain`: a method of the request. */
  readonly form: 'milliseconds' | 'signal' | 'request' | 'chain';
}

/** How a timeout is written as an argument: a number of some unit, or an object that holds it. */
export type PythonTimeoutValue = 'seconds' | 'wholeSeconds' | 'milliseconds' | 'clientTimeout' | 'botocoreConfig';

/** An outbound call, or the construction of a client that carries the timeout for its calls. */
export interface HttpCallFact {
  readonly language: 'python' | 'typescript';
  readonly range: TextRange;
  readonly calleeRange: TextRange;
  /** Canonical name: `requests.get`, `httpx.AsyncClient`, `fetch`. */
  readonly callee: string;
  readonly form: 'call' | 'client';
  /** `disabled`: an explicit `None`, `0` or the like; `unknown`: it may come from `**options` or the like. */
  readonly timeout: 'absent' | 'disabled' | 'present' | 'unknown';
  /** Keyword (Python) or property (TypeScript) that takes the timeout. */
  readonly timeoutArgument: string;
  /** What the library does without one: undefined when it waits forever, else e.g. `5 seconds`. */
  readonly libraryDefault: string | undefined;
  /** The same in seconds, where it bounds the whole wait in every version of the library. */
  readonly defaultSeconds?: number;
  /** Calls made through a client that has no timeout. */
  readonly uses: readonly RelatedPlace[];
  /** Place of the disabling argument's value. */
  readonly argumentRange: TextRange | undefined;
  /** TypeScript alone: absent where a timeout can't be written with certainty. */
  readonly option?: TimeoutOption;
  /** Python alone: what {@link timeoutArgument} takes; absent where a timeout can't be written with certainty. */
  readonly takes?: PythonTimeoutValue;
  /** Python alone: the `botocore` configuration that the client has already, and that the timeouts belong into. */
  readonly configRange?: TextRange;
  /** Python alone: the address is not in this file and may hold a timeout of its own. */
  readonly openAddress?: boolean;
}
