import type { Kysely } from 'kysely';
import type { PostedAnswer, PostedAnswers } from '../model/posted-answer.ts';
import type { StoreDialect } from './dialects/dialect.ts';
import type { PostedAnswerRow } from './operations-schema.ts';
import type { StoreSchema } from './schema.ts';
import { createThrottle } from './throttle.ts';

const ANSWER_FADES_MS = 28 * 24 * 60 * 60 * 1000;

export function keepAnswers(db: Kysely<StoreSchema>, dialect: StoreDialect): PostedAnswers {
  const shouldClear = createThrottle();
  return {
    async save({ channel, ts, questionTs, asker, asked }, now) {
      const row = { question_ts: questionTs, asker, asked, at: now.toISOString() };
      await dialect.write(db, async (trx) => {
        await trx
          .insertInto('posted_answer')
          .values({ channel, ts, ...row })
          .onConflict((conflict) => conflict.columns(['channel', 'ts']).doUpdateSet(row))
          .execute();
        if (shouldClear(now)) {
          const faded = new Date(now.getTime() - ANSWER_FADES_MS).toISOString();
          await trx.deleteFrom('posted_answer').where('at', '<', faded).execute();
        }
      });
    },
    async find(channel, ts) {
      const query = db.selectFrom('posted_answer').selectAll().where('channel', '=', channel);
      const row = await query.where('ts', '=', ts).executeTakeFirst();
      return row ? fromRow(row) : null;
    },
    async answersTo(channel, questionTs) {
      const query = db.selectFrom('posted_answer').selectAll().where('channel', '=', channel);
      const rows = await query.where('question_ts', '=', questionTs).orderBy('at').orderBy('ts').execute();
      return rows.map(fromRow);
    },
    async remove(channel, ts) {
      await dialect.write(db, (trx) =>
        trx.deleteFrom('posted_answer').where('channel', '=', channel).where('ts', '=', ts).execute(),
      );
    },
    async recentQuestions(user, limit) {
      const rows = await db
        .selectFrom('posted_answer')
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

function fromRow({ channel, ts, question_ts, asker, asked }: PostedAnswerRow): PostedAnswer {
  return { channel, ts, questionTs: question_ts, asker, asked };
}
