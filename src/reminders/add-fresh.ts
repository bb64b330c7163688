import { HEAD_OFFICE } from '../model/branch.ts';
import type { Reminder } from '../model/reminder.ts';
import type { DueTransaction, KnownItem } from '../store/outbox-transaction.ts';
import { digestContent, digestOf } from './digest.ts';
import { isSendingTime } from './sending-time.ts';
import type { Situation } from './situation.ts';
import { unjudgedNotes } from './unjudged-notes.ts';

export interface Fresh {
  /** All that is due, for what the head office reads. */
  due: readonly Reminder[];
  /** What was never said, and can be sent. */
  fresh: readonly Reminder[];
}

/** Writes what is new: a message a branch, the next stage of a report in its thread, one for the head office. */
export async function addFresh(
  trx: DueTransaction,
  { due, fresh }: Fresh,
  situation: Situation,
  now: Date,
): Promise<void> {
  const known = await trx.knownItems();
  const roots = new Map(known.filter(({ isOpen }) => isOpen).map((item) => [item.series, item.rootId]));
  const isFollowing = ({ kind, series }: Reminder) => kind === 'report_overdue' && roots.has(series);
  for (const reminder of fresh.filter(isFollowing)) {
    await addToThread(trx, reminder, roots.get(reminder.series) ?? 0, now);
  }
  const others = fresh.filter((reminder) => !isFollowing(reminder));
  for (const [branch, items] of groups(others.filter(({ audience }) => audience === 'branch'))) {
    const content = { type: 'notice' as const, notes: unjudgedNotes(situation, branch) };
    const message = { parentId: null, audience: 'branch' as const, branch, content, items };
    const readers = await trx.noticeReaders(branch);
    await trx.add({ ...message, key: `message|${items[0]?.key}`, readers }, now);
  }
  await replaceOlder(trx, others, known, now);
  await addHeadOffice(trx, others, due, situation, now);
  await markEscalated(trx, fresh, roots, now);
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
  reminders: readonly Reminder[],
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
