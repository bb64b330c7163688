import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { formatBranch } from '../model/branch.ts';
import { formatDay, isoDayInTokyo } from '../model/calendar-day.ts';
import type { OutboxMessage } from '../model/outbox.ts';
import type { Store } from '../store/store.ts';
import { care, type Finding, fine } from './finding.ts';

/** Who is registered, what waits to be sent, and what nobody can tell was sent: a line each. */
export async function checkReminders(store: Store): Promise<Finding[]> {
  const owned = new Set((await store.owners()).map(({ branch }) => branch));
  const unowned = loadCatalogue().branches.filter(({ name }) => !owned.has(name));
  const messages = await store.outboxMessages();
  const waiting = messages.filter(({ state }) => state === 'waiting' || state === 'claimed');
  const stuck = messages.filter(({ state, fault }) => state === 'waiting' && fault !== null);
  const unclear = messages.filter(({ state }) => state === 'unclear' || state === 'posting');
  return [
    fine(
      `お知らせの担当者 ${owned.size}${unowned.length > 0 ? `。登録がない支部 ${unowned.length}（登録は planbot import）` : ''}`,
    ),
    fine(
      `お知らせ 送信済み ${messages.filter(({ state }) => state === 'sent').length}通、送信待ち ${waiting.length}通`,
    ),
    ...stuck.map((message) => care(`お知らせを送れずに待っています: ${describe(message)}`)),
    ...unclear.map((message) =>
      care(`お知らせを送れたか分かりません。チャンネルを確かめてください: ${describe(message)}`),
    ),
  ];
}

function describe({ branch, createdAt, channel, fault }: OutboxMessage): string {
  const where = channel === null ? '' : ` ${channel}`;
  return `${formatBranch(branch)} ${formatDay(isoDayInTokyo(createdAt))}${where}${fault === null ? '' : `（${fault}）`}`;
}
