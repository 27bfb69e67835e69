import type { TextRange } from '../text.ts';

/** How much a handler catches; `unknown` when a type in it can't be resolved. */
export type HandlerBreadth = 'bare' | 'baseException' | 'exception' | 'narrow' | 'unknown';

/** A log call inside a handler. */
export interface HandlerLogCall {
  readonly range: TextRange;
  readonly calleeRange: TextRange;
  /** Method: `error`, `warning`, `exception`. */
  readonly level: string;
  /** `imported`: an object of another module of the program, a logger by its name and by all that is called on it. */
  readonly library: 'logging' | 'structlog' | 'loguru' | 'imported' | 'other';
  /** Whether it records the traceback by itself. */
  readonly hasTraceback: boolean;
  /** Whether the caught error is among its arguments. */
  readonly mentionsError: boolean;
  /** Python alone: `exc_info=False` says that no traceback is wanted. */
  readonly declinesTraceback?: boolean;
}

/** What a handler does; several may hold. */
export interface HandlerConduct {
  /** Every path ends in `raise`. */
  readonly reraises: boolean;
  /** Some path raises. */
  readonly mayRaise: boolean;
  readonly logs: readonly HandlerLogCall[];
  /** The caught error goes on as a value: returned, stored, passed to a call, put into a response. */
  readonly handsErrorOn: boolean;
  /** Nothing but `pass`, `...`, `continue`, `break` or a bare/constant return. */
  readonly empty: boolean;
  /** Source text of the constant it returns (`None`, `False`, `[]`), when it returns nothing else. */
  readonly returnsConstant: string | undefined;
  /** Ends the process or the test: `sys.exit`, `os._exit`, `raise SystemExit`. */
  readonly exits: boolean;
  /** Calls other than log calls, or assignments: it does something about the error. */
  readonly acts: boolean;
  /** Python alone: every path raises or ends the process. */
  readonly endsAlways?: boolean;
  /** Python alone: the error object itself goes on, with its traceback. */
  readonly handsErrorOnWhole?: boolean;
  /** Python alone: source text of the empty value (`None`, `{}`) that it gives names, when it does nothing else. */
  readonly assignsConstant?: string;
}

/**
 * Why a handler may drop the error on purpose: a comment or a name says so, the guarded code turns data into other data,
 * tries whether something is there, or tidies up; or it runs in a browser, whose framework shows errors by itself.
 */
export type HandlerExcuse = 'explained' | 'conversion' | 'probe' | 'cleanup' | 'awaitedElsewhere' | 'browser';

/** One `except` clause, `contextlib.suppress(…)`, `catch` clause or `.catch(…)` callback. */
export interface ExceptionHandlerFact {
  readonly language: 'python' | 'typescript';
  readonly form: 'except' | 'suppress' | 'catch' | 'catchCallback';
  readonly range: TextRange;
  /** `except X as e` without the colon; the callee for the other forms. */
  readonly headRange: TextRange;
  readonly breadth: HandlerBreadth;
  /** Resolved names of the types, `undefined` entries unknown. */
  readonly types: readonly (string | undefined)[];
  readonly errorName: string | undefined;
  readonly conduct: HandlerConduct;
  /** The `try` body that it guards. */
  readonly bodyRange: TextRange;
  /** A place where errors are meant to stop: `main`, a worker loop, `__exit__`, an exception handler function. */
  readonly boundary: boolean;
  /** Index into the file's functions, -1 outside. */
  readonly function: number;
  /** Absent where nothing speaks for dropping the error. */
  readonly excuse?: HandlerExcuse;
  /** TypeScript alone: code after the handler, or the caller, needs what the guarded code did not deliver. */
  readonly resultExpected?: boolean;
  /** Python alone: the guarded code reads JSON or the like, and the handler goes on with a value in its place. */
  readonly coercesData?: boolean;
  /** Python alone: expression of a logger that the handler can use, where it drops the error and there is one. */
  readonly logger?: string;
  /** Python alone: the guarded code may be ended by `KeyboardInterrupt` or `SystemExit`: it waits, or it exits. */
  readonly guardsExit?: boolean;
  /** Python alone, bare handlers: `KeyboardInterrupt` and `SystemExit` are caught before. */
  readonly exitsCaughtBefore?: boolean;
  /** Python alone, bare handlers: `Exception` is caught before, or the name does not mean the built-in here. */
  readonly cannotNameException?: boolean;
  /**
   * Python alone, broad handlers: how well the exceptions of the guarded code are understood from the file alone.
   * `certain` all of them; `likely` all of them, some by the names of methods and attributes; `partly` some;
   * `elsewhere`: other files of the program have to say.
   */
  readonly narrowing?: 'certain' | 'likely' | 'partly' | 'elsewhere' | undefined;
}
