import type { Kysely, Selectable } from 'kysely';
import {
  FollowUp,
  OutboxContent,
  type OutboxItem,
  type OutboxMessage,
  OutboxState,
} from '../model/outbox.ts';
import { Audience, Ending, Reminder } from '../model/reminder.ts';
import type { StoreSchema } from './schema.ts';

export type MessageRow = Selectable<StoreSchema['reminderMessage']>;

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
  const ids = rows.map(({ id, copyOf }) => copyOf ?? id);
  const others = rows.flatMap(({ parentId, copyOf }) => [parentId, copyOf]).filter((id) => id !== null);
  const items = await db
    .selectFrom('reminderItem')
    .innerJoin('reminderMessage', 'reminderMessage.id', 'reminderItem.messageId')
    .selectAll('reminderItem')
    .select('parentId')
    .select((eb) =>
      // What replaces another is found in the transaction that ends it.
      eb
        .selectFrom('reminderItem as newer')
        .select('newer.itemKey')
        .whereRef('newer.series', '=', 'reminderItem.series')
        .whereRef('newer.foundAt', '=', 'reminderItem.resolvedAt')
        .limit(1)
        .as('replacedBy'),
    )
    // By the messages first: over both tables at once, no index would help.
    .where('messageId', 'in', (eb) =>
      eb
        .selectFrom('reminderMessage as holder')
        .select('holder.id')
        .where((or) => or.or([or('holder.id', 'in', ids), or('holder.parentId', 'in', ids)])),
    )
    .orderBy('rank')
    .orderBy('foundAt')
    .execute();
  const known = new Map(others.length === 0 ? [] : (await rowsOf(db, others)).map((row) => [row.id, row]));
  const ofMessage = new Map<number, ItemRow[]>();
  for (const item of items) {
    for (const id of [item.messageId, item.parentId]) {
      if (id !== null) ofMessage.set(id, [...(ofMessage.get(id) ?? []), item]);
    }
  }
  return rows.map((row) => {
    const original = known.get(row.copyOf ?? 0) ?? row;
    return messageOf(row, original, known.get(row.parentId ?? 0), ofMessage.get(original.id) ?? []);
  });
}

function rowsOf(db: Kysely<StoreSchema>, ids: readonly number[]): Promise<MessageRow[]> {
  return db.selectFrom('reminderMessage').selectAll().where('id', 'in', ids).execute();
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
    key: row.messageKey,
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
    createdAt: new Date(row.createdAt),
    recipient: row.recipient,
    thread: parent && channel !== null && ts !== null ? { channel, ts, recipient: parent.recipient } : null,
    followUp: FollowUp.parse(original.followUp),
    followedBy: original.followedBy,
    followedAt: dateOf(original.followedAt),
    snoozedUntil: original.snoozedUntil,
    assignee: original.assignee ?? parent?.assignee ?? null,
    escalatedAt: dateOf(original.escalatedAt),
    version: row.version,
    items: [...last.values()],
  };
}

type ItemRow = StoreSchema['reminderItem'] & { replacedBy: string | null };

function itemOf({ body, resolvedAt, ending, replacedBy }: ItemRow): OutboxItem {
  return {
    reminder: Reminder.parse(JSON.parse(body)),
    resolvedAt: dateOf(resolvedAt),
    // What has an ending of its own ended, whatever was found at the same moment.
    isReplaced: replacedBy !== null && ending === null,
    ending: resolvedAt === null || ending === null ? null : Ending.parse(ending),
  };
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
