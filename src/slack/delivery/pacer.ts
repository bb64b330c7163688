import { setTimeout as wait } from 'node:timers/promises';

/** Waits until the next message may be posted in a channel. Calls for one channel come one after another. */
export type Pacer = (channel: string) => Promise<void>;

/** Slack allows about one message a second in a channel, and short bursts. */
const INTERVAL_MS = 1_000;
const BURST = 4;

interface PacerClock {
  now(): number;
  wait(ms: number): Promise<unknown>;
}

/**
 * A leaky bucket a channel. `full` is the moment at which the channel has its whole burst again; a message
 * moves it by one interval, and must wait while it is more than a burst ahead.
 */
export function createPacer(clock: PacerClock = { now: () => performance.now(), wait }): Pacer {
  const full = new Map<string, number>();
  return async (channel) => {
    const now = clock.now();
    for (const [name, moment] of full) {
      if (moment <= now) {
        full.delete(name);
      }
    }
    const next = Math.max(full.get(channel) ?? now, now) + INTERVAL_MS;
    full.set(channel, next);
    const ahead = next - now - BURST * INTERVAL_MS;
    if (ahead > 0) {
      await clock.wait(ahead);
    }
  };
}
