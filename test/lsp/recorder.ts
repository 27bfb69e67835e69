/** Keeps what arrives, in order, and lets a test wait for it. */
export interface Recorder<T> {
  readonly all: readonly T[];
  readonly add: (item: T) => void;
  /** Waits until the condition holds for everything that has arrived. */
  until(holds: (items: readonly T[]) => boolean): Promise<void>;
  /** The latest item about something, once that latest item fits. */
  last(about: (item: T) => boolean, fits?: (item: T) => boolean): Promise<T>;
}

const PATIENCE = 15_000;

/** An empty recorder; `what` names its items in the message of a wait that was in vain. */
export function recorder<T>(what: string): Recorder<T> {
  const all: T[] = [];
  const listeners = new Set<() => void>();
  const until = (holds: (items: readonly T[]) => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const ask = (): void => {
        if (!holds(all)) return;
        clearTimeout(timer);
        listeners.delete(ask);
        resolve();
      };
      const timer = setTimeout(() => {
        listeners.delete(ask);
        reject(new Error(`Waited in vain for ${what}. What came: ${JSON.stringify(all.slice(-5), undefined, 1)}`));
      }, PATIENCE);
      listeners.add(ask);
      ask();
    });
  const latest = (about: (item: T) => boolean): T | undefined => all.findLast(about);
  return {
    all,
    add: item => {
      all.push(item);
      for (const listener of [...listeners]) listener();
    },
    until,
    last: async (about, fits = () => true) => {
      await until(() => {
        const item = latest(about);
        return item !== undefined && fits(item);
      });
      const item = latest(about);
      if (item === undefined) throw new Error(`There is no ${what}.`);
      return item;
    },
  };
}
