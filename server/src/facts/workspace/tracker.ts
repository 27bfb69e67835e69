import { createNumbering } from './numbering.ts';

/** Names what may change; {@link Keys} gives them. */
export type KeyNumber = number;

/** What answers are remembered about. */
export type QuestionKind = 'name' | 'exported' | 'order' | 'decoration' | 'returned' | 'yielded';

/** What an answer was made from: keys, and the numbers of other questions, which are below zero. */
export type Source = KeyNumber;

/**
 * Remembers answers together with what they were made from, so that a change forgets exactly what it makes wrong.
 */
export interface Tracker {
  /** Notes that the answer in the making depends on what a key names. */
  read(key: KeyNumber): void;
  /**
   * The answer to a question, from memory or computed. A question that comes up again while it is being answered is
   * answered with `undefined`; answers that hang on that are not remembered.
   * @param owner a path, or the number of a function
   */
  memo<T>(kind: QuestionKind, owner: string | number, name: string, compute: () => T | undefined): T | undefined;
  /** Runs something, and gives what it depends on. */
  collect<T>(run: () => T): { readonly value: T; readonly sources: readonly Source[] };
  /** Forgets the answers that depend on keys. @returns the keys, and the questions that have no answer any more */
  forget(keys: Iterable<KeyNumber>): ReadonlySet<Source>;
  clear(): void;
}

interface Frame {
  readonly sources: Set<Source>;
  /** Depth of the outermost question that was cut short below; Infinity when there was none. */
  lowest: number;
}

interface Answer {
  readonly value: unknown;
  readonly sources: ReadonlySet<Source>;
}

/** Opens a tracker that remembers nothing yet. */
export function createTracker(): Tracker {
  const { numberOf } = createNumbering<QuestionKind>();
  const answers = new Map<Source, Answer>();
  /** Questions by what their answers depend on. */
  const dependents = new Map<Source, Set<Source>>();
  const open = new Map<Source, number>();
  const frames: Frame[] = [];

  const remember = (question: Source, value: unknown, sources: ReadonlySet<Source>): void => {
    answers.set(question, { value, sources });
    for (const source of sources) {
      const known = dependents.get(source);
      if (known) known.add(question);
      else dependents.set(source, new Set([question]));
    }
  };
  const read = (source: Source): void => {
    frames.at(-1)?.sources.add(source);
  };
  const answer = <T>(question: Source, compute: () => T | undefined): T | undefined => {
    const outer = frames.at(-1);
    const depth = frames.length;
    const frame: Frame = { sources: new Set(), lowest: Infinity };
    frames.push(frame);
    open.set(question, depth);
    let value: T | undefined;
    try {
      value = depth > MAX_DEPTH ? undefined : compute();
    } finally {
      frames.pop();
      open.delete(question);
    }
    if (frame.lowest >= depth) {
      remember(question, value, frame.sources);
      read(question);
    } else {
      if (outer) outer.lowest = Math.min(outer.lowest, frame.lowest);
      for (const source of frame.sources) read(source);
    }
    return value;
  };
  return {
    read,
    memo: <T>(kind: QuestionKind, owner: string | number, name: string, compute: () => T | undefined) => {
      const question = -1 - numberOf(kind, owner, name);
      const known = answers.get(question);
      if (known) {
        read(question);
        // The same question always has an answer of the same type.
        return known.value as T | undefined;
      }
      const depthOfCut = open.get(question);
      if (depthOfCut === undefined) return answer(question, compute);
      const outer = frames.at(-1);
      if (outer) outer.lowest = Math.min(outer.lowest, depthOfCut);
      return undefined;
    },
    collect: run => {
      const frame: Frame = { sources: new Set(), lowest: Infinity };
      frames.push(frame);
      try {
        return { value: run(), sources: [...frame.sources] };
      } finally {
        frames.pop();
      }
    },
    forget: keys => {
      const forgotten = new Set<Source>(keys);
      // A set may grow while it is walked: what depends on a forgotten answer is forgotten as well.
      for (const source of forgotten) {
        for (const question of dependents.get(source) ?? []) forgotten.add(question);
        dependents.delete(source);
        for (const other of answers.get(source)?.sources ?? []) dependents.get(other)?.delete(source);
        answers.delete(source);
      }
      return forgotten;
    },
    clear: () => {
      answers.clear();
      dependents.clear();
    },
  };
}

/** No honest program nests its names deeper; the stack has an end. */
const MAX_DEPTH = 400;
