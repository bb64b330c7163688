import { isoDayInTokyo } from '../model/calendar-day.ts';
import { commitmentSeries, isPending } from '../model/commitments.ts';
import { isFigure, monthsCompleted } from '../model/judgement.ts';
import type { OutboxItem, OutboxMessage, Word } from '../model/outbox.ts';
import type { Ending, Reminder } from '../model/reminder.ts';
import { parsePeriodCode, periodCode, periodOfDay } from '../model/reporting-period.ts';
import { standingOf } from '../model/standing.ts';
import { hashOf } from '../model/words-hash.ts';
import type { DueTransaction, KnownItem } from '../store/outbox-transaction.ts';
import { againWords, type Changed, type Ended, isWorse, type News } from './news.ts';
import { kpiOf, reportOf, type Situation } from './situation.ts';

export interface Settled {
  news: News[];
  /** Messages whose time of rest has ended, with the sentence that says why. */
  woken: ReadonlyMap<number, string>;
}

/** What is due now, and what was said of it before. */
interface Found {
  due: readonly Reminder[];
  known: readonly KnownItem[];
}

/**
 * Brings what is open up to date: resolves what holds no more, shows the figures of today, and wakes what was put
 * off. What was never sent is withdrawn or changed without a word.
 */
export async function settleOpen(
  trx: DueTransaction,
  found: Found,
  situation: Situation,
  now: Date,
): Promise<Settled> {
  const holding = new Map(found.due.map((reminder) => [reminder.series, reminder]));
  const known = new Set(found.known.map(({ key }) => key));
  const news: News[] = [];
  const woken = new Map<number, string>();
  for (const message of await trx.openMessages()) {
    const why = whyWoken(message, holding, situation);
    if (why !== null) {
      await trx.change(message.id, { followUp: 'open', snoozedUntil: null }, now);
      woken.set(message.id, why);
    }
    const isAsleep = message.followUp === 'snoozed' && why === null;
    const { ended, left } = await settle(trx, message, holding, situation, now);
    const changed = await refresh(trx, message, { holding, known, isAsleep }, now);
    if (message.state === 'waiting') continue;
    // What comes within minutes belongs to the same notice; that it is over altogether is told all the same.
    const isYoung = isJustWritten(message, situation, now);
    // How all branches stand is told by the digest itself.
    const isPart = left > 0 && (isYoung || message.audience === 'head_office');
    news.push({ message, ended: isPart ? [] : ended, changed: isYoung ? [] : changed, left });
  }
  return { news, woken };
}

/** What comes within the calendar's minutes belongs to the same notice. */
export function isJustWritten({ createdAt }: OutboxMessage, { catalogue }: Situation, now: Date): boolean {
  const age = now.getTime() - createdAt.getTime();
  return age >= 0 && age < catalogue.calendar.gather_minutes * 60_000;
}

async function settle(
  trx: DueTransaction,
  message: OutboxMessage,
  holding: ReadonlyMap<string, Reminder>,
  situation: Situation,
  now: Date,
): Promise<Pick<News, 'ended' | 'left'>> {
  const open = message.items.filter(({ resolvedAt }) => resolvedAt === null);
  const over = open.filter(({ reminder }) => !holding.has(reminder.series));
  const left = open.length - over.length;
  const ended: Ended[] = over.map(({ reminder }) => ({ reminder, ending: endingOf(reminder, situation) }));
  for (const { reminder, ending } of ended) await trx.endSeries(reminder.series, ending, now);
  if (over.length > 0) await trx.change(message.id, left === 0 ? { followUp: 'resolved' } : {}, now);
  if (left === 0 && message.state === 'waiting') await trx.withdraw(message.id);
  return { ended, left };
}

interface Today {
  /** What holds, by series. */
  holding: ReadonlyMap<string, Reminder>;
  /** Keys of all that was ever said. */
  known: ReadonlySet<string>;
  /** The message was put off: what is new is shown in it without a word. */
  isAsleep: boolean;
}

/** The open notice shows the figure of today, also where it was said before and is said no more. */
async function refresh(
  trx: DueTransaction,
  message: OutboxMessage,
  { holding, known, isAsleep }: Today,
  now: Date,
): Promise<Changed[]> {
  const changed: Changed[] = [];
  for (const { reminder: before, resolvedAt } of message.items) {
    const today = holding.get(before.series);
    if (resolvedAt !== null || !today || today.version === before.version) continue;
    if (before.version === '' && isSame(before, today) && !known.has(today.key)) {
      await trx.adoptItem(before.key, today);
      await trx.change(message.id, {}, now);
      continue;
    }
    // What was never said comes as a message of its own, unless it waits for others: then it shows here meanwhile.
    const isNew = today.key !== before.key && !known.has(today.key) && today.rank >= before.rank;
    if (isNew && !isAsleep && !today.isCompanion) continue;
    await trx.updateItem(before.key, { ...today, rank: before.rank });
    const isCalledBack = message.followUp === 'acknowledged' && isWorse({ before, today });
    await trx.change(message.id, isCalledBack ? { followUp: 'open' } : {}, now);
    if (!isNew && before.actual !== null && today.actual !== null && today.indicator !== null) {
      changed.push({ before, today });
    }
  }
  return changed;
}

/** An earlier planbot named the same thing otherwise: it was said, and is not said again. */
function isSame(before: Reminder, today: Reminder): boolean {
  return before.kind === today.kind && before.stage === today.stage && before.asOf === today.asOf;
}

/** A rest ends on its day, with its quarter, and when the figure has become worse; null where it goes on. */
function whyWoken(
  { followUp, snoozedUntil, followedAt, items }: OutboxMessage,
  holding: ReadonlyMap<string, Reminder>,
  { today }: Situation,
): string | null {
  if (followUp !== 'snoozed' || snoozedUntil === null) return null;
  const quarterOf = (day: string) => periodCode(periodOfDay(day));
  // Codes are compared for being the same only: as text R10Q1 stands before R9Q4.
  const isQuarterOver = followedAt !== null && quarterOf(isoDayInTokyo(followedAt)) !== quarterOf(today);
  if (snoozedUntil <= today) return '延期の期日になりました。';
  if (items.some((item) => hasWorsened(item, holding))) return '数値が悪くなったため、延期を終えます。';
  return isQuarterOver ? '四半期が変わったため、延期を終えます。' : null;
}

function hasWorsened({ reminder, resolvedAt }: OutboxItem, holding: ReadonlyMap<string, Reminder>): boolean {
  const today = holding.get(reminder.series);
  return (
    resolvedAt === null &&
    today !== undefined &&
    today.version !== reminder.version &&
    (today.gap ?? 0) > (reminder.gap ?? 0)
  );
}

/** Why a thing that was spoken of holds no more: what ends it is what it was about. */
function endingOf(reminder: Reminder, situation: Situation): Ending {
  switch (reminder.kind) {
    case 'report_overdue':
      return reportEnding(reminder, situation);
    case 'kpi_behind':
    case 'kpi_unjudged':
      return figureEnding(reminder, situation);
    case 'commitment_due':
    case 'commitment_overdue':
      return commitmentEnding(reminder, situation);
    case 'budget_unstarted':
    case 'budget_over':
      return budgetEnding(reminder, situation);
    case 'owner_missing':
      // With a new year the same is missing anew, and where nothing is to be told nobody is missed.
      return (situation.owners.get(reminder.branch)?.channel ?? null) === null ? 'over' : 'mended';
  }
}

function reportEnding({ branch, period, series }: Reminder, situation: Situation): Ending {
  const of = parsePeriodCode(period);
  const report = of && reportOf(situation, branch, of);
  // Of a year that is looked at no more nobody has taken anything back.
  const isKept = of !== null && of.fy >= situation.fy - 1;
  if (!report?.isIn) return report?.kpis.length === 0 && isKept ? 'withdrawn' : 'over';
  const said = situation.decisions.get(series.replace('|head_office', '|branch'));
  return said?.decision === 'done' ? 'decided' : 'reported';
}

function figureEnding(reminder: Reminder, situation: Situation): Ending {
  const { kind, fy, asOf } = reminder;
  const kpi = kpiOf(reminder, situation);
  if (!kpi) return fy < situation.fy ? 'over' : 'withdrawn';
  if (!isFigure(kpi.actual)) return 'withdrawn';
  const before = monthsCompleted(asOf) ?? 0;
  const now = monthsCompleted(kpi.actual?.asOf ?? null) ?? 0;
  if (now < before) return 'withdrawn';
  if (kind === 'kpi_unjudged') {
    return standingOf(kpi, situation).judgement.state === 'unclear' ? 'over' : 'judged';
  }
  if (now > before) return 'mended';
  // The year's turn leaves the figure as it was.
  return fy < situation.fy ? 'over' : 'corrected';
}

function commitmentEnding({ series, fy }: Reminder, { commitments, fy: current }: Situation): Ending {
  const state = commitments.find(({ commitment }) => commitmentSeries(commitment) === series);
  if (state === undefined) return fy < current - 2 ? 'over' : 'withdrawn';
  if (isPending(state)) return 'over';
  return state.outcome === 'told' ? 'told' : 'decided';
}

function budgetEnding({ kind, branch, fy, series }: Reminder, situation: Situation): Ending {
  if (kind === 'budget_over' && situation.decisions.get(series)?.decision === 'done') return 'decided';
  if (fy < situation.fy) return 'over';
  const isThere = situation.budgets.some(
    (row) => row.branch === branch && row.fy === fy && series.includes(`|${hashOf(row.section, row.name)}|`),
  );
  if (!isThere) return 'withdrawn';
  return kind === 'budget_unstarted' ? 'mended' : 'corrected';
}

/**
 * What was over and is due again as it was said before: a figure that was mended by mistake, a report that was taken
 * back, a clock that was far ahead for a while. Its message is opened again, since the same is never said anew.
 */
export async function reopen(
  trx: DueTransaction,
  found: Found,
  situation: Situation,
  now: Date,
): Promise<void> {
  const due = new Map(found.due.map((reminder) => [reminder.key, reminder]));
  const open = new Set(found.known.filter(({ isOpen }) => isOpen).map(({ series }) => series));
  const again = found.known.filter(({ key, series }) => due.has(key) && !open.has(series));
  for (const root of new Set(again.map(({ rootId }) => rootId))) {
    const message = await trx.message(root);
    if (message === null) continue;
    const words: string[] = [];
    for (const { key, rank } of again.filter(({ rootId }) => rootId === root)) {
      const today = due.get(key);
      if (!today) continue;
      await trx.reopenItem(key);
      await trx.updateItem(key, { ...today, rank });
      const before = message.items.find(({ reminder }) => reminder.key === key)?.reminder ?? today;
      words.push(againWords({ before, today }, situation));
    }
    await reopenMessage(trx, message, words.join(''), now);
  }
}

async function reopenMessage(
  trx: DueTransaction,
  message: OutboxMessage,
  words: string,
  now: Date,
): Promise<void> {
  const { id, followUp, state, version } = message;
  if (state === 'withdrawn') {
    await trx.revive(id);
    await trx.change(id, { followUp: 'open' }, now);
    return;
  }
  const isResolved = followUp === 'resolved';
  await trx.change(id, isResolved ? { followUp: 'open' } : {}, now);
  const text = isResolved
    ? `再び当てはまるため、このお知らせを再開します。ご確認をお願いします。${words}`
    : words;
  if (text === '' || state === 'waiting') return;
  await addWord(trx, message, { name: `reopened-${version}`, words: [{ text }], calls: true }, now);
}

/** A word in the message's thread; each name is said once. */
export function addWord(
  trx: DueTransaction,
  { id, key, audience, branch }: OutboxMessage,
  { name, words, calls = false }: { name: string; words: Word[]; calls?: boolean },
  now: Date,
): Promise<void> {
  const content = { type: 'word' as const, words, ...(calls ? { call: 'in_charge' as const } : {}) };
  return trx.add({ key: `${key}#${name}`, parentId: id, audience, branch, content, items: [] }, now);
}
