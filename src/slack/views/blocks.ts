import type {
  ActionsBlockElement,
  Button,
  KnownBlock,
  MrkdwnElement,
  PlainTextElement,
  PlainTextOption,
} from '@slack/web-api';
import { formatBranch } from '../../model/branch.ts';
import { type FiscalYear, formatFiscalYear } from '../../model/fiscal-year.ts';
import { LIMITS } from '../limits.ts';

/** A native chart; not yet among the SDK's KnownBlock. */
export interface ChartBlock {
  type: 'data_visualization';
  title: string;
  chart: {
    type: 'bar' | 'line';
    series: { name: string; data: { label: string; value: number }[] }[];
    axis_config: { categories: string[]; y_label?: string };
  };
}

export type MessageBlock = KnownBlock | ChartBlock;

/** A message ready to post. */
export interface Rendered {
  blocks: MessageBlock[];
  /** The same card for a workspace that refuses the newer blocks: section, header, context and actions only. */
  classic: KnownBlock[];
  /** For notifications, screen readers and clients without blocks. Escaped. */
  text: string;
}

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

/** A line each of the first of a list, and how many are left. */
export function firstLines<T>(
  items: readonly T[],
  most: number,
  line: (item: T) => string,
  left: (count: number) => string = (count) => `ほか${count}件`,
): string[] {
  const shown = items.slice(0, most).map(line);
  return items.length > most ? [...shown, left(items.length - most)] : shown;
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

/** Above a part of a view or card. */
export function header(text: string): KnownBlock {
  return { type: 'header', text: plainTextElement(text, LIMITS.header) };
}

export function button(id: string, label: string, more: Pick<Button, 'value' | 'style'> = {}): Button {
  return { type: 'button', action_id: id, text: plainTextElement(label, LIMITS.buttonLabel), ...more };
}

export function actions(...elements: ActionsBlockElement[]): KnownBlock {
  return { type: 'actions', elements };
}

/** Slack takes no longer value: a KPI with a very long name of its own cannot be picked. */
const OPTION_VALUE = 150;

/** What a menu offers. */
export interface Offer {
  label: string;
  value: string;
}

/** As many as Slack shows at once. */
export function optionsOf(offers: readonly Offer[]): PlainTextOption[] {
  return offers
    .filter(({ value }) => value !== '' && value.length <= OPTION_VALUE)
    .slice(0, LIMITS.options)
    .map(({ label, value }) => option(label, value));
}

export function option(label: string, value: string): PlainTextOption {
  return { text: plainTextElement(label, LIMITS.buttonLabel), value };
}

export function branchOption(branch: string): PlainTextOption {
  return option(formatBranch(branch), branch);
}

export function yearOption(fy: FiscalYear): PlainTextOption {
  return option(formatFiscalYear(fy), String(fy));
}

/** The message under a line of small print: who shared it, why it comes so late. */
export function under(line: string, message: Rendered): Rendered {
  const block = contextLine(line);
  return { ...message, blocks: [block, ...message.blocks], classic: [block, ...message.classic] };
}

/** Blocks that belong together in the card. `essential` parts stay when the card is too large for Slack. */
export interface Part<B extends MessageBlock> {
  essential: boolean;
  blocks: readonly B[];
}

/** One block more is kept free for the remark that something was left out. */
const BLOCKS = LIMITS.blocks - 1;

/** Leaves out what is not essential, from the end, until Slack takes the card; and says so. */
export function fit<B extends MessageBlock>(parts: readonly Part<B>[]): (B | KnownBlock)[] {
  const kept = [...parts];
  while (isTooLarge(kept)) {
    const index = kept.findLastIndex((part) => !part.essential);
    if (index < 0) {
      break;
    }
    kept.splice(index, 1);
  }
  const blocks: (B | KnownBlock)[] = kept.flatMap((part) => part.blocks).slice(0, BLOCKS);
  if (kept.length < parts.length) {
    const place = kept.findIndex((part, index) => part !== parts[index]);
    const before = (place < 0 ? kept : kept.slice(0, place)).flatMap((part) => part.blocks).length;
    blocks.splice(before, 0, contextLine('長いため、一部を省略しました。'));
  }
  return blocks;
}

function isTooLarge(parts: readonly Part<MessageBlock>[]): boolean {
  const blocks = parts.flatMap((part) => part.blocks);
  return blocks.length > BLOCKS || textLength(blocks) > LIMITS.blockText;
}

/** Characters of all strings in a message's blocks: what is shown, and what is behind it. */
export function textLength(value: unknown): number {
  if (typeof value === 'string') {
    return value.length;
  }
  if (Array.isArray(value)) {
    return value.reduce((sum: number, item) => sum + textLength(item), 0);
  }
  return typeof value === 'object' && value !== null ? textLength(Object.values(value)) : 0;
}
