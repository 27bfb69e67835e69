import type { BlockingKind, ThreadUse } from './facts/blocking-call.ts';
import type { PythonTimeoutValue } from './facts/http-call.ts';

/** Callables that hold their thread, as the shipped knowledge describes them. */
export interface OwnBlocking {
  readonly kind: BlockingKind;
  /** Module or class: `corp.db`. */
  readonly of: string;
  /** Names in it, separated by blanks; absent: all methods of the class. */
  readonly calls?: string;
  /** Asynchronous counterpart, to be named in messages; `*` stands for the name that is called. */
  readonly async?: string;
  readonly threads: ThreadUse;
  /** It gives back an iterator or stream that waits while it is consumed. */
  readonly lazy?: boolean;
}

/** How an outbound call, or a client, is given its timeout. */
export interface OwnHttp {
  readonly timeoutArgument: string;
  readonly takes: PythonTimeoutValue;
  /** `client` for what makes an object that carries the timeout of its calls. */
  readonly form: 'call' | 'client';
  /** Index of the positional argument that is the timeout. */
  readonly position?: number;
  /** Seconds after which it gives up by itself. */
  readonly defaultSeconds?: number;
}

/** Something that has to be closed. */
export interface OwnResource {
  /** Calls that open it. */
  readonly openers: readonly string[];
  /** What it is, as a reader of a message knows it: `connection`. */
  readonly what: string;
  /** Methods that close it; the first one is the usual one. */
  readonly close: readonly string[];
  readonly context: 'with' | 'asyncWith' | 'none';
}

/** What the configuration says of the user's own libraries. Names are those by which code reaches a thing: `corp.db.query`. */
export interface OwnKnowledge {
  readonly blocking: readonly OwnBlocking[];
  /** Exceptions expected in operation, by callable; a name without a dot is a built-in. */
  readonly raises: Readonly<Record<string, readonly string[]>>;
  /** By callable. */
  readonly http: Readonly<Record<string, OwnHttp>>;
  readonly resources: readonly OwnResource[];
}

export const NO_OWN_KNOWLEDGE: OwnKnowledge = { blocking: [], raises: {}, http: {}, resources: [] };
