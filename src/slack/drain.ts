/** Work that has begun and must end before the process may. */
interface Drain {
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing runs any more, or after `limitMs`; true where all of it ended. */
  drained(limitMs: number): Promise<boolean>;
}

export function createDrain(after: After = afterMs): Drain {
  const running = new Set<Promise<unknown>>();
  return {
    track(work) {
      const settled: Promise<unknown> = work.then(
        () => running.delete(settled),
        () => running.delete(settled),
      );
      running.add(settled);
      return work;
    },
    async drained(limitMs) {
      let callOff = () => {};
      const limit = new Promise<false>((resolve) => {
        callOff = after(limitMs, () => resolve(false));
      });
      const done = await Promise.race([allEnded(running), limit]);
      callOff();
      return done;
    },
  };
}

/** Work may begin other work before it ends, so one round is not enough. */
async function allEnded(running: Set<Promise<unknown>>): Promise<true> {
  while (running.size > 0) {
    await Promise.all(running);
  }
  return true;
}

/** Runs something after so many milliseconds; gives the way to call it off. */
export type After = (ms: number, run: () => void) => () => void;

/** In real time. */
export const afterMs: After = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

/** Does what never rejects now and from time to time, each time when the last has ended; gives the way to end. */
export function repeat(after: After, everyMs: number, work: (isOver: () => boolean) => Promise<unknown>) {
  let callOff = () => {};
  let isOver = false;
  async function once(): Promise<void> {
    await work(() => isOver);
    if (!isOver) callOff = after(everyMs, once);
  }
  once();
  return (): void => {
    isOver = true;
    callOff();
  };
}
