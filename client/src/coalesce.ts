/** Runs an action one at a time: wishes that come while it runs become a single further run. */
export function coalesce(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  const wishes = { open: 0 };
  const run = async (): Promise<void> => {
    try {
      while (wishes.open > 0) {
        wishes.open = 0;
        await action();
      }
    } finally {
      running = undefined;
    }
  };
  return () => {
    wishes.open += 1;
    running ??= run();
    return running;
  };
}
