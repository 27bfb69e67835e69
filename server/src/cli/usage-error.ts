/** The user asked for something that can't be done; the message is for them, and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
