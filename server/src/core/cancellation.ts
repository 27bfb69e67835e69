/** Asked between files and inside long loops; LSP's token has the same shape. */
export interface CancellationToken {
  readonly isCancellationRequested: boolean;
}

/** For work that nobody can cancel. */
export const NEVER_CANCELLED: CancellationToken = { isCancellationRequested: false };
