import type { LocalSlack } from '../local-slack.ts';
import type { Message, View } from '../message.ts';
import type { Channel } from '../workspace.ts';
import { renderBlocks, renderText } from './blocks.ts';
import { attributes, escapeHtml } from './html.ts';
import { renderLog } from './log-view.ts';
import { type Piece, renderMessage } from './message-view.ts';

/** Where a person is on the page. */
export interface Place {
  user: string;
  channel: string;
  /** The thread's parent; null where no thread is open. */
  thread: string | null;
  /** The Home tab of the app instead of a conversation. */
  home: boolean;
  /** Whether the log of calls and events is open. */
  log: boolean;
}

export interface PageView {
  users: string;
  channels: string;
  title: string;
  topic: string;
  messages: Piece[];
  thread: Piece[] | null;
  /** Suggested prompts of the agent pane; empty outside the direct message. */
  prompts: string;
  home: string | null;
  modal: Piece | null;
  log: Piece[];
}

/** The whole page for one person's place, as pieces of HTML. */
export function renderPage(slack: LocalSlack, place: Place): PageView {
  const { workspace } = slack;
  const channel = workspace.channels.find((one) => one.id === place.channel);
  const seen = [
    ...slack.messages(place.channel),
    ...slack.ephemerals({ channel: place.channel, user: place.user }),
  ];
  seen.sort((one, other) => Number(one.ts) - Number(other.ts));
  const roots = seen.filter((one) => one.threadTs === null || one.threadTs === one.ts);
  const repliesOf = (ts: string): Message[] => seen.filter((one) => one.threadTs === ts && one.ts !== ts);
  const show = (one: Message, replies: number | null): Piece => renderMessage(one, { workspace, replies });
  const modal = slack.modals(place.user).at(-1);
  return {
    users: renderUsers(slack, place),
    channels: renderChannels(slack, place),
    title: channel?.kind === 'im' ? workspace.bot.name : `#${channel?.name ?? ''}`,
    topic: channel?.topic ?? '',
    messages: [
      ...roots.map((one) => show(one, repliesOf(one.ts).length)),
      ...(place.thread === null ? roots.flatMap((one) => renderStatus(slack, one)) : []),
    ],
    thread:
      place.thread === null
        ? null
        : seen
            .filter((one) => one.ts === place.thread)
            .flatMap((root) => [
              ...[root, ...repliesOf(root.ts)].map((one) => show(one, null)),
              ...renderStatus(slack, root),
            ]),
    prompts: channel?.kind === 'im' ? renderPrompts(slack, place.user) : '',
    home: place.home ? renderHome(slack, place.user) : null,
    modal: modal ? { key: `${modal.id}:${modal.hash}`, html: renderModal(slack, modal) } : null,
    log: place.log ? renderLog(slack) : [],
  };
}

function renderStatus(slack: LocalSlack, root: Message): Piece[] {
  const status = slack.status({ channel: root.channel, threadTs: root.ts });
  if (status === null) return [];
  const html = `<p class="status" role="status">${escapeHtml(slack.workspace.bot.name)} ${escapeHtml(status)}</p>`;
  return [{ key: `status-${root.ts}`, html }];
}

function renderUsers(slack: LocalSlack, place: Place): string {
  return slack.workspace.users
    .map(
      (user) =>
        `<option${attributes({ value: user.id, selected: user.id === place.user })}>${escapeHtml(user.realName)}</option>`,
    )
    .join('');
}

/** What the person is in: channels, then the direct message with the app, then its Home tab. */
function renderChannels(slack: LocalSlack, place: Place): string {
  const mine = slack.workspace.channels.filter((one) => one.members.includes(place.user) && !one.archived);
  const label = (one: Channel): string => {
    if (one.kind === 'im') return `${slack.workspace.bot.name}（ダイレクトメッセージ）`;
    return `${one.kind === 'private' ? '🔒' : '#'} ${one.name}`;
  };
  const items = mine.map((one) => {
    const current = one.id === place.channel && !place.home ? 'page' : null;
    return `<li><button${attributes({ type: 'button', class: 'place', 'data-open': one.id, 'aria-current': current })}>${escapeHtml(label(one))}</button></li>`;
  });
  const homeTab = slack.manifest.features.app_home.home_tab_enabled
    ? `<li><button${attributes({ type: 'button', class: 'place', 'data-home': true, 'aria-current': place.home ? 'page' : null })}>${escapeHtml(slack.workspace.bot.name)}のホーム</button></li>`
    : '';
  return items.join('') + homeTab;
}

function renderPrompts(slack: LocalSlack, user: string): string {
  const pane = slack.agentPane(user);
  if (!pane) return '';
  const title = pane.title === null ? '' : `<span>${escapeHtml(pane.title)}</span>`;
  const buttons = pane.prompts.map(
    (prompt) =>
      `<button${attributes({ type: 'button', class: 'action', 'data-ask': prompt.message })}>${escapeHtml(prompt.title)}</button>`,
  );
  return title + buttons.join('');
}

function renderHome(slack: LocalSlack, user: string): string {
  const view = slack.home(user);
  if (!view) return '<p class="empty">ホームはまだありません。</p>';
  const blocks = renderBlocks(view.payload.blocks, { workspace: slack.workspace, inForm: false });
  return `<div data-view="${escapeHtml(view.id)}">${blocks}</div>`;
}

function renderModal(slack: LocalSlack, view: View): string {
  const { workspace } = slack;
  const { title, submit, close, blocks } = view.payload;
  const send = submit
    ? `<button type="submit" class="action primary">${renderText(submit, { workspace })}</button>`
    : '';
  const shut = close ? renderText(close, { workspace }) : '閉じる';
  return `<form data-view="${escapeHtml(view.id)}" data-modal><h2 class="modal-title">${renderText(title, { workspace })}</h2>${renderBlocks(blocks, { workspace, inForm: true })}<p class="problem" role="alert"></p><footer><button type="button" class="action" data-close-modal>${shut}</button>${send}</footer></form>`;
}
