import { isoDayInTokyo } from '../model/calendar-day.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Knowledge } from '../model/knowledge.ts';
import type { OutboxMessage } from '../model/outbox.ts';
import type { Reminder } from '../model/reminder.ts';
import type { Outbox } from '../store/outbox-store.ts';
import type { DueTransaction, KnownItem } from '../store/outbox-transaction.ts';
import { addFresh } from './add-fresh.ts';
import { type Due, findDue } from './due.ts';
import { reopen } from './reopen.ts';
import { settleOpen } from './settle-open.ts';
import { readSituation, type Situation } from './situation.ts';

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
    await reopen(trx, due.reminders, now);
    const sorted = sortOut(due, await trx.knownItems(), await trx.openMessages());
    await addFresh(trx, sorted, situation, now);
    return sorted;
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
  for (const { series, rank } of known.filter(({ isOpen }) => isOpen)) {
    ranks.set(series, Math.max(rank, ranks.get(series) ?? rank));
  }
  const snoozed = open.filter(({ followUp }) => followUp === 'snoozed');
  const resting = new Set(snoozed.flatMap(({ items }) => items.map(({ reminder }) => reminder.series)));
  const unsaid = reminders.filter(
    // A stage that lies behind what is said of an open thing is old: the clock was set back.
    ({ key, series, rank }) => !keys.has(key) && (ranks.get(series) ?? rank) <= rank && !resting.has(series),
  );
  return {
    due: reminders,
    fresh: unsaid.filter(({ channel }) => channel !== null),
    unaddressed: unsaid.filter(({ channel }) => channel === null),
  };
}
