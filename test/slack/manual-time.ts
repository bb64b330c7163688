import type { After } from '../../src/slack/drain.ts';

export interface ManualTime {
  after: After;
  /** Runs what is due within the next milliseconds, in order. */
  pass(ms: number): void;
  /** How many things wait. */
  waiting(): number;
}

/** Time that passes when a test says so. */
export function createManualTime(): ManualTime {
  let moment = 0;
  let due: { at: number; run: () => void }[] = [];
  return {
    after(ms, run) {
      const entry = { at: moment + ms, run };
      due.push(entry);
      return () => {
        due = due.filter((one) => one !== entry);
      };
    },
    pass(ms) {
      moment += ms;
      const ripe = due.filter(({ at }) => at <= moment).sort((one, other) => one.at - other.at);
      due = due.filter(({ at }) => at > moment);
      for (const { run } of ripe) run();
    },
    waiting: () => due.length,
  };
}
