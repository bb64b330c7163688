import { timeInTokyo } from '../../model/calendar-day.ts';
import { escapeHtml } from '../../model/escape-html.ts';
import type { Message } from '../message.ts';
import type { StoredFile } from '../stored-file.ts';
import type { Workspace } from '../workspace.ts';
import { renderBlocks } from './blocks.ts';
import { attributes, withEmoji } from './html.ts';
import { renderMrkdwn } from './mrkdwn.ts';
import { namesOf } from './names.ts';
import { renderSharedFiles } from './shared-files.ts';

/** One piece of the page that is replaced only when its HTML has changed. */
export interface PageFragment {
  key: string;
  html: string;
}

export interface MessageOptions {
  workspace: Workspace;
  /** Who looks at the page. */
  viewer: string;
  /** Number of replies below it; null inside a thread. */
  replies: number | null;
  /** Of the message. */
  files: readonly StoredFile[];
}

/** A message with who, when, blocks and reactions. Text stands in where there are no blocks. */
export function renderMessage(
  message: Message,
  { workspace, viewer, replies, files }: MessageOptions,
): PageFragment {
  const byBot = message.user === workspace.bot.userId;
  const isOwn = message.ephemeralTo !== null;
  const name = namesOf(workspace).user(message.user);
  const body =
    message.blocks.length > 0
      ? renderBlocks(message.blocks, { workspace, inForm: false })
      : message.text === '' && files.length > 0
        ? ''
        : `<div class="block">${renderMrkdwn(message.text, namesOf(workspace))}</div>`;
  const own = isOwn ? '<p class="only-you">あなただけに表示されています</p>' : '';
  const edited = message.editedTs === null ? '' : '<small>（編集済み）</small>';
  const app = byBot ? '<span class="badge">アプリ</span>' : '';
  const head = `<header><strong>${escapeHtml(name)}</strong>${app}<time>${timeOf(message.ts)}</time>${edited}</header>`;
  const face = escapeHtml(byBot ? '計' : name.slice(0, 1));
  const avatar = `<span class="avatar ${byBot ? 'bot' : `hue${hueOf(message.user)}`}" aria-hidden="true">${face}</span>`;
  const frame = attributes({
    class: `message ${isOwn ? 'ephemeral' : ''}`.trim(),
    'data-ts': message.ts,
    'data-channel': message.channel,
    'data-ephemeral': isOwn,
    'data-own': message.user === viewer,
  });
  const menu = isOwn
    ? ''
    : '<button type="button" class="menu-button" data-menu="message" aria-haspopup="menu" aria-label="このメッセージの操作">⋮</button>';
  const foot = `${renderReactions(message, viewer)}${threadLink(message, replies)}`;
  const html = `<article${frame}>${avatar}<div class="content">${own}${head}${body}${renderSharedFiles(files)}${foot}</div>${menu}</article>`;
  return { key: message.ts, html };
}

function renderReactions({ reactions }: Message, viewer: string): string {
  const buttons = reactions.map(({ name, users }) => {
    const mine = users.includes(viewer);
    const emoji = withEmoji(`:${name}:`);
    const label = `${emoji}の反応 ${users.length}件${mine ? '（押すと取り消し）' : ''}`;
    const about = attributes({
      type: 'button',
      class: 'reaction',
      'data-react': name,
      'aria-pressed': String(mine),
      'aria-label': label,
    });
    return `<button${about}>${escapeHtml(emoji)} ${users.length}</button>`;
  });
  return buttons.length === 0 ? '' : `<div class="reactions">${buttons.join('')}</div>`;
}

function threadLink(message: Message, replies: number | null): string {
  if (replies === null || message.ephemeralTo !== null) return '';
  const label = replies > 0 ? `${replies}件の返信` : 'スレッドで返信';
  const className = replies > 0 ? 'thread-link' : 'thread-link quiet';
  return `<button${attributes({ type: 'button', class: className, 'data-thread': message.ts })}>${label}</button>`;
}

const HUES = 4;

function hueOf(id: string): number {
  return [...id].reduce((sum, character) => sum + character.charCodeAt(0), 0) % HUES;
}

/** Time of day in Asia/Tokyo: 9:05. */
function timeOf(ts: string): string {
  return timeInTokyo(new Date(Number(ts) * 1000)).replace(/^0/, '');
}
