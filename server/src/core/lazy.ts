/** How each property of an object is worked out: from what the object is made from, and from its other properties. */
export type Recipe<Source, Late extends object> = {
  readonly [Key in keyof Late]: (source: Source, self: Late) => Late[Key];
};

/** Where an object keeps what it is made from; copies and serialised forms leave it out. */
const SOURCE = Symbol('source');

/**
 * Defines objects whose properties are worked out when they are first read, each once; to its readers such an object
 * looks like any other. Copying or serialising it reads them all.
 *
 * One definition serves many objects, because what finds a property must not hold anything: the engine puts it where it
 * rarely looks for what nobody needs any more, and until then copies all that it holds. With functions that were made
 * for each object, all versions of a file that somebody types in were kept like that, five megabytes each collection.
 * @returns makes an object: with the properties of `base`, and with those of the recipe
 */
export function defineLazy<Source, Late extends object>(
  recipe: Recipe<Source, Late>,
): <Base extends object>(base: Base, source: Source) => Base & Late {
  const descriptors: PropertyDescriptorMap = {};
  for (const [key, work] of Object.entries<(source: Source, self: Late) => unknown>(recipe)) {
    descriptors[key] = {
      enumerable: true,
      configurable: true,
      get(this: Late & { readonly [SOURCE]: Source }) {
        const value = work(this[SOURCE], this);
        Object.defineProperty(this, key, { enumerable: true, value });
        return value;
      },
    };
  }
  return (base, source) => {
    const object = Object.defineProperty({ ...base }, SOURCE, { value: source });
    // It has every property that the recipe has, and each gives what the recipe's function returns.
    return Object.defineProperties(object, descriptors) as typeof base & Late;
  };
}

/** One object of its own kind, see {@link defineLazy}. */
export function lazyObject<Late extends object>(recipe: Recipe<undefined, Late>): Late {
  return defineLazy<undefined, Late>(recipe)({}, undefined);
}
