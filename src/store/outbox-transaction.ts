import type { Transaction } from 'kysely';
import type { AuditEntry } from '../model/audit.ts';
import type { IsoDay } from '../model/calendar-day.ts';
import type { Knowledge } from '../model/knowledge.ts';
import type { FollowUp, OutboxContent, OutboxMessage } from '../model/outbox.ts';
import type { Owner } from '../model/owner.ts';
import type { Audience, Reminder } from '../model/reminder.ts';
import type { ReportedActual } from '../model/reported.ts';
import { insertAudit } from './audit.ts';
import { withReported } from './figures-merge.ts';
import { keepFigures, type Sourced } from './figures-store.ts';
import { readKnowledge } from './knowledge.ts';
import { readMessages } from './outbox-rows.ts';
import type { StoreSchema } from './schema.ts';
import { keepSettings } from './settings.ts';

/** An occurrence as it was written: known for ever, open until it is resolved. */
export interface KnownItem {
  key: string;
  series: string;
  rank: number;
  isOpen: boolean;
  messageId: number;
  /** The message that stands in the channel: its own, or the one whose thread it is in. */
  rootId: number;
}

export interface NewMessage {
  key: string;
  parentId: number | null;
  audience: Audience;
  branch: string;
  content: OutboxContent;
  items: readonly Reminder[];
  /** Users to whom it also goes as a direct message, a row each: delivered by itself, and following its changes. */
  readers?: readonly string[];
}

export interface Change {
  followUp?: FollowUp;
  by?: string | null;
  snoozedUntil?: IsoDay | null;
  assignee?: string;
  escalated?: boolean;
}

/** The store as one transaction sees it: nobody else writes until it ends. */
export interface DueTransaction {
  knowledge: Knowledge;
  /** Whether any document was ingested: else what planbot is delivered with counts. */
  hasDocuments: boolean;
  /** Other knowledge, with what staff reported. */
  withReported(knowledge: Knowledge): Knowledge;
  actuals: readonly Sourced<ReportedActual>[];
  owners: readonly Owner[];
  /** Who wished to have the reminders of a branch as direct messages too. */
  noticeReaders(branch: string): Promise<string[]>;
  knownItems(): Promise<KnownItem[]>;
  hasMessage(key: string): Promise<boolean>;
  message(id: number): Promise<OutboxMessage | null>;
  /** Messages in channels with something open in them or in their threads. */
  openMessages(): Promise<OutboxMessage[]>;
  /** Does nothing where the key is known. */
  add(message: NewMessage, now: Date): Promise<void>;
  resolveItems(keys: readonly string[], now: Date): Promise<void>;
  /** What was over holds again. */
  reopenItem(key: string): Promise<void>;
  change(id: number, change: Change, now: Date): Promise<void>;
  /** Never sent, and nothing is left to say. */
  withdraw(id: number): Promise<void>;
  /** Was withdrawn, and is to be sent after all. */
  revive(id: number): Promise<void>;
  appendAudit(entry: AuditEntry, now: Date): Promise<void>;
}

export async function dueTransaction(trx: Transaction<StoreSchema>): Promise<DueTransaction> {
  const figures = keepFigures(trx);
  const document = await trx.selectFrom('document').select('file').limit(1).executeTakeFirst();
  return {
    knowledge: withReported(readKnowledge(trx), figures),
    hasDocuments: document !== undefined,
    withReported: (knowledge) => withReported(knowledge, figures),
    actuals: await figures.reportedActuals(),
    owners: await figures.owners(),
    noticeReaders: (branch) => keepSettings(trx).noticeReaders(branch),
    knownItems: () => knownItems(trx),
    async hasMessage(key) {
      const query = trx.selectFrom('reminder_message').select('id').where('message_key', '=', key);
      return (await query.executeTakeFirst()) !== undefined;
    },
    async message(id) {
      const rows = await trx.selectFrom('reminder_message').selectAll().where('id', '=', id).execute();
      return (await readMessages(trx, rows))[0] ?? null;
    },
    openMessages: () => openMessages(trx),
    add: (message, now) => addMessage(trx, message, now),
    async resolveItems(keys, now) {
      for (const key of keys) {
        const resolved = { resolved_at: now.toISOString() };
        await trx.updateTable('reminder_item').set(resolved).where('item_key', '=', key).execute();
      }
    },
    async reopenItem(key) {
      const open = { resolved_at: null };
      await trx.updateTable('reminder_item').set(open).where('item_key', '=', key).execute();
    },
    change: (id, change, now) => changeMessage(trx, id, change, now),
    appendAudit: (entry, now) => insertAudit(trx, entry, now),
    async withdraw(id) {
      await trx
        .updateTable('reminder_message')
        .set({ state: 'withdrawn' })
        .where((eb) => eb.or([eb('id', '=', id), eb('parent_id', '=', id), eb('copy_of', '=', id)]))
        .where('state', '=', 'waiting')
        .execute();
    },
    async revive(id) {
      await trx
        .updateTable('reminder_message')
        .set({ state: 'waiting' })
        .where((eb) => eb.or([eb('id', '=', id), eb('copy_of', '=', id)]))
        .where('state', '=', 'withdrawn')
        .execute();
    },
  };
}

async function knownItems(trx: Transaction<StoreSchema>): Promise<KnownItem[]> {
  const rows = await trx
    .selectFrom('reminder_item')
    .innerJoin('reminder_message', 'reminder_message.id', 'message_id')
    .select(['item_key', 'series', 'rank', 'resolved_at', 'message_id', 'parent_id'])
    .execute();
  return rows.map((row) => ({
    key: row.item_key,
    series: row.series,
    rank: row.rank,
    isOpen: row.resolved_at === null,
    messageId: row.message_id,
    rootId: row.parent_id ?? row.message_id,
  }));
}

async function openMessages(trx: Transaction<StoreSchema>): Promise<OutboxMessage[]> {
  const roots = trx
    .selectFrom('reminder_item')
    .innerJoin('reminder_message as holder', 'holder.id', 'message_id')
    .select((eb) => eb.fn.coalesce('holder.parent_id', 'holder.id').as('root'))
    .where('resolved_at', 'is', null);
  const query = trx.selectFrom('reminder_message').selectAll().where('id', 'in', roots);
  return readMessages(trx, await query.where('state', '!=', 'withdrawn').orderBy('id').execute());
}

async function addMessage(trx: Transaction<StoreSchema>, message: NewMessage, now: Date): Promise<void> {
  const created = now.toISOString();
  const row = {
    message_key: message.key,
    parent_id: message.parentId,
    audience: message.audience,
    branch: message.branch,
    content: JSON.stringify(message.content),
    state: 'waiting',
    created_at: created,
    follow_up: 'open',
    attempts: 0,
    route: 0,
    version: 0,
    shown_version: 0,
  };
  const inserted = await insertMessage(trx, row);
  if (!inserted) return;
  for (const reader of message.readers ?? []) {
    const copy = { message_key: `${message.key}@${reader}`, copy_of: inserted.id, reader };
    await insertMessage(trx, { ...row, ...copy, parent_id: null });
  }
  for (const reminder of message.items) {
    const { key, series, rank } = reminder;
    const item = { item_key: key, message_id: inserted.id, series, rank, found_at: created };
    await trx
      .insertInto('reminder_item')
      .values({ ...item, body: JSON.stringify(reminder), resolved_at: null })
      .execute();
  }
}

/** Nothing where the key is known. */
function insertMessage(trx: Transaction<StoreSchema>, row: object): Promise<{ id: number } | undefined> {
  return trx
    .insertInto('reminder_message')
    .values(row as never)
    .onConflict((conflict) => conflict.column('message_key').doNothing())
    .returning('id')
    .executeTakeFirst();
}

async function changeMessage(
  trx: Transaction<StoreSchema>,
  id: number,
  { followUp, by, snoozedUntil, assignee, escalated }: Change,
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  await trx
    .updateTable('reminder_message')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...(followUp === undefined ? {} : { follow_up: followUp, followed_by: by ?? null, followed_at: at }),
      ...(snoozedUntil === undefined ? {} : { snoozed_until: snoozedUntil }),
      ...(assignee === undefined ? {} : { assignee }),
      ...(escalated ? { escalated_at: at } : {}),
    }))
    .where('id', '=', id)
    .execute();
  await trx
    .updateTable('reminder_message')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('copy_of', '=', id)
    .execute();
}
