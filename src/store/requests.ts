import type { Kysely } from 'kysely';
import type { RequestBook } from '../model/request-book.ts';
import { createNowAndThen } from './now-and-then.ts';
import type { StoreSchema } from './schema.ts';

/** Whoever is at work renews it every 15 seconds. */
const LEASE_MS = 45 * 1000;
const MOST_ATTEMPTS = 10;
const AT_ONCE = 500;
/** Slack gives up redelivering within minutes; a day leaves room for a machine that was asleep. */
const FORGOTTEN_MS = 24 * 60 * 60 * 1000;

export function keepRequests(db: Kysely<StoreSchema>): RequestBook {
  const shouldClear = createNowAndThen();
  return {
    async claimRequest({ key, body }, now) {
      const claimed_at = now.toISOString();
      return db.transaction().execute(async (trx) => {
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
        if (taken === undefined) return 'held';
        return taken.attempts === 1 ? 'new' : 'left';
      });
    },
    async finishRequest(key, now) {
      await db
        .transaction()
        .execute((trx) =>
          trx
            .updateTable('request')
            .set({ done_at: now.toISOString(), body: null })
            .where('key', '=', key)
            .execute(),
        );
    },
    async renewRequests(keys, now) {
      const claimed_at = now.toISOString();
      await db.transaction().execute(async (trx) => {
        for (let from = 0; from < keys.length; from += AT_ONCE) {
          const some = keys.slice(from, from + AT_ONCE);
          await trx
            .updateTable('request')
            .set({ claimed_at })
            .where('key', 'in', some)
            .where('done_at', 'is', null)
            .execute();
        }
      });
    },
    async abandonedRequests(now) {
      const rows = await db
        .selectFrom('request')
        .select(['key', 'body'])
        .where('done_at', 'is', null)
        .where('body', 'is not', null)
        .where('attempts', '<', MOST_ATTEMPTS)
        .where('claimed_at', '<', before(now, LEASE_MS))
        .where('claimed_at', '>=', before(now, FORGOTTEN_MS))
        .orderBy('claimed_at')
        .orderBy('key')
        .execute();
      return rows.flatMap(({ key, body }) => (body === null ? [] : [{ key, body }]));
    },
  };
}

function before(now: Date, ms: number): string {
  return new Date(now.getTime() - ms).toISOString();
}
