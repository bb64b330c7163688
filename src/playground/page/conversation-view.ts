import type { ServerResponse } from 'node:http';
import { formatDay, type IsoDay, isoDayInTokyo, timeInTokyo } from '../../model/calendar-day.ts';
import { escapeHtml } from '../../model/escape.ts';
import type { LocalSlack } from '../emulator/local-slack.ts';
import type { Message, StoredFile } from '../emulator/state.ts';
import { CHANNELS, USERS, type Workspace } from '../emulator/workspace.ts';
import { renderBlocks } from './blocks.ts';
import { attributes, namesOf, renderMrkdwn, withEmoji } from './text.ts';

/** Where a person is on the page. */
export interface PagePlace {
  user: string;
  channel: string;
  thread: string | null;
  /** The Home tab of the app instead of a conversation. */
  home: boolean;
  panel: 'outbox' | 'log' | null;
}

/** In place of a channel that the person is not in, or of another's direct message, the first of theirs of its kind. */
export function readPlace(search: URLSearchParams, { channels }: Workspace): PagePlace {
  const panel = search.get('panel');
  const user = search.get('user') ?? USERS.staff.id;
  const wanted = search.get('channel') ?? CHANNELS.tokyo;
  const theirs = channels.filter(({ members, archived }) => members.includes(user) && !archived);
  const kind = channels.find(({ id }) => id === wanted)?.kind;
  const open = theirs.find(({ id }) => id === wanted) ?? theirs.find((one) => one.kind === kind) ?? theirs[0];
  return {
    user,
    channel: open?.id ?? wanted,
    thread: search.get('thread') || null,
    home: search.get('home') === '1',
    panel: panel === 'outbox' || panel === 'log' ? panel : null,
  };
}

/** Pictures that a browser shows in the page; all else is offered to be saved. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif']);

/** The files of a message: pictures in their place, others by name. */
export function renderSharedFiles(files: readonly StoredFile[]): string {
  return files
    .map((file) => {
      const href = `/shared/${file.id}`;
      const link = `<a${attributes({ href, download: file.name })}>${escapeHtml(file.name)}</a>`;
      if (!SHOWN.has(file.mimetype)) return `<p class="shared">${link}</p>`;
      const picture = attributes({ src: href, alt: file.altText ?? file.title, loading: 'lazy' });
      return `<figure class="shared"><img${picture}><figcaption>${link}</figcaption></figure>`;
    })
    .join('');
}

/** What a person shared must never run as a page of planbot's own: it is shown as a picture, or saved. */
export function sendSharedFile(
  response: ServerResponse,
  file: StoredFile | null,
  headers: Readonly<Record<string, string>>,
): void {
  if (file === null) return void response.writeHead(404, headers).end();
  const isShown = SHOWN.has(file.mimetype);
  response.writeHead(200, {
    ...headers,
    'content-type': isShown ? file.mimetype : 'application/octet-stream',
    'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  });
  response.end(file.content);
}

/** One piece of the page that is replaced only when its HTML has changed. */
export interface PageFragment {
  key: string;
  html: string;
}

interface MessageOptions {
  workspace: Workspace;
  viewer: string;
  /** Number of replies below it; null inside a thread. */
  replies: number | null;
  files: readonly StoredFile[];
}

/** A message with who, when, blocks and reactions. Text stands in where there are no blocks. */
function renderMessage(
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

interface Conversation {
  messages: PageFragment[];
  thread: PageFragment[] | null;
}

/** A channel as one person sees it, with a line where a day begins, and the thread that is open. */
export function renderConversation(slack: LocalSlack, place: PagePlace): Conversation {
  const { workspace } = slack;
  const seen = [
    ...slack.messages(place.channel),
    ...slack.ephemerals({ channel: place.channel, user: place.user }),
  ].sort((one, other) => Number(one.ts) - Number(other.ts));
  const roots = seen.filter((one) => one.threadTs === null || one.threadTs === one.ts);
  const repliesOf = (ts: string): Message[] => seen.filter((one) => one.threadTs === ts && one.ts !== ts);
  const filesOf = ({ fileIds = [] }: Message) => fileIds.flatMap((id) => slack.file(id) ?? []);
  const show = (one: Message, replies: number | null): PageFragment =>
    renderMessage(one, { workspace, viewer: place.user, replies, files: filesOf(one) });
  const statuses = place.thread === null ? roots.flatMap((one) => renderStatus(slack, one)) : [];
  const root = seen.find((one) => one.ts === place.thread);
  return {
    messages: [...withDays(roots, (one) => show(one, repliesOf(one.ts).length)), ...statuses],
    thread: root
      ? [...[root, ...repliesOf(root.ts)].map((one) => show(one, null)), ...renderStatus(slack, root)]
      : place.thread === null
        ? null
        : [],
  };
}

function withDays(messages: Message[], show: (message: Message) => PageFragment): PageFragment[] {
  let last: IsoDay | null = null;
  return messages.flatMap((message) => {
    const day = isoDayInTokyo(new Date(Number(message.ts) * 1000));
    const isNew = day !== last;
    last = day;
    const line = { key: `day-${day}`, html: `<p class="day"><span>${formatDay(day)}</span></p>` };
    return isNew ? [line, show(message)] : [show(message)];
  });
}

function renderStatus(slack: LocalSlack, root: Message): PageFragment[] {
  const status = slack.status({ channel: root.channel, threadTs: root.ts });
  if (status === null) return [];
  const html = `<p class="status" role="status">${escapeHtml(slack.workspace.bot.name)} ${escapeHtml(status)}</p>`;
  return [{ key: `status-${root.ts}`, html }];
}
