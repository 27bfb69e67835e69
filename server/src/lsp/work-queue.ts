/** Runs pieces of work one after the other; a failure of one does not stop the next. */
export class WorkQueue {
  #tail: Promise<unknown> = Promise.resolve();

  /** Appends work; the promise settles as the work does. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(work, work);
    this.#tail = result.catch(() => undefined);
    return result;
  }
}

/** Calls `action` once per `interval` milliseconds at most: at once after a pause, then at the end of each interval. */
export class Throttle {
  readonly #interval: number;
  readonly #action: () => void;
  #timer: NodeJS.Timeout | undefined;
  #again = false;
  #disposed = false;

  constructor(interval: number, action: () => void) {
    this.#interval = interval;
    this.#action = action;
  }

  /** Asks for a call. No timer runs when nobody asks. */
  request(): void {
    if (this.#disposed) return;
    if (this.#timer) {
      this.#again = true;
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#again) return;
      this.#again = false;
      this.request();
    }, this.#interval);
    this.#action();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
  }
}

/** Collects items and hands them over together, once none has come for `delay` milliseconds. */
export class Batch<T> {
  readonly #delay: number;
  readonly #deliver: (items: readonly T[]) => void;
  readonly #items = new Set<T>();
  #timer: NodeJS.Timeout | undefined;

  constructor(delay: number, deliver: (items: readonly T[]) => void) {
    this.#delay = delay;
    this.#deliver = deliver;
  }

  /** Adds an item; equal ones count once. */
  add(item: T): void {
    this.#items.add(item);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const items = [...this.#items];
      this.#items.clear();
      this.#deliver(items);
    }, this.#delay);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#items.clear();
  }
}
