import type { Kysely } from 'kysely';

export interface RequestRow {
  key: string;
  /** Null once it is answered, and for what is not taken up again. */
  body: string | null;
  claimed_at: string;
  done_at: string | null;
  /** How often it was taken. */
  attempts: number;
}

export interface RequestsSchema {
  request: RequestRow;
}

export async function createRequests(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('request')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('body', 'text')
    .addColumn('claimed_at', 'text', (c) => c.notNull())
    .addColumn('done_at', 'text')
    .execute();
  await db.schema.createIndex('request_by_claim').on('request').column('claimed_at').execute();
  await db.schema.dropTable('seen_event').execute();
}

/** What keeps a store of many years fast, and one question from ending process after process. */
export async function createYears(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('request')
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(1))
    .execute();
  const indexes = {
    reminder_message: ['follow_up', 'id'],
    audit_entry: ['action', 'id'],
    feedback: ['at'],
    unanswered: ['asked_at'],
    thread: ['saved_at'],
  };
  for (const [table, columns] of Object.entries(indexes)) {
    await db.schema
      .createIndex(`${table}_by_${columns[0]}`)
      .on(table)
      .columns(columns as never)
      .execute();
  }
}
