import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { formatBranch } from '../model/branch.ts';
import { formatDay, isoDayInTokyo } from '../model/calendar-day.ts';
import type { OutboxMessage, OutboxState } from '../model/outbox.ts';
import type { Store } from '../store/store.ts';
import { care, type Finding, fine } from './finding.ts';

/** Who is registered, what waits to be sent, and what nobody can tell was sent: a line each. */
export async function checkReminders(store: Store): Promise<Finding[]> {
  const owned = new Set((await store.owners()).map(({ branch }) => branch));
  const unowned = loadCatalogue().branches.filter(({ name }) => !owned.has(name));
  const counts = await store.outboxCounts();
  const countOf = (...states: OutboxState[]) =>
    counts.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0);
  const waiting = await store.outboxMessages({ states: ['waiting'] });
  const stuck = waiting.filter(({ fault }) => fault !== null);
  const unclear = await store.outboxMessages({ states: ['unclear', 'posting'] });
  return [
    fine(
      `お知らせの担当者 ${owned.size}${unowned.length > 0 ? `。登録がない支部 ${unowned.length}（登録は planbot import）` : ''}`,
    ),
    fine(`お知らせ 送信済み ${countOf('sent')}通、送信待ち ${countOf('waiting', 'claimed')}通`),
    ...shown(stuck).map((message) => care(`お知らせを送れずに待っています: ${describe(message)}`)),
    ...shown(unclear).map((message) =>
      care(`お知らせを送れたか分かりません。チャンネルを確かめてください: ${describe(message)}`),
    ),
  ];
}

/** Of thousands, those at the beginning are enough to see what is wrong. */
function shown(messages: readonly OutboxMessage[]): readonly OutboxMessage[] {
  return messages.slice(0, 20);
}

function describe({ branch, createdAt, channel, fault }: OutboxMessage): string {
  const where = channel === null ? '' : ` ${channel}`;
  return `${formatBranch(branch)} ${formatDay(isoDayInTokyo(createdAt))}${where}${fault === null ? '' : `（${fault}）`}`;
}
