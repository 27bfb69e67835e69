/** Waits before each restart, in milliseconds; after the last one the user decides. */
const DELAYS = [0, 1000, 5000, 15_000];

/** A crash longer ago than this counts no more, in milliseconds. */
const MEMORY = 180_000;

/** Says how long to wait after a crash before starting again; undefined when that has not helped often enough. */
export type RestartPolicy = () => number | undefined;

/** Restarts more and more hesitantly, and in the end no more. `now` is the time in milliseconds. */
export function createRestartPolicy(now: () => number): RestartPolicy {
  let crashes: readonly number[] = [];
  return () => {
    crashes = [...crashes.filter(time => now() - time < MEMORY), now()];
    return DELAYS[crashes.length - 1];
  };
}
