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

interface NewMessage {
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
      const query = trx.selectFrom('reminderMessage').select('id').where('messageKey', '=', key);
      return (await query.executeTakeFirst())?.id ?? null;
    },
    async message(id) {
      const rows = await trx.selectFrom('reminderMessage').selectAll().where('id', '=', id).execute();
      return (await readMessages(trx, rows))[0] ?? null;
    },
    openMessages: (branch) => openMessages(trx, branch),
    async waitingMessages() {
      const rows = trx.selectFrom('reminderMessage').selectAll().where('state', '=', 'waiting');
      return readMessages(trx, await rows.where('copyOf', 'is', null).orderBy('id').execute());
    },
    async rewrite(id, content) {
      const row = { content: JSON.stringify(content) };
      await trx.updateTable('reminderMessage').set(row).where('id', '=', id).execute();
    },
    add: (message, now) => addMessage(trx, message, now),
    async attach(id, items, notes, now) {
      await insertItems(trx, id, items, now);
      await addNotes(trx, id, notes);
      await changeMessage(trx, id, {}, now);
    },
    async updateItem(key, reminder) {
      const shown = { body: JSON.stringify({ ...reminder, key }), version: reminder.version };
      await trx.updateTable('reminderItem').set(shown).where('itemKey', '=', key).execute();
    },
    async adoptItem(key, reminder) {
      const { key: itemKey, version, rank } = reminder;
      const adopted = { itemKey, version, rank, body: JSON.stringify(reminder) };
      await trx.updateTable('reminderItem').set(adopted).where('itemKey', '=', key).execute();
    },
    async replaceItems(keys, now) {
      for (const key of keys) {
        const resolved = { resolvedAt: now.toISOString() };
        await trx.updateTable('reminderItem').set(resolved).where('itemKey', '=', key).execute();
      }
    },
    async endSeries(series, ending, now) {
      await trx
        .updateTable('reminderItem')
        .set({ resolvedAt: now.toISOString(), ending })
        .where('series', '=', series)
        .where('resolvedAt', 'is', null)
        .execute();
    },
    async decide({ series, decision, version, due }, by, now) {
      const row = { decision, version, due, decidedBy: by, decidedAt: now.toISOString() };
      await trx
        .insertInto('reminderDecision')
        .values({ series, ...row })
        .onConflict((conflict) => conflict.column('series').doUpdateSet(row))
        .execute();
    },
    async undecide(series) {
      await trx.deleteFrom('reminderDecision').where('series', '=', series).execute();
    },
    async reopenItem(key) {
      const open = { resolvedAt: null, ending: null };
      await trx.updateTable('reminderItem').set(open).where('itemKey', '=', key).execute();
    },
    change: (id, change, now) => changeMessage(trx, id, change, now),
    appendAudit: (entry, now) => insertAudit(trx, entry, now),
    async withdraw(id) {
      await trx
        .updateTable('reminderMessage')
        .set({ state: 'withdrawn' })
        .where((eb) => eb.or([eb('id', '=', id), eb('parentId', '=', id), eb('copyOf', '=', id)]))
        .where('state', '=', 'waiting')
        .execute();
    },
    async revive(id) {
      await trx
        .updateTable('reminderMessage')
        .set({ state: 'waiting' })
        .where((eb) => eb.or([eb('id', '=', id), eb('copyOf', '=', id)]))
        .where('state', '=', 'withdrawn')
        .execute();
    },
  };
}

/** A statement takes only so many values. */
const SERIES_AT_ONCE = 500;

async function knownItems(trx: Transaction<StoreSchema>, series: readonly string[]): Promise<KnownItem[]> {
  const items = await itemsWhere(trx, (eb) => eb('resolvedAt', 'is', null));
  const wanted = [...new Set(series)];
  for (let from = 0; from < wanted.length; from += SERIES_AT_ONCE) {
    const some = wanted.slice(from, from + SERIES_AT_ONCE);
    const over = await itemsWhere(trx, (eb) => eb('series', 'in', some).and('resolvedAt', 'is not', null));
    for (const item of over) items.push(item);
  }
  return items.sort((a, b) => a.messageId - b.messageId);
}

async function itemsWhere(
  trx: Transaction<StoreSchema>,
  condition: (eb: ExpressionBuilder<StoreSchema, 'reminderItem'>) => Expression<SqlBool>,
): Promise<KnownItem[]> {
  const rows = await trx
    .selectFrom('reminderItem')
    .where(condition)
    .innerJoin('reminderMessage', 'reminderMessage.id', 'messageId')
    .leftJoin('reminderMessage as parent', 'parent.id', 'reminderMessage.parentId')
    .select(['itemKey', 'series', 'rank', 'reminderItem.version', 'resolvedAt', 'messageId'])
    .select([
      'reminderMessage.parentId',
      'reminderMessage.assignee as ownAssignee',
      'parent.assignee as rootAssignee',
    ])
    .select((eb) => eb.fn.coalesce('parent.followUp', 'reminderMessage.followUp').as('followUp'))
    .execute();
  return rows.map((row) => ({
    key: row.itemKey,
    series: row.series,
    rank: row.rank,
    version: row.version ?? '',
    assignee: row.rootAssignee ?? row.ownAssignee,
    followUp: FollowUp.parse(row.followUp),
    isOpen: row.resolvedAt === null,
    messageId: row.messageId,
    rootId: row.parentId ?? row.messageId,
  }));
}

async function openMessages(trx: Transaction<StoreSchema>, branch?: string): Promise<OutboxMessage[]> {
  const roots = trx
    .selectFrom('reminderItem')
    .innerJoin('reminderMessage as holder', 'holder.id', 'messageId')
    .select((eb) => eb.fn.coalesce('holder.parentId', 'holder.id').as('root'))
    .where('resolvedAt', 'is', null);
  const query = trx
    .selectFrom('reminderMessage')
    .selectAll()
    .where('id', 'in', roots)
    .$if(branch !== undefined, (of) => of.where('branch', '=', branch ?? ''));
  return readMessages(trx, await query.where('state', '!=', 'withdrawn').orderBy('id').execute());
}

async function addMessage(trx: Transaction<StoreSchema>, message: NewMessage, now: Date): Promise<void> {
  const created = now.toISOString();
  const row = {
    messageKey: message.key,
    parentId: message.parentId,
    audience: message.audience,
    branch: message.branch,
    content: JSON.stringify(message.content),
    state: 'waiting',
    createdAt: created,
    followUp: 'open',
    attempts: 0,
    route: 0,
    version: 0,
    shownVersion: 0,
    assignee: message.assignee ?? null,
  };
  const inserted = await insertMessage(trx, row);
  if (!inserted) return;
  for (const reader of message.readers ?? []) {
    const copy = { messageKey: `${message.key}@${reader}`, copyOf: inserted.id, reader };
    await insertMessage(trx, { ...row, ...copy, parentId: null });
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
    const item = { itemKey: key, messageId: messageId, series, rank, version, foundAt: now.toISOString() };
    await trx
      .insertInto('reminderItem')
      .values({ ...item, body: JSON.stringify(reminder), resolvedAt: null, ending: null })
      .execute();
  }
}

async function addNotes(trx: Transaction<StoreSchema>, id: number, notes: readonly string[]): Promise<void> {
  const row = await trx
    .selectFrom('reminderMessage')
    .select('content')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const content = OutboxContent.parse(JSON.parse(row.content));
  if (content.type !== 'notice' || notes.length === 0) return;
  const told = JSON.stringify({ ...content, notes: [...content.notes, ...notes] });
  await trx.updateTable('reminderMessage').set({ content: told }).where('id', '=', id).execute();
}

async function ownedSince(trx: Transaction<StoreSchema>): Promise<Map<string, IsoDay>> {
  const rows = await trx
    .selectFrom('reportedFigure')
    .innerJoin('figureImport', 'figureImport.id', 'reportedFigure.importId')
    .select((eb) => ['rowKey', eb.fn.min('importedAt').as('first')])
    .where('reportedFigure.kind', '=', 'owners')
    .groupBy('rowKey')
    .execute();
  // The key of an owner is the branch.
  return new Map(rows.map(({ rowKey, first }) => [rowKey, isoDayInTokyo(new Date(first))]));
}

export async function readDecisions(trx: Kysely<StoreSchema>): Promise<ReminderDecision[]> {
  const rows = await trx.selectFrom('reminderDecision').selectAll().execute();
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
    .insertInto('reminderMessage')
    .values(row as never)
    .onConflict((conflict) => conflict.column('messageKey').doNothing())
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
    .updateTable('reminderMessage')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...(followUp === undefined ? {} : { followUp: followUp, followedBy: by ?? null, followedAt: at }),
      ...(snoozedUntil === undefined ? {} : { snoozedUntil: snoozedUntil }),
      ...(assignee === undefined ? {} : { assignee }),
      ...(escalated ? { escalatedAt: at } : {}),
    }))
    .where('id', '=', id)
    .execute();
  await trx
    .updateTable('reminderMessage')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('copyOf', '=', id)
    .execute();
}
