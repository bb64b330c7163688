import type { Kysely } from 'kysely';
import type { Requests, TakenRequest } from '../model/request.ts';
import type { StoreDialect } from './dialects/dialect.ts';
import type { StoreSchema } from './schema.ts';
import { createThrottle } from './throttle.ts';

/** Whoever is at work renews it every 15 seconds. */
const LEASE_MS = 45 * 1000;
const MOST_ATTEMPTS = 10;
const AT_ONCE = 500;
/** Slack gives up redelivering within minutes; a day leaves room for a machine that was asleep. */
const FORGOTTEN_MS = 24 * 60 * 60 * 1000;

export function keepRequests(db: Kysely<StoreSchema>, dialect: StoreDialect): Requests {
  const shouldClear = createThrottle();
  return {
    async claim({ key, body }, now) {
      const claimed_at = now.toISOString();
      return dialect.write(db, async (trx) => {
        if (shouldClear(now)) {
          await trx.deleteFrom('request').where('claimed_at', '<', before(now, FORGOTTEN_MS)).execute();
        }
        const taken = await trx
          .insertInto('request')
          .values({ key, body, claimed_at, done_at: null, attempts: 1 })
          .onConflict((conflict) =>
            conflict
              .column('key')
              .doUpdateSet(({ eb }) => ({ claimed_at, attempts: eb('request.attempts', '+', 1) }))
              .where('request.done_at', 'is', null)
              .where('request.claimed_at', '<', before(now, LEASE_MS)),
          )
          .returning('attempts')
          .executeTakeFirst();
        return taken?.attempts ?? null;
      });
    },
    async finish({ key, attempt }, now) {
      await dialect.write(db, (trx) =>
        trx
          .updateTable('request')
          .set({ done_at: now.toISOString(), body: null })
          .where('key', '=', key)
          .where('attempts', '=', attempt)
          .execute(),
      );
    },
    async renew(taken, now) {
      const claimed_at = now.toISOString();
      return dialect.write(db, async (trx) => {
        const renewed: string[] = [];
        for (const { attempt, keys } of byAttempt(taken)) {
          const rows = await trx
            .updateTable('request')
            .set({ claimed_at })
            .where('key', 'in', keys)
            .where('attempts', '=', attempt)
            .where('done_at', 'is', null)
            .returning('key')
            .execute();
          renewed.push(...rows.map(({ key }) => key));
        }
        return renewed;
      });
    },
    async abandoned(now) {
      const rows = await db
        .selectFrom('request')
        .select(['key', 'body', 'attempts as attempt'])
        .where('done_at', 'is', null)
        .where('body', 'is not', null)
        .where('attempts', '<', MOST_ATTEMPTS)
        .where('claimed_at', '<', before(now, LEASE_MS))
        .where('claimed_at', '>=', before(now, FORGOTTEN_MS))
        .orderBy('claimed_at')
        .orderBy('key')
        .execute();
      return rows.flatMap(({ body, ...taken }) => (body === null ? [] : [{ ...taken, body }]));
    },
  };
}

function before(now: Date, ms: number): string {
  return new Date(now.getTime() - ms).toISOString();
}

/** As many of one attempt as a statement takes. */
function byAttempt(taken: readonly TakenRequest[]): { attempt: number; keys: string[] }[] {
  const found: { attempt: number; keys: string[] }[] = [];
  for (const { key, attempt } of taken) {
    const open = found.findLast((one) => one.attempt === attempt);
    if (open === undefined || open.keys.length === AT_ONCE) found.push({ attempt, keys: [key] });
    else open.keys.push(key);
  }
  return found;
}
