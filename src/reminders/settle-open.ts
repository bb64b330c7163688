import type { OutboxItem, OutboxMessage, Word } from '../model/outbox.ts';
import { periodCode } from '../model/reporting-period.ts';
import type { DueTransaction } from '../store/outbox-transaction.ts';
import type { Due } from './due.ts';
import { reportingPeriod } from './due-reports.ts';
import { mentionsOf } from './route.ts';
import type { Situation } from './situation.ts';

/** Resolves what holds no more, withdraws what was never sent, and wakes what was put off until today. */
export async function settleOpen(
  trx: DueTransaction,
  due: Due,
  situation: Situation,
  now: Date,
): Promise<void> {
  const holding = new Set([...due.reminders.map(({ series }) => series), ...due.muted]);
  for (const message of await trx.openMessages()) {
    await settle(trx, message, holding, situation, now);
    await wake(trx, message, situation, now);
  }
}

async function settle(
  trx: DueTransaction,
  message: OutboxMessage,
  holding: ReadonlySet<string>,
  situation: Situation,
  now: Date,
): Promise<void> {
  const open = message.items.filter(({ resolvedAt }) => resolvedAt === null);
  const over = open.filter(({ reminder }) => !holding.has(reminder.series));
  if (over.length === 0) return;
  const series = new Set(over.map(({ reminder }) => reminder.series));
  const known = (await trx.knownItems()).filter((item) => item.isOpen && series.has(item.series));
  await trx.resolveItems(
    known.map(({ key }) => key),
    now,
  );
  if (over.length < open.length) {
    await trx.change(message.id, {}, now);
    return;
  }
  await trx.change(message.id, { followUp: 'resolved' }, now);
  if (message.state === 'waiting') {
    await trx.withdraw(message.id);
  } else {
    await addWord(trx, message, `resolved-${message.version}`, [{ text: farewell(over, situation) }], now);
  }
}

/** What the next quarter or year has overtaken was not mended, and is not called so. */
function farewell(over: readonly OutboxItem[], { today, fy, catalogue }: Situation): string {
  const asked = periodCode(reportingPeriod(today, catalogue.calendar));
  const isMended = ({ reminder }: OutboxItem) =>
    reminder.kind === 'report_overdue' ? reminder.period === asked : reminder.fy === fy;
  return over.every(isMended)
    ? '解消しました。ありがとうございました。'
    : '次の期間に移ったため、このお知らせを終わります。';
}

async function wake(
  trx: DueTransaction,
  message: OutboxMessage,
  { today }: Situation,
  now: Date,
): Promise<void> {
  const { followUp, snoozedUntil } = message;
  if (followUp !== 'snoozed' || snoozedUntil === null || snoozedUntil > today) return;
  await trx.change(message.id, { followUp: 'open', snoozedUntil: null }, now);
  const words = [
    ...mentionsOf(message).map((id) => ({ id })),
    { text: '延期の期日になりました。ご確認をお願いします。' },
  ];
  await addWord(trx, message, `snooze-${snoozedUntil}`, words, now);
}

/** A word in the message's thread; each name is said once. */
export function addWord(
  trx: DueTransaction,
  { id, key, audience, branch }: OutboxMessage,
  name: string,
  words: Word[],
  now: Date,
): Promise<void> {
  const content = { type: 'word' as const, words };
  return trx.add({ key: `${key}#${name}`, parentId: id, audience, branch, content, items: [] }, now);
}
