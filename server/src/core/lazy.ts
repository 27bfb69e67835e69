/** How each property of an object is worked out. */
export type Recipe<Result extends object> = { readonly [Key in keyof Result]: () => Result[Key] };

/**
 * An object whose properties are worked out when they are first read, each once; to its readers it looks like any other.
 * Copying or serialising it reads them all.
 */
export function lazyObject<Result extends object>(recipe: Recipe<Result>): Result {
  return withLazy({}, recipe);
}

/** A copy of an object with more properties, each of which is worked out when it is first read. */
export function withLazy<Base extends object, Late extends object>(base: Base, recipe: Recipe<Late>): Base & Late {
  const object = Object.assign(emptyDictionary(), base);
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
  return object as Base & Late;
}

/**
 * An empty object that the engine keeps as a dictionary. Any other one it would give a hidden class of its own with each
 * getter, in memory that is rarely searched, and until then keep all that the getters hold, and copy it: while somebody
 * types, six of the seven megabytes that each collection should have freed.
 */
function emptyDictionary(): object {
  // An object without a prototype starts as a dictionary, and stays one.
  return Object.setPrototypeOf(Object.create(null), Object.prototype) as object;
}
