/** The caller of a tool asked for something that can't be done; the message is for them. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
