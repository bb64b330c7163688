import { formatBranch, HEAD_OFFICE } from '../model/branch.ts';
import type { OutboxMessage } from '../model/outbox.ts';
import type { Owner } from '../model/owner.ts';
import type { Outbox } from '../store/outbox-store.ts';

/** Tells the head office, once a month, that a branch's channel or person cannot be reached. */
export async function addGoneNotice(
  outbox: Outbox,
  { branch, content }: OutboxMessage,
  place: string,
  why: string,
  owners: readonly Owner[],
  now: Date,
): Promise<void> {
  const office = owners.find((owner) => owner.branch === HEAD_OFFICE);
  // A notice about the head office's own channel would go the same way.
  if (!office || office.channel === place || content.type === 'word') return;
  const words = [
    { text: `${formatBranch(branch)}のお知らせを` },
    { id: place },
    { text: `に送れませんでした（${why}）。担当者とチャンネルの登録を確かめてください。` },
  ];
  const key = ['gone', branch, place, now.toISOString().slice(0, 7)].join('|');
  const message = { parentId: null, audience: 'head_office' as const, branch: HEAD_OFFICE, items: [] };
  await outbox.withDue((trx) => trx.add({ ...message, key, content: { type: 'word', words } }, now));
}
