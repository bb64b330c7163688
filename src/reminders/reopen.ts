import { withSentenceUnit } from '../model/figure-words.ts';
import type { OutboxMessage } from '../model/outbox.ts';
import type { Reminder } from '../model/reminder.ts';
import type { DueTransaction, KnownItem } from '../store/outbox-transaction.ts';
import { reminderSubject } from './ending.ts';
import { addWord } from './settle-open.ts';
import type { Situation } from './situation.ts';

/**
 * What was over and is due again as it was said before: a figure that was mended by mistake, a report that was taken
 * back, a clock that was far ahead for a while. Its message is opened again, since the same is never said anew.
 */
export async function reopen(
  trx: DueTransaction,
  found: { due: readonly Reminder[]; known: readonly KnownItem[] },
  situation: Situation,
  now: Date,
): Promise<void> {
  const { known } = found;
  const due = new Map(found.due.map((reminder) => [reminder.key, reminder]));
  const open = new Set(known.filter(({ isOpen }) => isOpen).map(({ series }) => series));
  const again = known.filter(({ key, series }) => due.has(key) && !open.has(series));
  for (const root of new Set(again.map(({ rootId }) => rootId))) {
    const message = await trx.message(root);
    const own = again.filter(({ rootId }) => rootId === root);
    for (const { key, rank } of own) {
      const today = due.get(key);
      await trx.reopenItem(key);
      if (today) await trx.updateItem(key, { ...today, rank });
    }
    const reopened = own.flatMap(({ key }) => due.get(key) ?? []);
    if (message !== null) await reopenMessage(trx, message, wordsOf(message, reopened, situation), now);
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

/** A figure that had recovered and is behind again: what it is now, and what it was when it was spoken of. */
function wordsOf({ items }: OutboxMessage, again: readonly Reminder[], situation: Situation): string {
  return again
    .filter(({ kind }) => kind === 'kpi_behind')
    .map((today) => {
      const before = items.find(({ reminder }) => reminder.key === today.key)?.reminder;
      const isWorse = before !== undefined && (today.gap ?? 0) > (before.gap ?? 0);
      const was = isWorse && before.actual !== null ? withSentenceUnit(before.actual, before.unit) : '';
      const than = was === '' ? '' : `。前にお知らせした${was}より悪くなっています`;
      const is =
        today.actual === null ? '' : ` ${withSentenceUnit(today.actual, today.unit)}（${today.asOf}）`;
      return `再び遅れています：${reminderSubject(today, situation)}${is}${than}。`;
    })
    .join('');
}
