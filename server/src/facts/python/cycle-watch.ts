/**
 * Watches evaluations that ask for each other, and finds those that lead back to themselves. What such an evaluation
 * gives may depend on who asked first: in a ring, whoever is asked while it is still busy answers "unknown".
 *
 * Every ring whose members are all unknown in the end is harmless: then that answer was right, whoever gave it.
 */
export interface CycleWatch {
  /** An evaluation starts. Keys are numbers below the size; returns what {@link leave} wants back. */
  enter(key: number): number;
  /** The evaluation that was entered last ends; `isKnown` tells whether it has found a value. */
  leave(key: number, entered: number, isKnown: boolean): void;
  /** Somebody asks for an evaluation that was entered before. */
  meet(key: number): void;
  /** The order of questions counts for some other reason. */
  giveUp(): void;
  /** Whether the order of questions may have had a say in what was found so far. */
  readonly isOrderSensitive: () => boolean;
}

/** The evaluation hangs on no other one that is still busy. */
const FREE = 0x7fffffff;

/**
 * Starts to watch. Rings are the strongly connected components of the questions, found as Tarjan does
 * (https://doi.org/10.1137/0201010) while they are asked.
 * @param size keys are below it
 */
export function createCycleWatch(size: number): CycleWatch {
  /** For busy evaluations, and for ended ones that hang on a busy one: how deep the one stands that they lead back to. */
  const reach = new Int32Array(size);
  /** Ended evaluations whose ring is not complete yet. */
  const pending: { readonly key: number; readonly depth: number; readonly isKnown: boolean }[] = [];
  let depth = 0;
  let lowest = FREE;
  let isSensitive = false;

  const closeRing = (from: number): void => {
    for (let last = pending.at(-1); last && last.depth > from; last = pending.at(-1)) {
      isSensitive ||= last.isKnown;
      reach[last.key] = 0;
      pending.pop();
    }
  };

  return {
    enter(key) {
      depth++;
      reach[key] = depth;
      const before = lowest;
      lowest = FREE;
      return before;
    },
    leave(key, entered, isKnown) {
      const own = depth--;
      if (lowest < own) {
        pending.push({ key, depth: own, isKnown });
        reach[key] = lowest;
        lowest = Math.min(entered, lowest);
        return;
      }
      if (lowest === own) {
        isSensitive ||= isKnown;
        closeRing(own);
      }
      reach[key] = 0;
      lowest = entered;
    },
    meet(key) {
      const place = reach[key] ?? 0;
      if (place > 0 && place < lowest) lowest = place;
    },
    giveUp() {
      isSensitive = true;
    },
    isOrderSensitive: () => isSensitive,
  };
}
