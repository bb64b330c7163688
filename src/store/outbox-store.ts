import type { Kysely } from 'kysely';
import { type FollowUp, type OutboxMessage, OutboxState } from '../model/outbox.ts';
import type { Ending, ReminderDecision } from '../model/reminder.ts';
import type { StoreDialect } from './dialects/dialect.ts';
import { type Delivery, keepDelivery } from './outbox-delivery.ts';
import { readMessages } from './outbox-rows.ts';
import { type DueTransaction, dueTransaction, readDecisions } from './outbox-transaction.ts';
import type { StoreSchema } from './schema.ts';

/** All of it must hold. */
interface OutboxFilter {
  states?: readonly OutboxState[];
  /** A message, and what repeats it to its readers. */
  subject?: number;
  followUp?: FollowUp;
  /** Messages with an item that ended so. */
  ending?: Ending;
}

export interface Outbox extends Delivery {
  /**
   * Finds and writes in one transaction: what is found is in the outbox, or the work was not done. Begun anew where
   * the database asks for it, so that `work` may change nothing outside.
   */
  withDue<T>(work: (trx: DueTransaction) => Promise<T>): Promise<T>;
  message(id: number): Promise<OutboxMessage | null>;
  /** Oldest first. */
  messages(filter?: OutboxFilter): Promise<OutboxMessage[]>;
  /** What people decided of what is due. */
  decisions(): Promise<ReminderDecision[]>;
  /** How many there are; states without any are left out. */
  counts(): Promise<{ state: OutboxState; count: number }[]>;
}

export function keepOutbox(db: Kysely<StoreSchema>, dialect: StoreDialect): Outbox {
  return {
    ...keepDelivery(db, dialect),
    withDue: (work) =>
      db.transaction().execute(async (trx) => {
        await dialect.lock(trx, 'outbox');
        // What is found must not change while it is looked at.
        await dialect.lock(trx, 'documents', 'shared');
        await dialect.lock(trx, 'figures', 'shared');
        return work(await dueTransaction(trx));
      }),
    async message(id) {
      const rows = await db.selectFrom('reminderMessage').selectAll().where('id', '=', id).execute();
      return (await readMessages(db, rows))[0] ?? null;
    },
    async messages({ states, subject, followUp, ending } = {}) {
      let query = db.selectFrom('reminderMessage').selectAll().orderBy('id');
      if (states) query = query.where('state', 'in', states);
      if (subject !== undefined) {
        query = query.where((eb) => eb.or([eb('id', '=', subject), eb('copyOf', '=', subject)]));
      }
      if (followUp) query = query.where('followUp', '=', followUp);
      if (ending) {
        const ended = db.selectFrom('reminderItem').select('messageId').where('ending', '=', ending);
        query = query.where('id', 'in', ended);
      }
      return readMessages(db, await query.execute());
    },
    decisions: () => readDecisions(db),
    async counts() {
      const rows = await db
        .selectFrom('reminderMessage')
        .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
        .groupBy('state')
        .orderBy('state')
        .execute();
      return rows.map(({ state, count }) => ({ state: OutboxState.parse(state), count: Number(count) }));
    },
  };
}
