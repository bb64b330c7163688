import type { Kysely } from 'kysely';
import { Feedback, type FeedbackLog } from '../model/feedback.ts';
import type { PostedAnswers } from '../model/posted-answer.ts';
import type { StoreDialect } from './dialects/dialect.ts';
import { createExpiry, DAY_MS } from './expiry.ts';
import type { StoreSchema } from './schema.ts';

const ANSWER = ['channel', 'ts', 'questionTs', 'asker', 'asked'] as const;

export function keepAnswers(db: Kysely<StoreSchema>, dialect: StoreDialect): PostedAnswers {
  const expire = createExpiry('postedAnswer', 'at', 28 * DAY_MS);
  const answersIn = (channel: string) =>
    db.selectFrom('postedAnswer').select(ANSWER).where('channel', '=', channel);
  return {
    async save({ channel, ts, questionTs, asker, asked }, now) {
      const row = { questionTs, asker, asked, at: now.toISOString() };
      await dialect.write(db, async (trx) => {
        await trx
          .insertInto('postedAnswer')
          .values({ channel, ts, ...row })
          .onConflict((conflict) => conflict.columns(['channel', 'ts']).doUpdateSet(row))
          .execute();
        await expire(trx, now);
      });
    },
    find: async (channel, ts) => (await answersIn(channel).where('ts', '=', ts).executeTakeFirst()) ?? null,
    answersTo: (channel, questionTs) =>
      answersIn(channel).where('questionTs', '=', questionTs).orderBy('at').orderBy('ts').execute(),
    async remove(channel, ts) {
      await dialect.write(db, (trx) =>
        trx.deleteFrom('postedAnswer').where('channel', '=', channel).where('ts', '=', ts).execute(),
      );
    },
    async recentQuestions(user, limit) {
      const rows = await db
        .selectFrom('postedAnswer')
        .select(({ fn }) => ['asked', fn.max('at').as('last')])
        .where('asker', '=', user)
        .groupBy('asked')
        .orderBy('last', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ asked }) => asked);
    },
  };
}

/** What readers thought of the answers; for ever where `keepDays` is 0. */
export function keepFeedback(db: Kysely<StoreSchema>, keepDays: number): FeedbackLog {
  const expire = createExpiry('feedback', 'at', keepDays * DAY_MS);
  return {
    save: (feedback, now) =>
      db.transaction().execute(async (trx) => {
        const { user, channel, ts, verdict, comment } = Feedback.parse(feedback);
        const answer = await trx
          .selectFrom('postedAnswer')
          .select('asked')
          .where('channel', '=', channel)
          .where('ts', '=', ts)
          .executeTakeFirst();
        const before = await trx
          .selectFrom('feedback')
          .select(['verdict', 'comment'])
          .where('user', '=', user)
          .where('channel', '=', channel)
          .where('ts', '=', ts)
          .executeTakeFirst();
        // The same thumb again takes back no word of what was written with it.
        const kept = before?.verdict === verdict ? before.comment : null;
        const row = { verdict, comment: comment ?? kept, at: now.toISOString() };
        await trx
          .insertInto('feedback')
          .values({ user, channel, ts, asked: answer?.asked ?? null, ...row })
          .onConflict((conflict) =>
            // A re-answered question is another one; an answer that has faded is still known from before.
            conflict
              .columns(['user', 'channel', 'ts'])
              .doUpdateSet(answer ? { ...row, asked: answer.asked } : row),
          )
          .execute();
        await expire(trx, now);
      }),
    async list() {
      const rows = await db.selectFrom('feedback').selectAll().orderBy('at').orderBy('ts').execute();
      return rows.map(({ user, channel, ts, verdict, comment, at, asked }) => ({
        ...Feedback.parse({ user, channel, ts, verdict, comment }),
        at,
        asked,
      }));
    },
  };
}
