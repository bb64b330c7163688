import { type Generated, type Kysely, sql } from 'kysely';

/** One message to one place, with the state of its delivery and what became of it. Times are ISO 8601 in UTC. */
export interface ReminderMessageRow {
  id: Generated<number>;
  message_key: string;
  /** The message in whose thread it stands. */
  parent_id: number | null;
  audience: string;
  branch: string;
  content: string;
  state: string;
  /** The process that has it, and until when. */
  holder: string | null;
  claimed_at: string | null;
  lease_until: string | null;
  attempts: number;
  retry_at: string | null;
  route: number;
  fault: string | null;
  channel: string | null;
  ts: string | null;
  created_at: string;
  sent_at: string | null;
  follow_up: string;
  followed_by: string | null;
  followed_at: string | null;
  snoozed_until: string | null;
  assignee: string | null;
  escalated_at: string | null;
  /** Grows with every change that a reader should see; `shown_version` is what Slack shows. */
  version: number;
  shown_version: number;
  /** The channel or user that it went to, where `channel` is the direct message with them. */
  recipient: string | null;
  /** The message that it repeats, to one reader; null for a message of its own. */
  copy_of: number | null;
  reader: string | null;
}

/** One occurrence: its key is never used again. */
export interface ReminderItemRow {
  item_key: string;
  message_id: number;
  series: string;
  rank: number;
  body: string;
  found_at: string;
  resolved_at: string | null;
  /** The facts that it speaks of, out of its body; null in what was kept before they were. */
  version: string | null;
  /** How it ended, where it did; null where a newer message goes on with it. */
  ending: string | null;
}

/** What a person decided of a thing: the newest holds. */
export interface ReminderDecisionRow {
  series: string;
  decision: string;
  /** The state of the thing that it was decided of; null where it holds whatever comes. */
  version: string | null;
  /** The new day of what was put off. */
  due: string | null;
  decided_by: string;
  decided_at: string;
}

export interface OutboxSchema {
  reminder_message: ReminderMessageRow;
  reminder_item: ReminderItemRow;
  reminder_decision: ReminderDecisionRow;
}

export async function createOutbox(db: Kysely<unknown>): Promise<void> {
  const required = ['message_key', 'audience', 'branch', 'content', 'state', 'created_at', 'follow_up'];
  const optional = ['holder', 'claimed_at', 'lease_until', 'retry_at', 'fault', 'channel', 'ts', 'sent_at'];
  const followed = ['followed_by', 'followed_at', 'snoozed_until', 'assignee', 'escalated_at'];
  const counters = ['attempts', 'route', 'version', 'shown_version'];
  let message = db.schema
    .createTable('reminder_message')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('parent_id', 'integer', (c) => c.references('reminder_message.id'));
  for (const name of required) message = message.addColumn(name, 'text', (c) => c.notNull());
  for (const name of [...optional, ...followed]) message = message.addColumn(name, 'text');
  for (const name of counters) message = message.addColumn(name, 'integer', (c) => c.notNull().defaultTo(0));
  await message.execute();
  await db.schema
    .createIndex('reminder_message_by_key')
    .on('reminder_message')
    .column('message_key')
    .unique()
    .execute();
  await db.schema
    .createIndex('reminder_message_by_state')
    .on('reminder_message')
    .columns(['state', 'id'])
    .execute();
  await db.schema
    .createTable('reminder_item')
    .addColumn('item_key', 'text', (c) => c.primaryKey())
    .addColumn('message_id', 'integer', (c) => c.notNull().references('reminder_message.id'))
    .addColumn('series', 'text', (c) => c.notNull())
    .addColumn('rank', 'double precision', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('found_at', 'text', (c) => c.notNull())
    .addColumn('resolved_at', 'text')
    .execute();
  await db.schema
    .createIndex('reminder_item_by_series')
    .on('reminder_item')
    .columns(['series', 'rank'])
    .execute();
  await db.schema
    .createIndex('reminder_item_by_message')
    .on('reminder_item')
    .columns(['message_id'])
    .execute();
}

/** Notices that a person wished to have as direct messages too. */
export async function createCopies(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('reminder_message')
    .addColumn('copy_of', 'integer', (c) => c.references('reminder_message.id'))
    .execute();
  await db.schema.alterTable('reminder_message').addColumn('reader', 'text').execute();
  await db.schema
    .createIndex('reminder_message_by_original')
    .on('reminder_message')
    .column('copy_of')
    .execute();
}

/** What is open is looked for often; what is over grows with the years. */
export async function indexOpenThings(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('reminder_item_open')
    .on('reminder_item')
    .column('message_id')
    .where(sql.ref('resolved_at'), 'is', null)
    .execute();
  await db.schema
    .createIndex('reminder_message_by_parent')
    .on('reminder_message')
    .column('parent_id')
    .execute();
}

/** How things ended, what people decided of them, and whom a message was for. */
export async function createEndings(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('reminder_message').addColumn('recipient', 'text').execute();
  for (const column of ['ending', 'version']) {
    await db.schema.alterTable('reminder_item').addColumn(column, 'text').execute();
  }
  await db.schema
    .createTable('reminder_decision')
    .addColumn('series', 'text', (c) => c.primaryKey())
    .addColumn('decision', 'text', (c) => c.notNull())
    .addColumn('version', 'text')
    .addColumn('due', 'text')
    .addColumn('decided_by', 'text', (c) => c.notNull())
    .addColumn('decided_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.alterTable('commitment').addColumn('subject', 'text').execute();
  await db.schema.alterTable('commitment').addColumn('every_months', 'integer').execute();
}
