/** Remembers what was found out about the few things that were asked for last. */
export interface Recent<Value> {
  get(name: string): Value | undefined;
  set(name: string, value: Value): void;
}

/**
 * Forgets the one that was set longest ago when there are more than `limit`.
 *
 * Values of a `WeakMap` would go by themselves, but late: the engine takes them for alive until it looks through all of
 * its memory, and meanwhile copies them. While somebody types, that took longer than analysing.
 */
export function createRecent<Value>(limit: number): Recent<Value> {
  const values = new Map<string, Value>();
  return {
    get: name => values.get(name),
    set(name, value) {
      values.delete(name);
      values.set(name, value);
      const [oldest] = values.size > limit ? values.keys() : [];
      if (oldest !== undefined) values.delete(oldest);
    },
  };
}
