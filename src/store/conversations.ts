import type { Kysely } from 'kysely';
import { z } from 'zod';
import { ThreadContext } from '../model/query.ts';
import type { StoreDialect } from './dialects/dialect.ts';
import { readJson } from './rows.ts';
import type { StoreSchema } from './schema.ts';
import { createThrottle } from './throttle.ts';

/** A question without an answer, kept so that people can improve the catalogue. No user id. */
export const Unanswered = z.strictObject({
  question: z.string(),
  /** The question as it was understood. */
  understood: z.string(),
  outcome: z.enum(['clarify', 'not_found']),
});
export type Unanswered = z.infer<typeof Unanswered>;

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

const DAY_MS = 24 * 60 * 60 * 1000;
const THREAD_FADES_MS = 14 * DAY_MS;

function before(now: Date, ms: number): string {
  return new Date(now.getTime() - ms).toISOString();
}

export function keepThreads(db: Kysely<StoreSchema>, dialect: StoreDialect): Threads {
  const shouldClearThreads = createThrottle();
  return {
    async load(key) {
      const query = db.selectFrom('thread').select('context').where('thread_key', '=', key);
      const row = await query.executeTakeFirst();
      // A context that an older version wrote in another shape counts as faded.
      return row ? (readJson(ThreadContext, row.context) ?? null) : null;
    },
    async knows(key) {
      const query = db.selectFrom('thread').select('thread_key').where('thread_key', '=', key);
      return (await query.executeTakeFirst()) !== undefined;
    },
    async save(key, context, now) {
      const row = { context: JSON.stringify(context), saved_at: now.toISOString() };
      await dialect.write(db, async (trx) => {
        await trx
          .insertInto('thread')
          .values({ thread_key: key, ...row })
          .onConflict((conflict) => conflict.column('thread_key').doUpdateSet(row))
          .execute();
        if (shouldClearThreads(now)) {
          await trx.deleteFrom('thread').where('saved_at', '<', before(now, THREAD_FADES_MS)).execute();
        }
      });
    },
  };
}

export function keepUnanswered(
  db: Kysely<StoreSchema>,
  dialect: StoreDialect,
  keepDays: number,
): UnansweredQuestions {
  const shouldClear = createThrottle();
  return {
    async keep({ question, understood, outcome }, now) {
      const row = { asked_at: now.toISOString(), question, understood, outcome };
      await dialect.write(db, async (trx) => {
        await trx.insertInto('unanswered').values(row).execute();
        if (keepDays > 0 && shouldClear(now)) {
          await trx
            .deleteFrom('unanswered')
            .where('asked_at', '<', before(now, keepDays * DAY_MS))
            .execute();
        }
      });
    },
    async list() {
      const rows = await db.selectFrom('unanswered').selectAll().orderBy('asked_at').execute();
      return rows.map(({ asked_at, question, understood, outcome }) => ({
        ...Unanswered.parse({ question, understood, outcome }),
        askedAt: asked_at,
      }));
    },
  };
}
