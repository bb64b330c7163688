import type { Message } from '../message.ts';
import type { Workspace } from '../workspace.ts';
import { renderBlocks } from './blocks.ts';
import { attributes, escapeHtml, withEmoji } from './html.ts';
import { renderMrkdwn } from './mrkdwn.ts';
import { namesOf } from './names.ts';

/** One piece of the page that is replaced only when its HTML has changed. */
export interface Piece {
  key: string;
  html: string;
}

export interface MessageOptions {
  workspace: Workspace;
  /** Number of replies below it; null inside a thread. */
  replies: number | null;
}

/** A message with who, when, blocks and reactions. Text stands in where there are no blocks. */
export function renderMessage(message: Message, { workspace, replies }: MessageOptions): Piece {
  const byBot = message.user === workspace.bot.userId;
  const name = namesOf(workspace).user(message.user);
  const body =
    message.blocks.length > 0
      ? renderBlocks(message.blocks, { workspace, inForm: false })
      : `<div class="block">${renderMrkdwn(message.text, namesOf(workspace))}</div>`;
  const own = message.ephemeralTo === null ? '' : '<p class="only-you">あなただけに表示されています</p>';
  const edited = message.editedTs === null ? '' : '<small>（編集済み）</small>';
  const app = byBot ? '<span class="badge">アプリ</span>' : '';
  const reactions = message.reactions
    .map(
      (one) => `<span class="reaction">${escapeHtml(withEmoji(`:${one.name}:`))} ${one.users.length}</span>`,
    )
    .join('');
  const head = `<header><strong>${escapeHtml(name)}</strong>${app}<time>${timeOf(message.ts)}</time>${edited}</header>`;
  const avatar = `<span class="avatar ${byBot ? 'bot' : ''}" aria-hidden="true">${escapeHtml(byBot ? '計' : name.slice(0, 1))}</span>`;
  const frame = attributes({
    class: `message ${message.ephemeralTo === null ? '' : 'ephemeral'}`.trim(),
    'data-ts': message.ts,
    'data-channel': message.channel,
    'data-ephemeral': message.ephemeralTo !== null,
  });
  const html = `<article${frame}>${avatar}<div class="content">${own}${head}${body}${reactions}${threadLink(message, replies)}</div></article>`;
  return { key: message.ts, html };
}

function threadLink(message: Message, replies: number | null): string {
  if (replies === null || message.ephemeralTo !== null) return '';
  const label = replies > 0 ? `${replies}件の返信` : 'スレッドで返信';
  const className = replies > 0 ? 'thread-link' : 'thread-link quiet';
  return `<button${attributes({ type: 'button', class: className, 'data-thread': message.ts })}>${label}</button>`;
}

/** Time of day in Asia/Tokyo: 9:05. */
function timeOf(ts: string): string {
  const minutes = Math.floor(Number(ts) / 60) + 9 * 60;
  return `${Math.floor(minutes / 60) % 24}:${String(minutes % 60).padStart(2, '0')}`;
}
