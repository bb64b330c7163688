import type { Kysely } from 'kysely';
import type { OutboxMessage } from '../model/outbox.ts';
import { type Delivery, keepDelivery } from './outbox-delivery.ts';
import { readMessages } from './outbox-rows.ts';
import { type DueTransaction, dueTransaction } from './outbox-transaction.ts';
import type { StoreSchema } from './schema.ts';

export interface Outbox extends Delivery {
  /** Finds and writes in one transaction: what is found is in the outbox, or the work was not done. */
  withDue<T>(work: (trx: DueTransaction) => Promise<T>): Promise<T>;
  outboxMessage(id: number): Promise<OutboxMessage | null>;
  /** Oldest first. */
  outboxMessages(): Promise<OutboxMessage[]>;
}

export function keepOutbox(db: Kysely<StoreSchema>): Outbox {
  return {
    ...keepDelivery(db),
    withDue: (work) => db.transaction().execute(async (trx) => work(await dueTransaction(trx))),
    async outboxMessage(id) {
      const rows = await db.selectFrom('reminder_message').selectAll().where('id', '=', id).execute();
      return (await readMessages(db, rows))[0] ?? null;
    },
    async outboxMessages() {
      return readMessages(db, await db.selectFrom('reminder_message').selectAll().orderBy('id').execute());
    },
  };
}
