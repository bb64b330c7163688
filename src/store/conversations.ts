import type { Kysely } from 'kysely';
import { z } from 'zod';
import { ThreadContext } from '../model/query.ts';
import type { StoreDialect } from './dialects/dialect.ts';
import { createExpiry, DAY_MS } from './expiry.ts';
import { readJson } from './rows.ts';
import type { StoreSchema } from './schema.ts';

/** A question without an answer, kept so that people can improve the catalogue. No user id. */
const Unanswered = z.strictObject({
  question: z.string(),
  /** The question as it was understood. */
  understood: z.string(),
  outcome: z.enum(['clarify', 'not_found']),
});
type Unanswered = z.infer<typeof Unanswered>;

export interface KeptUnanswered extends Unanswered {
  /** ISO 8601 in UTC. */
  askedAt: string;
}

/** What threads with planbot are about. */
export interface Threads {
  /** What a thread has been about; null for a thread that is new or faded, or that was about nothing yet. */
  load(key: string): Promise<ThreadContext | null>;
  /** Whether anything was kept of a thread, whatever it was about. */
  knows(key: string): Promise<boolean>;
  /** Also lets threads fade that nobody has touched for two weeks. */
  save(key: string, context: ThreadContext | null, now: Date): Promise<void>;
}

export interface UnansweredQuestions {
  keep(entry: Unanswered, now: Date): Promise<void>;
  /** Oldest first. */
  list(): Promise<KeptUnanswered[]>;
}

export function keepThreads(db: Kysely<StoreSchema>, dialect: StoreDialect): Threads {
  const expire = createExpiry('thread', 'savedAt', 14 * DAY_MS);
  return {
    async load(key) {
      const query = db.selectFrom('thread').select('context').where('threadKey', '=', key);
      const row = await query.executeTakeFirst();
      // A context that an older version wrote in another shape counts as faded.
      return row ? (readJson(ThreadContext, row.context) ?? null) : null;
    },
    async knows(key) {
      const query = db.selectFrom('thread').select('threadKey').where('threadKey', '=', key);
      return (await query.executeTakeFirst()) !== undefined;
    },
    async save(key, context, now) {
      const row = { context: JSON.stringify(context), savedAt: now.toISOString() };
      await dialect.write(db, async (trx) => {
        await trx
          .insertInto('thread')
          .values({ threadKey: key, ...row })
          .onConflict((conflict) => conflict.column('threadKey').doUpdateSet(row))
          .execute();
        await expire(trx, now);
      });
    },
  };
}

export function keepUnanswered(
  db: Kysely<StoreSchema>,
  dialect: StoreDialect,
  keepDays: number,
): UnansweredQuestions {
  const expire = createExpiry('unanswered', 'askedAt', keepDays * DAY_MS);
  return {
    async keep({ question, understood, outcome }, now) {
      const row = { askedAt: now.toISOString(), question, understood, outcome };
      await dialect.write(db, async (trx) => {
        await trx.insertInto('unanswered').values(row).execute();
        await expire(trx, now);
      });
    },
    async list() {
      const rows = await db.selectFrom('unanswered').selectAll().orderBy('askedAt').execute();
      return rows.map(({ askedAt, question, understood, outcome }) => ({
        ...Unanswered.parse({ question, understood, outcome }),
        askedAt,
      }));
    },
  };
}
