/** Numbers the keys that answers depend on. */
export type KeyNumber = number;

/**
 * Remembers answers together with what they were made from, so that a change forgets exactly what it makes wrong.
 * Keys name what may change: a name of a module, a member of a class.
 */
export interface Tracker {
  /** Notes that the answer in the making depends on what a key names. */
  read(key: string): void;
  /**
   * The answer to a question, from memory or computed. A question that comes up again while it is being answered is
   * answered with `undefined`; answers that hang on that are not remembered.
   */
  memo<T>(question: string, compute: () => T | undefined): T | undefined;
  /** Whether a question is being answered right now. */
  isOpen(question: string): boolean;
  /** Runs something, and gives the keys that it depends on. */
  collect<T>(run: () => T): { readonly value: T; readonly keys: readonly KeyNumber[] };
  readonly numberOf: (key: string) => KeyNumber;
  /** Forgets the answers that depend on a key. */
  forget(keys: Iterable<KeyNumber>): void;
  clear(): void;
}

interface Frame {
  readonly reads: Set<KeyNumber>;
  /** Depth of the outermost question that was cut short below; Infinity when there was none. */
  lowest: number;
}

interface Answer {
  readonly value: unknown;
  readonly reads: readonly KeyNumber[];
}

/** Opens a tracker that remembers nothing yet. */
export function createTracker(): Tracker {
  const numbers = new Map<string, KeyNumber>();
  const answers = new Map<string, Answer>();
  /** Questions by the keys that their answers depend on. */
  const dependents = new Map<KeyNumber, Set<string>>();
  const open = new Map<string, number>();
  const frames: Frame[] = [];

  const numberOf = (key: string): KeyNumber => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  };
  const remember = (question: string, value: unknown, reads: readonly KeyNumber[]): void => {
    answers.set(question, { value, reads });
    for (const key of reads) {
      const known = dependents.get(key);
      if (known) known.add(question);
      else dependents.set(key, new Set([question]));
    }
  };
  const pass = (reads: Iterable<KeyNumber>): void => {
    const frame = frames.at(-1);
    if (frame) for (const key of reads) frame.reads.add(key);
  };
  return {
    numberOf,
    read: key => {
      frames.at(-1)?.reads.add(numberOf(key));
    },
    isOpen: question => open.has(question),
    memo: <T>(question: string, compute: () => T | undefined): T | undefined => {
      const known = answers.get(question);
      if (known) {
        pass(known.reads);
        // The same question always has an answer of the same type.
        return known.value as T | undefined;
      }
      const outer = frames.at(-1);
      const depthOfCut = open.get(question);
      if (depthOfCut !== undefined) {
        if (outer) outer.lowest = Math.min(outer.lowest, depthOfCut);
        return undefined;
      }
      const depth = frames.length;
      const frame: Frame = { reads: new Set(), lowest: Infinity };
      frames.push(frame);
      open.set(question, depth);
      let value: T | undefined;
      try {
        value = depth > MAX_DEPTH ? undefined : compute();
      } finally {
        frames.pop();
        open.delete(question);
      }
      if (frame.lowest >= depth) remember(question, value, [...frame.reads]);
      else if (outer) outer.lowest = Math.min(outer.lowest, frame.lowest);
      pass(frame.reads);
      return value;
    },
    collect: run => {
      const frame: Frame = { reads: new Set(), lowest: Infinity };
      frames.push(frame);
      try {
        return { value: run(), keys: [...frame.reads] };
      } finally {
        frames.pop();
      }
    },
    forget: keys => {
      for (const key of keys) {
        for (const question of dependents.get(key) ?? []) {
          for (const other of answers.get(question)?.reads ?? [])
            if (other !== key) dependents.get(other)?.delete(question);
          answers.delete(question);
        }
        dependents.delete(key);
      }
    },
    clear: () => {
      answers.clear();
      dependents.clear();
    },
  };
}

/** No honest program nests its names deeper; the stack has an end. */
const MAX_DEPTH = 400;
