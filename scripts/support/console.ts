/** Ends the script with one clear line instead of a stack. */
export function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
