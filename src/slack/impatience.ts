/** Runs work unless the same runs already: resolves at once where it does. */
export type Unhurried = (key: string, work: () => Promise<void>) => Promise<void>;

/** A button that is pressed twice in impatience does its work once; when that has ended, it may be pressed again. */
export function createUnhurried(): Unhurried {
  const running = new Set<string>();
  return async (key, work) => {
    if (running.has(key)) return;
    running.add(key);
    try {
      await work();
    } finally {
      running.delete(key);
    }
  };
}
