import { formatDay, isoDayInTokyo, timeInTokyo } from '../../model/calendar-day.ts';
import { escapeHtml } from '../../model/escape-html.ts';
import type { FollowUp, OutboxMessage, OutboxState } from '../../model/outbox.ts';
import type { DisplayNames } from './names.ts';

const STATES: Record<OutboxState, string> = {
  waiting: '送信待ち',
  claimed: '送信の準備中',
  posting: '送信中',
  sent: '送信済み',
  unclear: '送れたか分かりません',
  withdrawn: '取りやめ',
};

const FOLLOW_UPS: Record<FollowUp, string> = {
  open: '未対応',
  acknowledged: '確認済み',
  snoozed: '後で知らせる',
  resolved: '解決',
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
    notice: () => items.map(({ reminder, resolvedAt }) => `${resolvedAt ? '✓ ' : ''}${reminder.text}`),
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
  const { followedBy, followedAt, snoozedUntil, assignee, escalatedAt } = message;
  const parts = [
    FOLLOW_UPS[message.followUp],
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
