import { formatDay, type IsoDay, timeInTokyo } from '../../model/calendar-day.ts';
import { escapeHtml } from '../../model/escape-html.ts';
import type { LocalSlack } from '../local-slack.ts';
import type { View } from '../message.ts';
import type { DeskDocument, TrialDesk } from '../trial-desk.ts';
import { renderBlocks, renderText } from './blocks.ts';
import { renderConversation } from './conversation-view.ts';
import { examplesFor, renderExamples } from './examples.ts';
import { attributes } from './html.ts';
import { renderLog } from './log-view.ts';
import type { PageFragment } from './message-view.ts';
import { namesOf } from './names.ts';
import { renderOutbox } from './outbox-view.ts';
import type { PagePlace } from './place.ts';
import { renderChannels, renderUsers } from './side-view.ts';

export interface PageView {
  users: string;
  channels: string;
  title: string;
  topic: string;
  /** Said before the first question: how the place is used. */
  welcome: string;
  /** Questions that one click asks. */
  examples: string;
  messages: PageFragment[];
  thread: PageFragment[] | null;
  /** Suggested prompts of the agent pane; empty outside the direct message. */
  prompts: string;
  home: string | null;
  modal: PageFragment | null;
  log: PageFragment[];
  outbox: string;
  /** What planbot believes the date to be; null where it cannot be moved. */
  clock: { label: string; day: IsoDay; moved: boolean } | null;
  shortcuts: { type: 'message' | 'global'; name: string; callbackId: string }[];
  /** What answers come from. */
  documents: DeskDocument[];
}

export interface PageParts {
  slack: LocalSlack;
  desk: TrialDesk | null;
  /** The branch that a channel's name speaks of. */
  branchInName: (name: string) => string | null;
}

/** The whole page for one person's place, as pieces of HTML. */
export async function renderPage(
  { slack, desk, branchInName }: PageParts,
  place: PagePlace,
): Promise<PageView> {
  const { workspace, manifest } = slack;
  const channel = workspace.channels.find((one) => one.id === place.channel);
  const isDirect = channel?.kind === 'im';
  const modal = slack.modals(place.user).at(-1);
  return {
    users: renderUsers(slack, place),
    channels: renderChannels(slack, place),
    title: isDirect ? workspace.bot.name : `#${channel?.name ?? ''}`,
    topic: channel?.topic ?? '',
    welcome: channel?.members.includes(workspace.bot.userId)
      ? WELCOME
      : `${workspace.bot.name}はこのチャンネルに参加していません。ほかのチャンネルで質問してください。`,
    examples: renderExamples(examplesFor(branchInName(channel?.name ?? ''))),
    ...renderConversation(slack, place),
    prompts: isDirect ? renderPrompts(slack, place.user) : '',
    home: place.home ? renderHome(slack, place.user) : null,
    modal: modal ? { key: `${modal.id}:${modal.hash}`, html: renderModal(slack, modal) } : null,
    log: place.panel === 'log' ? renderLog(slack) : [],
    outbox: desk && place.panel === 'outbox' ? renderOutbox(await desk.outbox(), namesOf(workspace)) : '',
    clock: desk ? clockOf(desk) : null,
    shortcuts: manifest.features.shortcuts.map(({ type, name, callback_id }) => ({
      type,
      name,
      callbackId: callback_id,
    })),
    documents: desk ? await desk.documents() : [],
  };
}

const WELCOME =
  'planbotは、協会けんぽの職員のためのボットです。事業計画と実施状況の報告から、KPI・予算・取組を出典つきで答え、報告の期限と目標の遅れを知らせます。下の例を押すか、知りたいことを書いてください。';

function clockOf({ clock }: TrialDesk): PageView['clock'] {
  const day = clock.today();
  const label = `${day.slice(0, 4)}年${formatDay(day)} ${timeInTokyo(clock.now())}`;
  return { label, day, moved: clock.isMoved() };
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
  const isStep = view.previousId !== null;
  const send = submit
    ? `<button type="submit" class="action primary">${renderText(submit, { workspace })}</button>`
    : '';
  const shut = close ? renderText(close, { workspace }) : isStep ? '戻る' : '閉じる';
  const head = `<header class="modal-head"><h2 class="modal-title" id="modal-title" tabindex="-1">${renderText(title, { workspace })}</h2><button type="button" class="close" data-close-modal="all" aria-label="入力をやめる">✕</button></header>`;
  const foot = `<footer><button type="button" class="action" data-close-modal="one">${shut}</button>${send}</footer>`;
  return `<form data-view="${escapeHtml(view.id)}" data-modal novalidate>${head}<div class="modal-body">${renderBlocks(blocks, { workspace, inForm: true })}<p class="problem" role="alert"></p></div>${foot}</form>`;
}
