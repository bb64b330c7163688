import { escapeHtml } from '../../model/escape-html.ts';
import { decodeSlack, link, withEmoji } from './html.ts';
import type { DisplayNames } from './names.ts';

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
