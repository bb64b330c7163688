/** Runs something after so many milliseconds; gives the way to call it off. */
export type After = (ms: number, run: () => void) => () => void;

/** In real time. */
export const afterMs: After = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};
