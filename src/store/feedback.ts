import type { Kysely } from 'kysely';
import { Feedback, type FeedbackBox } from '../model/feedback.ts';
import type { StoreSchema } from './schema.ts';

export function keepFeedback(db: Kysely<StoreSchema>): FeedbackBox {
  return {
    saveFeedback: (feedback, now) =>
      db.transaction().execute(async (trx) => {
        const { user, channel, ts, verdict, comment } = Feedback.parse(feedback);
        const answer = await trx
          .selectFrom('posted_answer')
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
      }),
    async feedback() {
      const rows = await db.selectFrom('feedback').selectAll().orderBy('at').orderBy('ts').execute();
      return rows.map(({ at, asked, ...given }) => ({ ...Feedback.parse(given), at, asked }));
    },
  };
}
