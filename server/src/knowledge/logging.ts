import { knowledge } from './shipped.ts';

/** A library whose loggers follow one interface. */
export type LoggingLibrary = 'logging' | 'structlog' | 'loguru';

/** A function that writes something out. */
export interface LogFunction {
  readonly level: string;
  /** Whether it records the traceback of the error that is being handled. */
  readonly traceback?: boolean;
}

/** Names by canonical names; see `logging.yaml`. */
export interface LoggingKnowledge {
  readonly loggers: Readonly<Record<string, LoggingLibrary>>;
  readonly functions: Readonly<Record<string, LogFunction>>;
  /** Names of functions and methods that record an error with its traceback, whoever defines them. */
  readonly recorders: ReadonlySet<string>;
  /** Callables whose result holds the traceback of the error that is being handled. */
  readonly tracebacks: ReadonlySet<string>;
  /** Method names of loggers. */
  readonly levels: ReadonlySet<string>;
}

const { loggers, functions, recorders, tracebacks, levels } = knowledge.logging;

export const loggingKnowledge: LoggingKnowledge = {
  // The schema admits the names of libraries only.
  loggers: loggers as Readonly<Record<string, LoggingLibrary>>,
  functions,
  recorders: new Set(recorders),
  tracebacks: new Set(tracebacks),
  levels: new Set(levels),
};
