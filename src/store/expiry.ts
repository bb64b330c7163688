import type { Kysely } from 'kysely';
import type { StoreSchema } from './schema.ts';

export const DAY_MS = 24 * 60 * 60 * 1000;
const PAUSE_MS = 10 * 60 * 1000;

export function before(now: Date, ms: number): string {
  return new Date(now.getTime() - ms).toISOString();
}

/** Deletes rows older than `ms` now and then: not every write must be slower for it. Never where `ms` is 0. */
export function createExpiry(
  table: 'thread' | 'unanswered' | 'postedAnswer' | 'feedback' | 'request',
  column: 'savedAt' | 'askedAt' | 'at' | 'claimedAt',
  ms: number,
): (trx: Kysely<StoreSchema>, now: Date) => Promise<void> {
  const isDue = createThrottle();
  return async (trx, now) => {
    if (ms === 0 || !isDue(now)) return;
    await trx
      .deleteFrom(table)
      .where(column as never, '<', before(now, ms) as never)
      .execute();
  };
}

/** True the first time and then at most once in ten minutes of the given clock. */
export function createThrottle(): (now: Date) => boolean {
  let last: number | null = null;
  return (now) => {
    const isDue = last === null || Math.abs(now.getTime() - last) >= PAUSE_MS;
    if (isDue) last = now.getTime();
    return isDue;
  };
}
