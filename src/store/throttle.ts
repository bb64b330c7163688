const PAUSE_MS = 10 * 60 * 1000;

/**
 * True the first time and then at most once in ten minutes of the given clock: for clearing up what has faded,
 * which must not make every write slower.
 */
export function createThrottle(): (now: Date) => boolean {
  let last: number | null = null;
  return (now) => {
    const isDue = last === null || Math.abs(now.getTime() - last) >= PAUSE_MS;
    if (isDue) last = now.getTime();
    return isDue;
  };
}
