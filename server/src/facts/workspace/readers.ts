import type { Source } from './tracker.ts';

/** Who depends on what. */
export interface Readers {
  /** Takes the place of what the reader depended on before. */
  set(reader: string, sources: readonly Source[]): void;
  of(sources: Iterable<Source>): ReadonlySet<string>;
  clear(): void;
}

/** Opens a register without readers. */
export function createReaders(): Readers {
  const sourcesOf = new Map<string, readonly Source[]>();
  const readersOf = new Map<Source, Set<string>>();
  return {
    set: (reader, sources) => {
      for (const source of sourcesOf.get(reader) ?? []) readersOf.get(source)?.delete(reader);
      for (const source of sources) {
        const known = readersOf.get(source);
        if (known) known.add(reader);
        else readersOf.set(source, new Set([reader]));
      }
      if (sources.length > 0) sourcesOf.set(reader, sources);
      else sourcesOf.delete(reader);
    },
    of: sources => {
      const found = new Set<string>();
      for (const source of sources) for (const reader of readersOf.get(source) ?? []) found.add(reader);
      return found;
    },
    clear: () => {
      sourcesOf.clear();
      readersOf.clear();
    },
  };
}
