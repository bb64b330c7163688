import { setTimeout as wait } from 'node:timers/promises';
import { isUnclear } from './slack-errors.ts';

/** Before the second, third … attempt. */
const PAUSES_MS = [500, 2_000, 5_000];

/** Tries again, while Slack does not say what came of it, what does no harm when it is done twice. */
export async function retryUnclear<T>(work: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES_MS) {
    try {
      return await work();
    } catch (error) {
      if (!isUnclear(error)) throw error;
      await wait(pause);
    }
  }
  return work();
}
