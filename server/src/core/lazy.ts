/** How each property of an object is worked out. */
export type Recipe<Result extends object> = { readonly [Key in keyof Result]: () => Result[Key] };

/**
 * An object whose properties are worked out when they are first read, each once; to its readers it looks like any other.
 * Copying or serialising it reads them all.
 */
export function lazyObject<Result extends object>(recipe: Recipe<Result>): Result {
  const object = {};
  for (const [key, work] of Object.entries<() => unknown>(recipe)) {
    Object.defineProperty(object, key, {
      enumerable: true,
      configurable: true,
      get() {
        const value = work();
        Object.defineProperty(object, key, { enumerable: true, value });
        return value;
      },
    });
  }
  // It has every property that the recipe has, and each gives what the recipe's function returns.
  return object as Result;
}
