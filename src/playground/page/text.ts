import { escapeHtml } from '../../model/escape.ts';
import type { Workspace } from '../emulator/workspace.ts';

/** Slack's three entities back to the characters they stand for. */
function decodeSlack(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** What a person typed, as Slack sends it: `<!channel>` typed by hand is no mention. */
export function encodeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Attributes; null and false leave one out, true writes it without a value. */
export function attributes(values: Record<string, string | number | boolean | null | undefined>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== null && value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`))
    .join('');
}

const SAFE_LINK = /^(https?:\/\/|mailto:)/i;

/** A link that opens beside the page; an address of another kind is shown as text. */
export function link(address: string, label: string): string {
  if (!SAFE_LINK.test(address)) return `${label}（${escapeHtml(address)}）`;
  return `<a${attributes({ href: address, target: '_blank', rel: 'noopener noreferrer nofollow' })}>${label}</a>`;
}

const EMOJI: Record<string, string> = {
  white_check_mark: '✅',
  warning: '⚠️',
  x: '❌',
  bar_chart: '📊',
  bulb: '💡',
  '+1': '👍',
  '-1': '👎',
  eyes: '👀',
  tada: '🎉',
};

/** `:warning:` as its picture; a name that is not known here stays as it is. */
export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => EMOJI[name] ?? whole);
}

/** How ids in texts are shown: <@U1> as @佐藤（職員）. */
export interface DisplayNames {
  user(id: string): string;
  channel(id: string): string;
  /** A channel as #東京支部, a direct message or a person by the person's name. */
  place(id: string): string;
}

export function namesOf(workspace: Workspace): DisplayNames {
  const user = (id: string): string =>
    id === workspace.bot.userId
      ? workspace.bot.name
      : (workspace.users.find((one) => one.id === id)?.realName ?? id);
  const channelOf = (id: string) => workspace.channels.find((channel) => channel.id === id);
  return {
    user,
    channel: (id) => channelOf(id)?.name ?? id,
    place(id) {
      const channel = channelOf(id);
      if (!channel) return user(id);
      return channel.kind === 'im' ? user(channel.name) : `#${channel.name}`;
    },
  };
}

/** Slack's mrkdwn as HTML. Marks count only where Slack counts them: not beside a letter or a kana. */
export function renderMrkdwn(source: string, names: DisplayNames): string {
  return source
    .split(/(```[\s\S]+?```)/)
    .map((part, index) =>
      index % 2 === 1
        ? `<pre>${plain(part.slice(3, -3).replace(/^\n/, ''))}</pre>`
        : renderLines(part, names),
    )
    .join('');
}

function renderLines(source: string, names: DisplayNames): string {
  const groups: { quoted: boolean; lines: string[] }[] = [];
  for (const line of source.split('\n')) {
    const quote = line.match(/^(?:&gt;|>) ?(.*)$/);
    const quoted = quote !== null;
    const last = groups.at(-1);
    if (last && last.quoted === quoted) last.lines.push(quote?.[1] ?? line);
    else groups.push({ quoted, lines: [quote?.[1] ?? line] });
  }
  return groups
    .map(({ quoted, lines }) => {
      const body = lines.map((line) => renderInline(line, names)).join('<br>');
      return quoted ? `<blockquote>${body}</blockquote>` : body;
    })
    .join('');
}

const TOKENS = /(`[^`\n]+`|<[^<>\n]+>)/;
const NO_LETTER_BEFORE = '(?<![\\p{L}\\p{N}_])';
const NO_LETTER_AFTER = '(?![\\p{L}\\p{N}_])';

function mark(sign: string): RegExp {
  const inside = `((?!\\s)[^${sign}\\n]*[^${sign}\\s])`;
  return new RegExp(`${NO_LETTER_BEFORE}[${sign}]${inside}[${sign}]${NO_LETTER_AFTER}`, 'gu');
}

const MARKS = [
  { sign: mark('*'), tag: 'strong' },
  { sign: mark('_'), tag: 'em' },
  { sign: mark('~'), tag: 's' },
];

/** Tokens are set aside while the marks around them are read, so that `*<url|label>*` is a bold link. */
function renderInline(source: string, names: DisplayNames): string {
  const kept: string[] = [];
  const skeleton = source
    .split(TOKENS)
    .map((part, index) => {
      if (index % 2 === 0) return plain(part.replaceAll('\uE000', ''));
      kept.push(
        part.startsWith('`') ? `<code>${plain(part.slice(1, -1))}</code>` : token(part.slice(1, -1), names),
      );
      return `\uE000${kept.length - 1}\uE000`;
    })
    .join('');
  const marked = MARKS.reduce((text, { sign, tag }) => text.replace(sign, `<${tag}>$1</${tag}>`), skeleton);
  return marked.replace(/\uE000(\d+)\uE000/g, (_whole, index: string) => kept[Number(index)] ?? '');
}

function token(inside: string, names: DisplayNames): string {
  const [target = '', label] = inside.split('|', 2);
  const shown = label === undefined ? null : plain(label);
  if (target.startsWith('@')) return mention(`@${names.user(target.slice(1))}`);
  if (target.startsWith('#')) return mention(`#${label ?? names.channel(target.slice(1))}`);
  if (target.startsWith('!date')) return shown ?? '';
  if (target.startsWith('!subteam')) return mention(label ?? '@グループ');
  if (target.startsWith('!')) return mention(`@${target.slice(1)}`);
  return link(decodeSlack(target), shown ?? plain(target));
}

export function mention(name: string): string {
  return `<span class="mention">${escapeHtml(name)}</span>`;
}

function plain(text: string): string {
  return withEmoji(escapeHtml(decodeSlack(text)));
}
