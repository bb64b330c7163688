import type { Kysely } from 'kysely';
import type { Requests, TakenRequest } from '../model/request.ts';
import type { StoreDialect } from './dialects/dialect.ts';
import { before, createExpiry, DAY_MS } from './expiry.ts';
import type { StoreSchema } from './schema.ts';

/** Whoever is at work renews it every 15 seconds. */
const LEASE_MS = 45 * 1000;
const MOST_ATTEMPTS = 10;
const AT_ONCE = 500;
/** Slack gives up redelivering within minutes; a day leaves room for a machine that was asleep. */
const FORGOTTEN_MS = DAY_MS;

export function keepRequests(db: Kysely<StoreSchema>, dialect: StoreDialect): Requests {
  const expire = createExpiry('request', 'claimedAt', FORGOTTEN_MS);
  return {
    async claim({ key, body }, now) {
      const claimedAt = now.toISOString();
      return dialect.write(db, async (trx) => {
        await expire(trx, now);
        const taken = await trx
          .insertInto('request')
          .values({ key, body, claimedAt, doneAt: null, attempts: 1 })
          .onConflict((conflict) =>
            conflict
              .column('key')
              .doUpdateSet(({ eb }) => ({ claimedAt, attempts: eb('request.attempts', '+', 1) }))
              .where('request.doneAt', 'is', null)
              .where('request.claimedAt', '<', before(now, LEASE_MS)),
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
          .set({ doneAt: now.toISOString(), body: null })
          .where('key', '=', key)
          .where('attempts', '=', attempt)
          .execute(),
      );
    },
    async renew(taken, now) {
      const claimedAt = now.toISOString();
      return dialect.write(db, async (trx) => {
        const renewed: string[] = [];
        for (const { attempt, keys } of byAttempt(taken)) {
          const rows = await trx
            .updateTable('request')
            .set({ claimedAt })
            .where('key', 'in', keys)
            .where('attempts', '=', attempt)
            .where('doneAt', 'is', null)
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
        .where('doneAt', 'is', null)
        .where('body', 'is not', null)
        .where('attempts', '<', MOST_ATTEMPTS)
        .where('claimedAt', '<', before(now, LEASE_MS))
        .where('claimedAt', '>=', before(now, FORGOTTEN_MS))
        .orderBy('claimedAt')
        .orderBy('key')
        .execute();
      return rows.flatMap(({ body, ...taken }) => (body === null ? [] : [{ ...taken, body }]));
    },
  };
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
