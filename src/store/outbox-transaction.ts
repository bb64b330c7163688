import type { Expression, ExpressionBuilder, Kysely, SqlBool, Transaction } from 'kysely';
import type { AuditEntry } from '../model/audit.ts';
import { type IsoDay, isoDayInTokyo } from '../model/calendar-day.ts';
import { FollowUp, OutboxContent, type OutboxMessage } from '../model/outbox.ts';
import type { Owner } from '../model/owner.ts';
import {
  type Audience,
  Decision,
  type Ending,
  type Reminder,
  type ReminderDecision,
} from '../model/reminder.ts';
import type { ReportedActual } from '../model/reported.ts';
import { insertAudit } from './audit.ts';
import type { Stored } from './documents-and-facts.ts';
import { withReported } from './figures-merge.ts';
import { readFigures, type Sourced } from './figures-store.ts';
import { readKnowledge } from './knowledge.ts';
import { readMessages } from './outbox-rows.ts';
import type { StoreSchema } from './schema.ts';
import { noticeReaders } from './settings.ts';

/** An occurrence as it was written: known for ever, open until it is resolved. */
export interface KnownItem {
  key: string;
  series: string;
  rank: number;
  /** The facts that were spoken of. */
  version: string;
  isOpen: boolean;
  messageId: number;
  /** The message that stands in the channel: its own, or the one whose thread it is in. */
  rootId: number;
  /** Who took that message over, and what people did with it. */
  assignee: string | null;
  followUp: FollowUp;
}

export interface NewMessage {
  key: string;
  parentId: number | null;
  audience: Audience;
  branch: string;
  content: OutboxContent;
  items: readonly Reminder[];
  /** Who took over what it speaks of; nobody where it is not given. */
  assignee?: string | null;
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
export interface DueTransaction extends Stored {
  actuals: readonly Sourced<ReportedActual>[];
  owners: readonly Owner[];
  /** The day on which the first owner of each branch was registered. */
  ownedSince: ReadonlyMap<string, IsoDay>;
  /** What people decided; the newest of each series. */
  decisions: readonly ReminderDecision[];
  /** Who wished to have the reminders of a branch as direct messages too. */
  noticeReaders(branch: string): Promise<string[]>;
  /** All that is open, and whatever was said of these series before: not the years of all that is over. */
  knownItems(series: readonly string[]): Promise<KnownItem[]>;
  /** Null where the key is unknown. */
  messageId(key: string): Promise<number | null>;
  message(id: number): Promise<OutboxMessage | null>;
  /** Messages in channels with something open in them or in their threads; of one branch where it is given. */
  openMessages(branch?: string): Promise<OutboxMessage[]>;
  /** What never left, without the copies for readers. */
  waitingMessages(): Promise<OutboxMessage[]>;
  /** Says otherwise what never left. */
  rewrite(id: number, content: OutboxContent): Promise<void>;
  /** Does nothing where the key is known. */
  add(message: NewMessage, now: Date): Promise<void>;
  /** More for a message that was written a moment ago. */
  attach(id: number, items: readonly Reminder[], notes: readonly string[], now: Date): Promise<void>;
  /** Says of an open thing what holds now. */
  updateItem(key: string, reminder: Reminder): Promise<void>;
  /** What was kept before versions were: the same thing under the name and with the facts of today. */
  adoptItem(key: string, reminder: Reminder): Promise<void>;
  /** A newer message goes on with them. */
  replaceItems(keys: readonly string[], now: Date): Promise<void>;
  /** All that is open of a thing is over. */
  endSeries(series: string, ending: Ending, now: Date): Promise<void>;
  /** What was over holds again. */
  reopenItem(key: string): Promise<void>;
  decide(decision: ReminderDecision, by: string, now: Date): Promise<void>;
  /** What was decided of a series holds no more. */
  undecide(series: string): Promise<void>;
  change(id: number, change: Change, now: Date): Promise<void>;
  /** Never sent, and nothing is left to say. */
  withdraw(id: number): Promise<void>;
  /** Was withdrawn, and is to be sent after all. */
  revive(id: number): Promise<void>;
  appendAudit(entry: AuditEntry, now: Date): Promise<void>;
}

export async function dueTransaction(trx: Transaction<StoreSchema>): Promise<DueTransaction> {
  const figures = readFigures(trx);
  const stated = readKnowledge(trx);
  return {
    knowledge: withReported(stated, figures),
    documents: {
      list: () => trx.selectFrom('document').select('file').execute(),
      statedKpis: () => stated.kpis({}),
    },
    figures,
    actuals: await figures.reportedActuals(),
    owners: await figures.owners(),
    ownedSince: await ownedSince(trx),
    decisions: await readDecisions(trx),
    noticeReaders: (branch) => noticeReaders(trx, branch),
    knownItems: (series) => knownItems(trx, series),
    async messageId(key) {
      const query = trx.selectFrom('reminder_message').select('id').where('message_key', '=', key);
      return (await query.executeTakeFirst())?.id ?? null;
    },
    async message(id) {
      const rows = await trx.selectFrom('reminder_message').selectAll().where('id', '=', id).execute();
      return (await readMessages(trx, rows))[0] ?? null;
    },
    openMessages: (branch) => openMessages(trx, branch),
    async waitingMessages() {
      const rows = trx.selectFrom('reminder_message').selectAll().where('state', '=', 'waiting');
      return readMessages(trx, await rows.where('copy_of', 'is', null).orderBy('id').execute());
    },
    async rewrite(id, content) {
      const row = { content: JSON.stringify(content) };
      await trx.updateTable('reminder_message').set(row).where('id', '=', id).execute();
    },
    add: (message, now) => addMessage(trx, message, now),
    async attach(id, items, notes, now) {
      await insertItems(trx, id, items, now);
      await addNotes(trx, id, notes);
      await changeMessage(trx, id, {}, now);
    },
    async updateItem(key, reminder) {
      const shown = { body: JSON.stringify({ ...reminder, key }), version: reminder.version };
      await trx.updateTable('reminder_item').set(shown).where('item_key', '=', key).execute();
    },
    async adoptItem(key, reminder) {
      const { key: item_key, version, rank } = reminder;
      const adopted = { item_key, version, rank, body: JSON.stringify(reminder) };
      await trx.updateTable('reminder_item').set(adopted).where('item_key', '=', key).execute();
    },
    async replaceItems(keys, now) {
      for (const key of keys) {
        const resolved = { resolved_at: now.toISOString() };
        await trx.updateTable('reminder_item').set(resolved).where('item_key', '=', key).execute();
      }
    },
    async endSeries(series, ending, now) {
      await trx
        .updateTable('reminder_item')
        .set({ resolved_at: now.toISOString(), ending })
        .where('series', '=', series)
        .where('resolved_at', 'is', null)
        .execute();
    },
    async decide({ series, decision, version, due }, by, now) {
      const row = { decision, version, due, decided_by: by, decided_at: now.toISOString() };
      await trx
        .insertInto('reminder_decision')
        .values({ series, ...row })
        .onConflict((conflict) => conflict.column('series').doUpdateSet(row))
        .execute();
    },
    async undecide(series) {
      await trx.deleteFrom('reminder_decision').where('series', '=', series).execute();
    },
    async reopenItem(key) {
      const open = { resolved_at: null, ending: null };
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

/** A statement takes only so many values. */
const SERIES_AT_ONCE = 500;

async function knownItems(trx: Transaction<StoreSchema>, series: readonly string[]): Promise<KnownItem[]> {
  const items = await itemsWhere(trx, (eb) => eb('resolved_at', 'is', null));
  const wanted = [...new Set(series)];
  for (let from = 0; from < wanted.length; from += SERIES_AT_ONCE) {
    const some = wanted.slice(from, from + SERIES_AT_ONCE);
    const over = await itemsWhere(trx, (eb) => eb('series', 'in', some).and('resolved_at', 'is not', null));
    for (const item of over) items.push(item);
  }
  return items.sort((a, b) => a.messageId - b.messageId);
}

async function itemsWhere(
  trx: Transaction<StoreSchema>,
  condition: (eb: ExpressionBuilder<StoreSchema, 'reminder_item'>) => Expression<SqlBool>,
): Promise<KnownItem[]> {
  const rows = await trx
    .selectFrom('reminder_item')
    .where(condition)
    .innerJoin('reminder_message', 'reminder_message.id', 'message_id')
    .leftJoin('reminder_message as parent', 'parent.id', 'reminder_message.parent_id')
    .select(['item_key', 'series', 'rank', 'reminder_item.version', 'resolved_at', 'message_id'])
    .select([
      'reminder_message.parent_id',
      'reminder_message.assignee as own_assignee',
      'parent.assignee as root_assignee',
    ])
    .select((eb) => eb.fn.coalesce('parent.follow_up', 'reminder_message.follow_up').as('follow_up'))
    .execute();
  return rows.map((row) => ({
    key: row.item_key,
    series: row.series,
    rank: row.rank,
    version: row.version ?? '',
    assignee: row.root_assignee ?? row.own_assignee,
    followUp: FollowUp.parse(row.follow_up),
    isOpen: row.resolved_at === null,
    messageId: row.message_id,
    rootId: row.parent_id ?? row.message_id,
  }));
}

async function openMessages(trx: Transaction<StoreSchema>, branch?: string): Promise<OutboxMessage[]> {
  const roots = trx
    .selectFrom('reminder_item')
    .innerJoin('reminder_message as holder', 'holder.id', 'message_id')
    .select((eb) => eb.fn.coalesce('holder.parent_id', 'holder.id').as('root'))
    .where('resolved_at', 'is', null);
  const query = trx
    .selectFrom('reminder_message')
    .selectAll()
    .where('id', 'in', roots)
    .$if(branch !== undefined, (of) => of.where('branch', '=', branch ?? ''));
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
    assignee: message.assignee ?? null,
  };
  const inserted = await insertMessage(trx, row);
  if (!inserted) return;
  for (const reader of message.readers ?? []) {
    const copy = { message_key: `${message.key}@${reader}`, copy_of: inserted.id, reader };
    await insertMessage(trx, { ...row, ...copy, parent_id: null });
  }
  await insertItems(trx, inserted.id, message.items, now);
}

async function insertItems(
  trx: Transaction<StoreSchema>,
  messageId: number,
  items: readonly Reminder[],
  now: Date,
): Promise<void> {
  for (const reminder of items) {
    const { key, series, rank, version } = reminder;
    const item = { item_key: key, message_id: messageId, series, rank, version, found_at: now.toISOString() };
    await trx
      .insertInto('reminder_item')
      .values({ ...item, body: JSON.stringify(reminder), resolved_at: null, ending: null })
      .execute();
  }
}

async function addNotes(trx: Transaction<StoreSchema>, id: number, notes: readonly string[]): Promise<void> {
  const row = await trx
    .selectFrom('reminder_message')
    .select('content')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const content = OutboxContent.parse(JSON.parse(row.content));
  if (content.type !== 'notice' || notes.length === 0) return;
  const told = JSON.stringify({ ...content, notes: [...content.notes, ...notes] });
  await trx.updateTable('reminder_message').set({ content: told }).where('id', '=', id).execute();
}

async function ownedSince(trx: Transaction<StoreSchema>): Promise<Map<string, IsoDay>> {
  const rows = await trx
    .selectFrom('reported_figure')
    .innerJoin('figure_import', 'figure_import.id', 'reported_figure.import_id')
    .select((eb) => ['row_key', eb.fn.min('imported_at').as('first')])
    .where('reported_figure.kind', '=', 'owners')
    .groupBy('row_key')
    .execute();
  // The key of an owner is the branch.
  return new Map(rows.map(({ row_key, first }) => [row_key, isoDayInTokyo(new Date(first))]));
}

export async function readDecisions(trx: Kysely<StoreSchema>): Promise<ReminderDecision[]> {
  const rows = await trx.selectFrom('reminder_decision').selectAll().execute();
  return rows.map(({ series, decision, version, due }) => ({
    series,
    decision: Decision.parse(decision),
    version,
    due,
  }));
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
