/** Where the server writes what a maintainer wants to read. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** A failure with its stack and everything that caused it. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? own : `${own}\nCaused by: ${describeError(error.cause)}`;
}

/** Starts work that nobody waits for: a failure is logged with its stack and goes no further. */
export function inBackground(log: Log, what: string, work: () => Promise<unknown>): void {
  void logged(log, what, work);
}

/** Runs work to its end, whatever that is; a failure is logged with its stack. */
export async function logged(log: Log, what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error(`Failed to ${what}: ${describeError(error)}`);
  }
}
