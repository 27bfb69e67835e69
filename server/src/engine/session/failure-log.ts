import type { RuleFailure } from '../model.ts';

/** Where a session writes what a maintainer wants to read. */
export interface Logger {
  info(message: string): void;
  error(message: string): void;
}

/** Logs each failure once: the same rule fails in the same file at every keystroke. */
export class FailureLog {
  readonly #logger: Logger;
  readonly #reported = new Set<string>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  add(failures: readonly RuleFailure[]): void {
    for (const { ruleId, path, message } of failures) {
      const key = `${ruleId} ${path}`;
      if (this.#reported.has(key)) continue;
      this.#reported.add(key);
      this.#logger.error(`The rule ${ruleId} failed${path === '' ? '' : ` in ${path}`}: ${message}`);
    }
  }
}
