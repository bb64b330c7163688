import type { Kysely, Selectable } from 'kysely';
import {
  FollowUp,
  OutboxContent,
  type OutboxItem,
  type OutboxMessage,
  OutboxState,
} from '../model/outbox.ts';
import { Audience, Ending, Reminder } from '../model/reminder.ts';
import type { ReminderItemRow, ReminderMessageRow } from './outbox-schema.ts';
import type { StoreSchema } from './schema.ts';

export type MessageRow = Selectable<ReminderMessageRow>;

/**
 * Messages with the reminders in them and in their threads, oldest first. What repeats another says what that one
 * says, and stands as it stands.
 */
export async function readMessages(
  db: Kysely<StoreSchema>,
  rows: readonly MessageRow[],
): Promise<OutboxMessage[]> {
  const messages: OutboxMessage[] = [];
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    for (const message of await readSome(db, rows.slice(from, from + AT_ONCE))) messages.push(message);
  }
  return messages;
}

/** A statement takes only so many values, and who looks on must not wait for years of messages. */
const AT_ONCE = 200;

async function readSome(db: Kysely<StoreSchema>, rows: readonly MessageRow[]): Promise<OutboxMessage[]> {
  const ids = rows.map(({ id, copy_of }) => copy_of ?? id);
  const others = rows.flatMap(({ parent_id, copy_of }) => [parent_id, copy_of]).filter((id) => id !== null);
  const items = await db
    .selectFrom('reminder_item')
    .innerJoin('reminder_message', 'reminder_message.id', 'reminder_item.message_id')
    .selectAll('reminder_item')
    .select('parent_id')
    .select((eb) =>
      // What replaces another is found in the transaction that ends it.
      eb
        .selectFrom('reminder_item as newer')
        .select('newer.item_key')
        .whereRef('newer.series', '=', 'reminder_item.series')
        .whereRef('newer.found_at', '=', 'reminder_item.resolved_at')
        .limit(1)
        .as('replaced_by'),
    )
    // By the messages first: over both tables at once, no index would help.
    .where('message_id', 'in', (eb) =>
      eb
        .selectFrom('reminder_message as holder')
        .select('holder.id')
        .where((or) => or.or([or('holder.id', 'in', ids), or('holder.parent_id', 'in', ids)])),
    )
    .orderBy('rank')
    .orderBy('found_at')
    .execute();
  const known = others.length === 0 ? [] : await rowsOf(db, others);
  return rows.map((row) => {
    const parent = known.find(({ id }) => id === row.parent_id);
    const original = known.find(({ id }) => id === row.copy_of) ?? row;
    const own = items.filter(
      ({ message_id, parent_id }) => message_id === original.id || parent_id === original.id,
    );
    return messageOf(row, original, parent, own);
  });
}

function rowsOf(db: Kysely<StoreSchema>, ids: readonly number[]): Promise<MessageRow[]> {
  return db.selectFrom('reminder_message').selectAll().where('id', 'in', ids).execute();
}

function messageOf(
  row: MessageRow,
  original: MessageRow,
  parent: MessageRow | undefined,
  items: readonly ItemRow[],
): OutboxMessage {
  const { channel, ts } = parent ?? row;
  const last = new Map(items.map((item) => [item.series, itemOf(item)]));
  return {
    id: row.id,
    key: row.message_key,
    reader: row.reader,
    subject: original.id,
    audience: Audience.parse(row.audience),
    branch: row.branch,
    content: OutboxContent.parse(JSON.parse(original.content)),
    state: OutboxState.parse(row.state),
    attempts: row.attempts,
    route: row.route,
    fault: row.fault,
    channel: row.channel,
    ts: row.ts,
    createdAt: new Date(row.created_at),
    recipient: row.recipient,
    thread: parent && channel !== null && ts !== null ? { channel, ts, recipient: parent.recipient } : null,
    followUp: FollowUp.parse(original.follow_up),
    followedBy: original.followed_by,
    followedAt: dateOf(original.followed_at),
    snoozedUntil: original.snoozed_until,
    assignee: original.assignee ?? parent?.assignee ?? null,
    escalatedAt: dateOf(original.escalated_at),
    version: row.version,
    items: [...last.values()],
  };
}

type ItemRow = ReminderItemRow & { replaced_by: string | null };

function itemOf({ body, resolved_at, ending, replaced_by }: ItemRow): OutboxItem {
  return {
    reminder: Reminder.parse(JSON.parse(body)),
    resolvedAt: dateOf(resolved_at),
    // What has an ending of its own ended, whatever was found at the same moment.
    isReplaced: replaced_by !== null && ending === null,
    ending: resolved_at === null ? null : Ending.nullable().parse(ending),
  };
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
