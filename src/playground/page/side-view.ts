import { escapeHtml } from '../../model/escape-html.ts';
import type { LocalSlack } from '../local-slack.ts';
import type { Channel } from '../workspace.ts';
import { attributes } from './html.ts';
import type { PagePlace } from './place.ts';

export function renderUsers({ workspace }: LocalSlack, place: PagePlace): string {
  return workspace.users
    .map(
      (user) =>
        `<option${attributes({ value: user.id, selected: user.id === place.user })}>${escapeHtml(user.realName)}</option>`,
    )
    .join('');
}

/** What the person is in: channels, then the direct message with the app and its Home tab. */
export function renderChannels(slack: LocalSlack, place: PagePlace): string {
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
