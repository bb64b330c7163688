import { escapeHtml } from '../../model/escape-html.ts';

/** Slack's three entities back to the characters they stand for. */
export function decodeSlack(text: string): string {
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
  heavy_check_mark: '✔️',
  warning: '⚠️',
  x: '❌',
  bar_chart: '📊',
  chart_with_upwards_trend: '📈',
  mag: '🔍',
  memo: '📝',
  page_facing_up: '📄',
  calendar: '📅',
  bell: '🔔',
  bulb: '💡',
  information_source: 'ℹ️',
  speech_balloon: '💬',
  link: '🔗',
  '+1': '👍',
  thumbsup: '👍',
  '-1': '👎',
  thumbsdown: '👎',
  hourglass_flowing_sand: '⏳',
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  red_circle: '🔴',
  white_circle: '⚪',
  eyes: '👀',
  tada: '🎉',
};

/** `:warning:` as its picture; a name that is not known here stays as it is. */
export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => EMOJI[name] ?? whole);
}
