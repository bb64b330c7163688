import type { Kysely } from 'kysely';
import type { RequestBook } from '../model/request-book.ts';
import { createNowAndThen } from './now-and-then.ts';
import type { StoreSchema } from './schema.ts';

/** Longer than an answer takes when Slack asks to wait a minute. */
const LEASE_MS = 90 * 1000;
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
          .values({ key, body, claimed_at, done_at: null })
          .onConflict((conflict) =>
            conflict
              .column('key')
              .doUpdateSet({ claimed_at })
              .where('request.done_at', 'is', null)
              .where('request.claimed_at', '<', before(now, LEASE_MS)),
          )
          .executeTakeFirst();
        return taken.numInsertedOrUpdatedRows === 1n;
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
    async abandonedRequests(now) {
      const rows = await db
        .selectFrom('request')
        .select(['key', 'body'])
        .where('done_at', 'is', null)
        .where('body', 'is not', null)
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
