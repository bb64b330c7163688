import type { Kysely } from 'kysely';
import { Feedback, type FeedbackLog } from '../model/feedback.ts';
import type { StoreSchema } from './schema.ts';
import { createThrottle } from './throttle.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export function keepFeedback(db: Kysely<StoreSchema>, keepDays: number): FeedbackLog {
  const shouldClear = createThrottle();
  return {
    save: (feedback, now) =>
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
        if (keepDays > 0 && shouldClear(now)) {
          const old = new Date(now.getTime() - keepDays * DAY_MS).toISOString();
          await trx.deleteFrom('feedback').where('at', '<', old).execute();
        }
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
