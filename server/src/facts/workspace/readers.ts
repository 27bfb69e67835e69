import type { KeyNumber } from './tracker.ts';

/** Who depends on which keys. */
export interface Readers {
  /** Takes the place of what the reader depended on before. */
  set(reader: string, keys: readonly KeyNumber[]): void;
  of(keys: Iterable<KeyNumber>): ReadonlySet<string>;
  clear(): void;
}

/** Opens a register without readers. */
export function createReaders(): Readers {
  const keysOf = new Map<string, readonly KeyNumber[]>();
  const readersOf = new Map<KeyNumber, Set<string>>();
  return {
    set: (reader, keys) => {
      for (const key of keysOf.get(reader) ?? []) readersOf.get(key)?.delete(reader);
      for (const key of keys) {
        const known = readersOf.get(key);
        if (known) known.add(reader);
        else readersOf.set(key, new Set([reader]));
      }
      if (keys.length > 0) keysOf.set(reader, keys);
      else keysOf.delete(reader);
    },
    of: keys => {
      const found = new Set<string>();
      for (const key of keys) for (const reader of readersOf.get(key) ?? []) found.add(reader);
      return found;
    },
    clear: () => {
      keysOf.clear();
      readersOf.clear();
    },
  };
}
