/** Ends the script with one clear line instead of a stack. */
export function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

/** What to tell about something that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
