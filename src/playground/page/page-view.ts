import { formatDay, type IsoDay, timeInTokyo } from '../../model/calendar-day.ts';
import { escapeHtml } from '../../model/escape.ts';
import type { LocalSlack } from '../emulator/local-slack.ts';
import type { View } from '../emulator/state.ts';
import type { Channel } from '../emulator/workspace.ts';
import { renderBlocks, renderText } from './blocks.ts';
import { type PageFragment, type PagePlace, renderConversation } from './conversation-view.ts';
import { renderLog, renderOutbox } from './panels.ts';
import { attributes, namesOf } from './text.ts';
import type { ListedDocument, PlaygroundTools } from './tools.ts';

/** A question that a newcomer asks with one click. */
interface Example {
  /** What kind of question it is: 目標, 比較 … */
  label: string;
  question: string;
}

/**
 * One for each kind of answer, about the branch of the channel; all can be answered from what a clone brings along.
 * Where the channel is no branch's, about 東京.
 */
export function examplesFor(branch: string | null): readonly Example[] {
  const own = branch ?? '東京';
  const other = own === '東京' ? '群馬' : '東京';
  return [
    { label: '1つの数値', question: `${own}支部のジェネリックKPIは？` },
    { label: '比較', question: `${own}と${other}の特定保健指導実施率を比べて` },
    { label: '順位', question: '健診実施率の目標が高い支部は？' },
    // Of 東京 alone a report comes along.
    own === '東京'
      ? { label: '進み具合', question: '東京支部で目標に届いていない指標は？' }
      : { label: '推移', question: `${own}支部のジェネリックの目標の推移は？` },
    { label: '取組（見本の文書）', question: '大分支部の評議会の取組は？' },
    { label: '聞き返し', question: '受診率は？' },
  ];
}

function renderExamples(examples: readonly Example[]): string {
  return examples
    .map(
      ({ label, question }) =>
        `<button${attributes({ type: 'button', class: 'action example', 'data-ask': question })}><small>${escapeHtml(label)}</small>${escapeHtml(question)}</button>`,
    )
    .join('');
}

function renderUsers({ workspace }: LocalSlack, place: PagePlace): string {
  return workspace.users
    .map(
      (user) =>
        `<option${attributes({ value: user.id, selected: user.id === place.user })}>${escapeHtml(user.realName)}</option>`,
    )
    .join('');
}

/** What the person is in: channels, then the direct message with the app and its Home tab. */
function renderChannels(slack: LocalSlack, place: PagePlace): string {
  const { workspace, manifest } = slack;
  const mine = workspace.channels.filter((one) => one.members.includes(place.user) && !one.archived);
  const rooms = mine.filter(({ kind }) => kind !== 'im').map((one) => channelItem(slack, place, one));
  const direct = mine.filter(({ kind }) => kind === 'im').map((one) => channelItem(slack, place, one));
  const bot = escapeHtml(workspace.bot.name);
  const isHere = place.home ? 'page' : null;
  const home = manifest.features.app_home.home_tab_enabled
    ? `<li><button${attributes({ type: 'button', class: 'place', 'data-home': true, 'aria-current': isHere })}>${bot}のホーム</button></li>`
    : '';
  return `<h2>チャンネル</h2><ul>${rooms.join('')}</ul><h2>アプリ</h2><ul>${direct.join('')}${home}</ul>`;
}

function channelItem(slack: LocalSlack, place: PagePlace, one: Channel): string {
  const current = one.id === place.channel && !place.home ? 'page' : null;
  const about = attributes({
    type: 'button',
    class: 'place',
    'data-open': one.id,
    'data-latest': latestOf(slack, place, one),
    'aria-current': current,
  });
  const hint = {
    im: '<small>（ダイレクトメッセージ）</small>',
    private: '<small>（非公開）</small>',
    public: '',
  };
  const name = one.kind === 'im' ? slack.workspace.bot.name : `# ${one.name}`;
  return `<li><button${about}>${escapeHtml(name)}${hint[one.kind]}</button></li>`;
}

/** The newest message that another wrote, so that the page can tell what was not seen yet. */
function latestOf(slack: LocalSlack, { user }: PagePlace, { id }: Channel): string | null {
  const others = [...slack.messages(id), ...slack.ephemerals({ channel: id, user })].filter(
    (message) => message.user !== user && (message.threadTs === null || message.threadTs === message.ts),
  );
  return others.reduce<string | null>(
    (newest, { ts }) => (newest === null || ts > newest ? ts : newest),
    null,
  );
}

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
  documents: ListedDocument[];
}

interface PageParts {
  slack: LocalSlack;
  tools: PlaygroundTools | null;
  /** The branch that a channel's name speaks of. */
  branchInName: (name: string) => string | null;
}

/** The whole page for one person's place, as pieces of HTML. */
export async function renderPage(
  { slack, tools, branchInName }: PageParts,
  place: PagePlace,
): Promise<PageView> {
  const { workspace, manifest } = slack;
  const channel = workspace.channels.find((one) => one.id === place.channel);
  const isDirect = channel?.kind === 'im';
  const modal = slack.modals(place.user).at(-1);
  const unserved = whyUnserved(slack, place, channel);
  return {
    users: renderUsers(slack, place),
    channels: renderChannels(slack, place),
    title: isDirect ? workspace.bot.name : `#${channel?.name ?? ''}`,
    topic: channel?.topic ?? '',
    welcome: unserved ?? WELCOME,
    examples: unserved === null ? renderExamples(examplesFor(branchInName(channel?.name ?? ''))) : '',
    ...renderConversation(slack, place),
    prompts: isDirect ? renderPrompts(slack, place.user) : '',
    home: place.home ? renderHome(slack, place.user) : null,
    modal: modal ? { key: `${modal.id}:${modal.hash}`, html: renderModal(slack, modal) } : null,
    log: place.panel === 'log' ? renderLog(slack) : [],
    outbox: tools && place.panel === 'outbox' ? renderOutbox(await tools.outbox(), namesOf(workspace)) : '',
    clock: tools ? clockOf(tools) : null,
    shortcuts: manifest.features.shortcuts.map(({ type, name, callback_id }) => ({
      type,
      name,
      callbackId: callback_id,
    })),
    documents: tools ? await tools.documents() : [],
  };
}

/** Why nothing is answered there, so that no example is offered in vain; null where questions are answered. */
function whyUnserved({ workspace }: LocalSlack, { user }: PagePlace, channel?: Channel): string | null {
  const { name, userId } = workspace.bot;
  const role = workspace.users.find(({ id }) => id === user)?.role;
  if (role === 'guest' || role === 'external')
    return `${name}は協会けんぽの職員のためのボットで、ゲストと外部の方の質問にはお答えしません。「使う人」で職員を選ぶと質問できます。`;
  if (channel?.members.includes(userId) !== true)
    return `${name}はこのチャンネルに参加していません。ほかのチャンネルで質問してください。`;
  return channel.shared
    ? `外部と共有しているチャンネルでは、${name}はお答えしません。ほかのチャンネルで質問してください。`
    : null;
}

const WELCOME =
  'planbotは、協会けんぽの職員のためのボットです。事業計画と実施状況の報告から、KPI・予算・取組を出典つきで答え、報告の期限と目標の遅れを知らせます。下の例を押すか、知りたいことを書いてください。';

function clockOf({ clock }: PlaygroundTools): PageView['clock'] {
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
