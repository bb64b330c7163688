import type { KnownBlock, MrkdwnElement, PlainTextElement } from '@slack/web-api';
import { LIMITS } from '../limits.ts';

/** C0 and C1 controls but for tab and newline, and the marks that turn the writing direction. */
const INVISIBLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Text without control characters; line ends become \n, half of a surrogate pair becomes �. */
export function printable(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(INVISIBLE, (mark) => (mark === '\n' || mark === '\t' ? mark : ''))
    .replace(/\p{Cs}/gu, '\ufffd');
}

/** Cut to `limit` characters as Slack counts them (UTF-16 units), never inside a pair, with … at the cut. */
export function clamp(text: string, limit: number): string {
  if (text.length <= limit) {
    return text;
  }
  const cut = text.slice(0, limit - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escapeCharacter(character: string): string {
  return ENTITIES[character] ?? character;
}

/**
 * Text for a field that Slack reads as mrkdwn: no mention, link or channel can come out of it.
 * Cut to `limit` after escaping, never inside an entity.
 */
export function escapeText(text: string, limit: number): string {
  return cutEscaped(printable(text).replace(/[&<>]/g, escapeCharacter), limit);
}

function cutEscaped(escaped: string, limit: number): string {
  if (escaped.length <= limit) {
    return escaped;
  }
  return `${clamp(escaped, limit)
    .slice(0, -1)
    .replace(/&[a-z]{0,3}$/, '')}…`;
}

const LOOK_ALIKES: Record<string, string> = { '*': '＊', _: '＿', '~': '～', '`': '｀' };

/** Escaped, and without characters that mrkdwn would take for bold, italic, strike or code. */
export function literal(text: string, limit: number): string {
  return escapeText(
    text.replace(/[*_~`]/g, (mark) => LOOK_ALIKES[mark] ?? mark),
    limit,
  );
}

const WIDE: Record<string, string> = { '&': '＆', '<': '＜', '>': '＞' };

/** Text for plain fields, where Slack shows entities as they stand in some clients: full-width instead. */
export function plainString(text: string, limit: number): string {
  return clamp(
    printable(text).replace(/[&<>]/g, (mark) => WIDE[mark] ?? mark),
    limit,
  );
}

/** Slack refuses plain fields without text. */
export function plainTextElement(text: string, limit: number): PlainTextElement {
  return { type: 'plain_text', text: plainString(text, limit).trim() || '―', emoji: false };
}

/** One line in bold, to stand on a line of its own: beside Japanese, mrkdwn does not see where bold ends. */
export function bold(text: string, limit: number): string {
  return `*${literal(text.replace(/\s+/g, ' ').trim(), limit) || '―'}*`;
}

/** `text` is mrkdwn already. Verbatim: Slack makes no links of names and addresses in it. */
export function mrkdwn(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** Stands open: in a thread Slack would fold all but a few lines. */
export function section(text: string): KnownBlock {
  return { type: 'section', text: mrkdwn(text), expand: true };
}

export function contextLine(text: string): KnownBlock {
  return { type: 'context', elements: [mrkdwn(text)] };
}

/** Longer than this it is folded. */
export const SMALL_PRINT = 300;

/** A line of small print; a long one stands folded behind Slack's 「もっと見る」. */
export function smallPrint(text: string): KnownBlock {
  return text.length > SMALL_PRINT
    ? { type: 'section', text: mrkdwn(text), expand: false }
    : contextLine(text);
}

/** Lines in as few sections as they fit; a single line that is too long is cut. */
export function sections(lines: readonly string[]): KnownBlock[] {
  const chunks: string[] = [];
  for (const line of lines) {
    const last = chunks.at(-1);
    const joined = `${last}\n${line}`;
    if (last !== undefined && joined.length <= LIMITS.section) {
      chunks[chunks.length - 1] = joined;
    } else {
      chunks.push(cutEscaped(line, LIMITS.section));
    }
  }
  return chunks.filter((chunk) => chunk.trim() !== '').map(section);
}
