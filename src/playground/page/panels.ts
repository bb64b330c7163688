import { formatDay, isoDayInTokyo, timeInTokyo } from '../../model/calendar-day.ts';
import { escapeHtml } from '../../model/escape.ts';
import {
  closingWord,
  endMark,
  type FollowUp,
  type OutboxMessage,
  type OutboxState,
} from '../../model/outbox.ts';
import type { LocalSlack } from '../emulator/local-slack.ts';
import type { PageFragment } from './conversation-view.ts';
import type { DisplayNames } from './text.ts';

interface Entry {
  key: string;
  at: Date;
  line: string;
  detail: unknown;
  bad: boolean;
}

const LINES = 60;

/** What the bot and Slack said to each other, newest first: `→` a call of the bot, `←` an event it was sent. */
export function renderLog(slack: LocalSlack): PageFragment[] {
  const calls = slack.calls().map(
    (call, index): Entry => ({
      key: `call-${index}`,
      at: call.at,
      line: `→ ${call.method}：${call.outcome ?? '…'}`,
      detail: { arguments: readable(call.args), response: call.response },
      bad: call.outcome !== null && call.outcome !== 'ok',
    }),
  );
  const events = slack.events().map(
    (event): Entry => ({
      key: event.eventId,
      at: event.at,
      line: `← ${event.type}：${event.deliveries.join('、') || '…'}`,
      detail: event.event,
      bad: event.deliveries.length > 0 && event.deliveries.at(-1) !== 'acknowledged',
    }),
  );
  return [...calls, ...events]
    .sort((one, other) => other.at.getTime() - one.at.getTime())
    .slice(0, LINES)
    .map(({ key, at, line, detail, bad }) => {
      const body = escapeHtml(JSON.stringify(detail, null, 2));
      const summary = `<summary>${timeOf(at)} ${escapeHtml(line)}</summary>`;
      return { key, html: `<details class="${bad ? 'bad' : ''}">${summary}<pre>${body}</pre></details>` };
    });
}

/** Arguments that came as JSON text, as what they say. */
function readable(args: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      if (typeof value !== 'string' || !/^[[{]/.test(value)) return [name, value];
      try {
        return [name, JSON.parse(value)];
      } catch {
        return [name, value];
      }
    }),
  );
}

/** 09:05:07 in Asia/Tokyo. */
function timeOf(moment: Date): string {
  return new Date(moment.getTime() + 9 * 60 * 60 * 1000).toISOString().slice(11, 19);
}

const STATES: Record<OutboxState, string> = {
  waiting: '送信待ち',
  claimed: '送信の準備中',
  posting: '送信中',
  sent: '送信済み',
  unclear: '送れたか分かりません',
  withdrawn: '取りやめ',
};

const FOLLOW_UPS: Record<Exclude<FollowUp, 'resolved'>, string> = {
  open: '未対応',
  acknowledged: '確認済み',
  snoozed: '後で知らせる',
};

const HEADINGS = ['状態', '宛先', '内容', '作成', '送信', 'その後', '試行・誤り'];

/** Every message of the outbox, newest first, as the developer's window into what is sent and what became of it. */
export function renderOutbox(messages: readonly OutboxMessage[], names: DisplayNames): string {
  if (messages.length === 0)
    return '<p class="empty">まだ何もありません。上の日付を進めると、届くお知らせがここに並びます。</p>';
  const head = HEADINGS.map((heading) => `<th scope="col">${heading}</th>`).join('');
  const rows = [...messages].reverse().map((message) => row(message, names));
  return `<table class="outbox"><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function row(message: OutboxMessage, names: DisplayNames): string {
  const { state, channel, ts, createdAt, branch } = message;
  const place = channel === null ? '' : `（${names.place(channel)}）`;
  const cells = [
    `<td><span class="state ${state}">${STATES[state]}</span></td>`,
    `<td>${escapeHtml(`${branch}${place}`)}</td>`,
    `<td class="what">${what(message, names)}</td>`,
    `<td>${momentOf(createdAt)}</td>`,
    `<td>${state === 'sent' && ts !== null ? momentOf(new Date(Number(ts) * 1000)) : '―'}</td>`,
    `<td>${followUp(message, names)}</td>`,
    `<td>${message.attempts}回${message.fault === null ? '' : `　${escapeHtml(message.fault)}`}</td>`,
  ];
  return `<tr>${cells.join('')}</tr>`;
}

function what({ content, items, key }: OutboxMessage, names: DisplayNames): string {
  const lines = {
    notice: () => items.map((item) => `${item.resolvedAt ? `${endMark(item)} ` : ''}${item.reminder.text}`),
    digest: () => (content.type === 'digest' ? [content.title, ...content.counts, ...content.lines] : []),
    word: () =>
      content.type === 'word'
        ? [content.words.map((word) => ('text' in word ? word.text : `${names.place(word.id)} `)).join('')]
        : [],
  }[content.type]();
  const [first = '', ...others] = lines.map(escapeHtml);
  const rest = others.length > 0 ? `（ほか${others.length}件）` : '';
  return `<details><summary>${first}${rest}</summary>${others.map((line) => `<p>${line}</p>`).join('')}<p><code>${escapeHtml(key)}</code></p></details>`;
}

function followUp(message: OutboxMessage, names: DisplayNames): string {
  if (message.state !== 'sent' || message.content.type === 'word') return '―';
  const { followedBy, followedAt, snoozedUntil, assignee, escalatedAt, items } = message;
  const parts = [
    message.followUp === 'resolved' ? closingWord(items) : FOLLOW_UPS[message.followUp],
    snoozedUntil === null ? '' : `${formatDay(snoozedUntil)}まで`,
    followedBy === null ? '' : names.user(followedBy),
    followedAt === null ? '' : momentOf(followedAt),
    assignee === null ? '' : `担当：${names.user(assignee)}`,
    escalatedAt === null ? '' : `本部へ：${momentOf(escalatedAt)}`,
  ];
  return escapeHtml(parts.filter((part) => part !== '').join('　'));
}

/** 11月24日（火） 09:30, in Asia/Tokyo. */
function momentOf(moment: Date): string {
  return `${formatDay(isoDayInTokyo(moment))} ${timeInTokyo(moment)}`;
}
