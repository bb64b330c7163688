import type { Knowledge } from '../knowledge/knowledge.ts';
import type { DueTransaction, KnownItem, Outbox } from '../knowledge/outbox-store.ts';
import { HEAD_OFFICE } from '../model/branch.ts';
import { isoDayInTokyo } from '../model/calendar-day.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { OutboxMessage } from '../model/outbox.ts';
import type { Reminder } from '../model/reminder.ts';
import { digestContent, digestOf } from './digest.ts';
import { type Due, findDue } from './due.ts';
import { isSendingTime } from './sending-time.ts';
import { settleOpen } from './settle-open.ts';
import { readSituation, type Situation } from './situation.ts';
import { unjudgedNotes } from './unjudged-notes.ts';

export interface RecordParts {
  outbox: Outbox;
  catalogue: Catalogue;
  /** What planbot is delivered with, where no document was ingested. */
  delivered: () => Promise<Knowledge>;
}

export interface Recorded {
  /** All that is due now, also what was said before. */
  due: Reminder[];
  /** What was written now, to be sent. */
  fresh: Reminder[];
  /** Due, but nobody is known to whom it could be sent. */
  unaddressed: Reminder[];
}

/** Finds what is due, settles what is over, and writes what is new into the outbox: all of it or nothing. */
export function recordDue(parts: RecordParts, now: Date): Promise<Recorded> {
  return parts.outbox.withDue(async (trx) => {
    const situation = await situationIn(trx, parts, now);
    const due = findDue(situation);
    await settleOpen(trx, due, situation, now);
    return addFresh(trx, due, situation, now);
  });
}

/** What is due and would be written, and nothing done. */
export function previewDue(parts: RecordParts, now: Date): Promise<Recorded> {
  return parts.outbox.withDue(async (trx) => {
    const due = findDue(await situationIn(trx, parts, now));
    return sortOut(due, await trx.knownItems(), await trx.openMessages());
  });
}

async function situationIn(
  trx: DueTransaction,
  { catalogue, delivered }: RecordParts,
  now: Date,
): Promise<Situation> {
  const { actuals, owners } = trx;
  const knowledge = trx.hasDocuments ? trx.knowledge : trx.withReported(await delivered());
  return readSituation({ knowledge, actuals, owners, catalogue, today: isoDayInTokyo(now) });
}

function sortOut({ reminders }: Due, known: readonly KnownItem[], open: readonly OutboxMessage[]): Recorded {
  const keys = new Set(known.map(({ key }) => key));
  const ranks = new Map<string, number>();
  for (const { series, rank } of known) {
    ranks.set(series, Math.max(rank, ranks.get(series) ?? rank));
  }
  const snoozed = open.filter(({ followUp }) => followUp === 'snoozed');
  const resting = new Set(snoozed.flatMap(({ items }) => items.map(({ reminder }) => reminder.series)));
  const unsaid = reminders.filter(
    // A stage that lies behind what was said is old: the clock was set back.
    ({ key, series, rank }) => !keys.has(key) && (ranks.get(series) ?? rank) <= rank && !resting.has(series),
  );
  return {
    due: reminders,
    fresh: unsaid.filter(({ channel }) => channel !== null),
    unaddressed: unsaid.filter(({ channel }) => channel === null),
  };
}

async function addFresh(trx: DueTransaction, due: Due, situation: Situation, now: Date): Promise<Recorded> {
  const known = await trx.knownItems();
  const sorted = sortOut(due, known, await trx.openMessages());
  const roots = new Map(known.filter(({ isOpen }) => isOpen).map((item) => [item.series, item.rootId]));
  const isFollowing = ({ kind, series }: Reminder) => kind === 'report_overdue' && roots.has(series);
  for (const reminder of sorted.fresh.filter(isFollowing)) {
    await addToThread(trx, reminder, roots.get(reminder.series) ?? 0, now);
  }
  const others = sorted.fresh.filter((reminder) => !isFollowing(reminder));
  for (const [branch, items] of groups(others.filter(({ audience }) => audience === 'branch'))) {
    const content = { type: 'notice' as const, notes: unjudgedNotes(situation, branch) };
    await trx.add(
      { key: `message|${items[0]?.key}`, parentId: null, audience: 'branch', branch, content, items },
      now,
    );
  }
  await replaceOlder(trx, others, known, now);
  await addHeadOffice(trx, others, due, situation, now);
  await markEscalated(trx, sorted.fresh, roots, now);
  return sorted;
}

/** The next stage of a report that is still missing stands in the thread of the message that lives in the channel. */
async function addToThread(
  trx: DueTransaction,
  reminder: Reminder,
  rootId: number,
  now: Date,
): Promise<void> {
  const { key, audience, branch, text, mentions } = reminder;
  const content = { type: 'word' as const, words: [...mentions.map((id) => ({ id })), { text }] };
  await trx.add(
    { key: `message|${key}`, parentId: rootId, audience, branch, content, items: [reminder] },
    now,
  );
  await trx.change(rootId, {}, now);
}

async function addHeadOffice(
  trx: DueTransaction,
  fresh: readonly Reminder[],
  { reminders }: Due,
  situation: Situation,
  now: Date,
): Promise<void> {
  const items = fresh.filter(({ audience }) => audience === 'head_office');
  const digest = digestOf(situation, reminders);
  const content = digest?.content ?? digestContent(situation, reminders);
  // A digest tells how things stand: it is written when it can go out, not the evening before.
  const isTime = isSendingTime(now, situation.catalogue.calendar);
  const isDigestDue = digest !== null && isTime && !(await trx.hasMessage(digest.key));
  if (!situation.owners.has(HEAD_OFFICE) || !content || (items.length === 0 && !isDigestDue)) return;
  // The quarter's digest is due once; what comes for the head office in between brings the state of the day with it.
  const key = isDigestDue ? digest.key : `message|${items[0]?.key}`;
  const message = { parentId: null, audience: 'head_office' as const, branch: HEAD_OFFICE, content };
  await trx.add({ ...message, key, items }, now);
}

/** What a new message says of a thing, an older one need not say any more. */
async function replaceOlder(
  trx: DueTransaction,
  fresh: readonly Reminder[],
  known: readonly KnownItem[],
  now: Date,
): Promise<void> {
  const series = new Set(fresh.map((reminder) => reminder.series));
  const older = known.filter((item) => item.isOpen && series.has(item.series));
  await trx.resolveItems(
    older.map(({ key }) => key),
    now,
  );
  const left = new Set((await trx.knownItems()).filter(({ isOpen }) => isOpen).map(({ rootId }) => rootId));
  for (const root of new Set(older.map(({ rootId }) => rootId))) {
    await trx.change(root, left.has(root) ? {} : { followUp: 'resolved' }, now);
  }
}

async function markEscalated(
  trx: DueTransaction,
  fresh: readonly Reminder[],
  roots: ReadonlyMap<string, number>,
  now: Date,
): Promise<void> {
  for (const { stage, series } of fresh) {
    const root = stage === 'escalated' ? roots.get(series.replace('|head_office', '|branch')) : undefined;
    if (root !== undefined) await trx.change(root, { escalated: true }, now);
  }
}

function groups(items: readonly Reminder[]): Map<string, Reminder[]> {
  const found = new Map<string, Reminder[]>();
  for (const item of items) {
    found.set(item.branch, [...(found.get(item.branch) ?? []), item]);
  }
  return found;
}
