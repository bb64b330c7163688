import type { Reminder } from '../model/reminder.ts';
import type { DueTransaction } from '../store/outbox-transaction.ts';
import { addWord } from './settle-open.ts';

/**
 * What was over and is due again as it was said before: a figure that was mended by mistake, a report that was taken
 * back, a clock that was far ahead for a while. Its message is opened again, since the same is never said anew.
 */
export async function reopen(trx: DueTransaction, reminders: readonly Reminder[], now: Date): Promise<void> {
  const known = await trx.knownItems(reminders.map(({ series }) => series));
  const due = new Map(reminders.map((reminder) => [reminder.key, reminder]));
  const open = new Set(known.filter(({ isOpen }) => isOpen).map(({ series }) => series));
  const again = known.filter(({ key, series }) => due.has(key) && !open.has(series));
  for (const { key, rank } of again) {
    const today = due.get(key);
    await trx.reopenItem(key);
    if (today) await trx.updateItem(key, { ...today, rank });
  }
  for (const root of new Set(again.map(({ rootId }) => rootId))) await reopenMessage(trx, root, now);
}

async function reopenMessage(trx: DueTransaction, id: number, now: Date): Promise<void> {
  const message = await trx.message(id);
  if (message === null) return;
  if (message.state === 'withdrawn') {
    await trx.revive(id);
    await trx.change(id, { followUp: 'open' }, now);
    return;
  }
  if (message.followUp !== 'resolved') {
    await trx.change(id, {}, now);
    return;
  }
  await trx.change(id, { followUp: 'open' }, now);
  const text = '再び当てはまるため、このお知らせを再開します。ご確認をお願いします。';
  await addWord(trx, message, { name: `reopened-${message.version}`, words: [{ text }], calls: true }, now);
}
