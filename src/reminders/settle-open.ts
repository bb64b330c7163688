import { isoDayInTokyo } from '../model/calendar-day.ts';
import { withSentenceUnit } from '../model/figure-words.ts';
import { monthsCompleted } from '../model/judgement.ts';
import type { OutboxItem, OutboxMessage, Word } from '../model/outbox.ts';
import type { Reminder } from '../model/reminder.ts';
import { periodCode, periodOfDay } from '../model/reporting-period.ts';
import type { DueTransaction, KnownItem } from '../store/outbox-transaction.ts';
import { type Ended, endingOf, farewell, reminderSubject } from './ending.ts';
import type { Situation } from './situation.ts';

/** What is to be told of a message in its thread, or at the head of the next one to the same branch. */
export interface News {
  message: OutboxMessage;
  text: string;
  /** Unique among what is ever told of the message. */
  name: string;
  /** Whether those in charge are named. */
  calls: boolean;
  /** How many things of the message are still open. */
  left: number;
  /** Goes along with a new message, and is no reason for a word of its own. */
  isQuiet: boolean;
}

export interface Settled {
  news: News[];
  /** Messages whose time of rest has ended, with the sentence that says why. */
  woken: ReadonlyMap<number, string>;
}

/**
 * Brings what is open up to date: resolves what holds no more, shows the figures of today, and wakes what was put
 * off. What was never sent is withdrawn or changed without a word.
 */
export async function settleOpen(
  trx: DueTransaction,
  found: { due: readonly Reminder[]; known: readonly KnownItem[] },
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
    const ended = await settle(trx, message, holding, situation, now);
    const changed = await refresh(trx, message, { holding, known, isAsleep }, situation, now);
    if (message.state === 'waiting') continue;
    // What comes within minutes belongs to the same notice; that it is over altogether is told all the same.
    const isYoung = isJustWritten(message, situation, now);
    news.push(...(isYoung ? ended.filter(({ left }) => left === 0) : [...ended, ...changed]));
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
): Promise<News[]> {
  const open = message.items.filter(({ resolvedAt }) => resolvedAt === null);
  const over = open.filter(({ reminder }) => !holding.has(reminder.series));
  if (over.length === 0) return [];
  const ended: Ended[] = over.map(({ reminder }) => ({ reminder, ending: endingOf(reminder, situation) }));
  for (const { reminder, ending } of ended) await trx.endSeries(reminder.series, ending, now);
  const left = open.length - over.length;
  await trx.change(message.id, left === 0 ? { followUp: 'resolved' } : {}, now);
  if (left === 0 && message.state === 'waiting') await trx.withdraw(message.id);
  // How all branches stand is told by the digest itself.
  const isPart = left > 0 && message.audience === 'head_office';
  const text = isPart ? '' : farewell(ended, situation);
  // That a quarter has passed without its report is news to the head office alone; what a year leaves was announced.
  const isQuiet = ended.every(({ ending }) => ending === 'over') && message.audience === 'branch';
  return text === ''
    ? []
    : [{ message, text, name: `ended-${message.version}`, calls: false, left, isQuiet }];
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
  situation: Situation,
  now: Date,
): Promise<News[]> {
  const news: News[] = [];
  for (const { reminder, resolvedAt } of message.items) {
    const today = holding.get(reminder.series);
    if (resolvedAt !== null || !today || today.version === reminder.version) continue;
    if (reminder.version === '' && isSame(reminder, today) && !known.has(today.key)) {
      await trx.adoptItem(reminder.key, today);
      await trx.change(message.id, {}, now);
      continue;
    }
    // What was never said comes as a message of its own, unless it waits for others: then it shows here meanwhile.
    const isNew = today.key !== reminder.key && !known.has(today.key) && today.rank >= reminder.rank;
    if (isNew && !isAsleep && !today.isCompanion) continue;
    await trx.updateItem(reminder.key, { ...today, rank: reminder.rank });
    const isWorse = (today.gap ?? 0) > (reminder.gap ?? 0) || today.kind !== reminder.kind;
    await trx.change(
      message.id,
      isWorse && message.followUp === 'acknowledged' ? { followUp: 'open' } : {},
      now,
    );
    const text = isNew ? '' : correction(reminder, today, situation);
    const name = `changed-${message.version}-${reminder.series}`;
    if (text !== '') news.push({ message, text, name, calls: isWorse, left: 0, isQuiet: false });
  }
  return news;
}

/** An earlier planbot named the same thing otherwise: it was said, and is not said again. */
function isSame(before: Reminder, today: Reminder): boolean {
  return before.kind === today.kind && before.stage === today.stage && before.asOf === today.asOf;
}

function correction(before: Reminder, today: Reminder, situation: Situation): string {
  if (today.indicator === null || today.actual === null || before.actual === null) return '';
  const name = reminderSubject(today, situation);
  const digits = Math.max(decimalsOf(before.actual), decimalsOf(today.actual));
  const was = withSentenceUnit(before.actual, before.unit, digits, digits);
  const is = withSentenceUnit(today.actual, today.unit, digits, digits);
  const months = (monthsCompleted(today.asOf) ?? 0) - (monthsCompleted(before.asOf) ?? 0);
  if (months > 0 && today.kind === 'kpi_unjudged') {
    return `${name}の${today.asOf}の数値（${is}）が届きました。判定できないままです。`;
  }
  if (months > 0) return `${name}の${today.asOf}の数値（${is}）が再び届きました。`;
  if (months < 0) {
    return `取り下げ：${name}の${before.asOf}の数値（${was}）が取り下げられ、${today.asOf}の${is}で見ています。`;
  }
  if (was !== is) return `訂正：${name}の実績 ${was} → ${is}（${today.asOf}）`;
  return `${name}の目標または目安が変わりました。`;
}

function decimalsOf(value: number): number {
  return String(value).split('.')[1]?.length ?? 0;
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
  if (items.some((item) => isWorse(item, holding))) return '数値が悪くなったため、延期を終えます。';
  return isQuarterOver ? '四半期が変わったため、延期を終えます。' : null;
}

function isWorse({ reminder, resolvedAt }: OutboxItem, holding: ReadonlyMap<string, Reminder>): boolean {
  const today = holding.get(reminder.series);
  return (
    resolvedAt === null &&
    today !== undefined &&
    today.version !== reminder.version &&
    (today.gap ?? 0) > (reminder.gap ?? 0)
  );
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
