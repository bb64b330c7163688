import { HEAD_OFFICE } from '../model/branch.ts';
import { isoDayInTokyo } from '../model/calendar-day.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Knowledge } from '../model/knowledge.ts';
import type { Reminder } from '../model/reminder.ts';
import type { Stored } from '../store/documents-and-facts.ts';
import type { Outbox } from '../store/outbox-store.ts';
import type { DueTransaction, KnownItem } from '../store/outbox-transaction.ts';
import { findDue } from './due.ts';
import { assigneesOf, remakeWaiting, writeNewMessages } from './new-messages.ts';
import { reopen, settleOpen } from './settle-open.ts';
import { readSituation, type Situation } from './situation.ts';

export interface RecordParts {
  outbox: Outbox;
  catalogue: Catalogue;
  /** All that questions are answered from. */
  known: (stored: Stored) => Promise<Knowledge>;
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
    const before = await trx.knownItems(seriesOf(due));
    await remakeWaiting(trx, due, situation);
    const settled = await settleOpen(trx, { due, known: before }, situation, now);
    await reopen(trx, { due, known: before }, situation, now);
    const known = await trx.knownItems(seriesOf(due));
    const sorted = sortOut(due, known, situation);
    await writeNewMessages(trx, { ...sorted, known }, settled, situation, now);
    return sorted;
  });
}

/** What is due and would be written, and nothing done. */
export function previewDue(parts: RecordParts, now: Date): Promise<Recorded> {
  return parts.outbox.withDue(async (trx) => {
    const situation = await situationIn(trx, parts, now);
    const due = findDue(situation);
    return sortOut(due, await trx.knownItems(seriesOf(due)), situation);
  });
}

async function situationIn(
  trx: DueTransaction,
  { catalogue, known }: RecordParts,
  now: Date,
): Promise<Situation> {
  const { actuals, owners, decisions } = trx;
  const knowledge = await known(trx);
  const today = isoDayInTokyo(now);
  // Who looks before anybody is registered sees what there would be to say from today on.
  const ownedSince = trx.ownedSince.size > 0 ? trx.ownedSince : new Map([[HEAD_OFFICE, today]]);
  return readSituation({ knowledge, actuals, owners, ownedSince, decisions, catalogue, today });
}

function sortOut(reminders: Reminder[], known: readonly KnownItem[], { decisions }: Situation): Recorded {
  const keys = new Set(known.map(({ key }) => key));
  const ranks = new Map<string, number>();
  const versions = new Map<string, string>();
  for (const { series, rank, version } of known.filter(({ isOpen }) => isOpen)) {
    ranks.set(series, Math.max(rank, ranks.get(series) ?? rank));
    versions.set(series, version);
  }
  const isResting = restingIn(known, decisions);
  const unsaid = reminders.filter(
    // A stage that lies behind what is said of an open thing is old: the clock was set back.
    (one) => !keys.has(one.key) && (ranks.get(one.series) ?? one.rank) <= one.rank && !isResting(one),
  );
  // Money that is still overspent is said again with what comes, until it is dealt with.
  const isAgain = ({ kind, series, version }: Reminder) =>
    kind === 'budget_over' && versions.get(series) === version;
  // The next stage of a report stands in the thread, where nothing goes along with it.
  const isFollowing = ({ kind, series }: Reminder) => kind === 'report_overdue' && ranks.has(series);
  const opens = unsaid.filter((one) => !one.isCompanion && !isAgain(one) && !isFollowing(one));
  const assignees = assigneesOf(known);
  // What goes along with others needs others that go to the same place and the same person.
  const placeOf = ({ branch, audience, series }: Reminder) =>
    [branch, audience, audience === 'branch' ? (assignees.get(series) ?? '') : ''].join('|');
  const speaking = new Set(opens.map(placeOf));
  const told = unsaid.filter((one) => isFollowing(one) || speaking.has(placeOf(one)));
  return {
    due: reminders,
    fresh: told.filter(({ channel }) => channel !== null),
    unaddressed: told.filter(({ channel }) => channel === null),
  };
}

function seriesOf(due: readonly Reminder[]): string[] {
  return due.map(({ series }) => series);
}

/** What was put off rests; what was confirmed rests until there is something new to it, whatever else its message has. */
function restingIn(known: readonly KnownItem[], decisions: Situation['decisions']) {
  const open = new Map(known.filter(({ isOpen }) => isOpen).map((item) => [item.series, item]));
  return ({ series, version }: Reminder) => {
    const found = open.get(series);
    const decided = decisions.get(series);
    return (
      found?.followUp === 'snoozed' ||
      (found?.followUp === 'acknowledged' && found.version === version) ||
      (decided?.decision === 'acknowledged' && decided.version === version)
    );
  };
}
