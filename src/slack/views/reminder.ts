import type { Button, KnownBlock, Overflow } from '@slack/web-api';
import { z } from 'zod';
import { formatBranch } from '../../model/branch.ts';
import { formatDay, isoDayInTokyo } from '../../model/calendar-day.ts';
import { closingWord, endMark, type OutboxItem, type OutboxMessage, type Word } from '../../model/outbox.ts';
import type { Reminder, ReminderKind } from '../../model/reminder.ts';
import { parsePeriodCode } from '../../model/reporting-period.ts';
import { worstFirst } from '../../reminders/due.ts';
import { LIMITS } from '../limits.ts';
import {
  actions,
  bold,
  button,
  contextLine,
  escapeText,
  fit,
  header,
  literal,
  option,
  plainTextElement,
  type Rendered,
  section,
  sections,
} from './blocks.ts';
import { select } from './forms.ts';
import { type ReportHint, reportButton } from './report-card.ts';

/** In the order of the message: the word of the headline's count, and the heading above the lines. */
const KINDS: Record<ReminderKind, { count: string; heading: string }> = {
  report_overdue: { count: '未報告', heading: '実施状況の報告' },
  kpi_behind: { count: '遅れ', heading: '目標に遅れている指標' },
  commitment_overdue: { count: '期限切れ', heading: '期限を過ぎた予定' },
  commitment_due: { count: '予定', heading: 'この四半期の予定' },
  budget_over: { count: '予算超過', heading: '予算を超えた執行' },
  budget_unstarted: { count: '未着手', heading: '未着手の予算' },
  kpi_unjudged: { count: '判定できず', heading: '判定できない指標' },
  owner_missing: { count: '担当者', heading: '担当者の登録' },
};
const SHOWN = 12;
/** A figure is one line; all else of it stands in the thread, for whoever asks. */
const BEHIND_DETAILS = '計算、必要なペース、出典は「詳細と出典」でスレッドに出ます。';

/** A message as it is now: what is due, what of it is over, and what people did with it. */
export function reminderView(message: OutboxMessage, mentions: readonly string[]): Rendered {
  const { content } = message;
  switch (content.type) {
    case 'word': {
      const text = [mentionLine(mentions), wordsText(content.words)].filter((part) => part !== '').join(' ');
      return rendered([{ essential: true, blocks: sections(text.split('\n')) }], text);
    }
    case 'digest': {
      const counts = content.counts.map((line) => `• ${literal(line, LIMITS.field)}`);
      const lines = content.lines.map((line) => `• ${literal(line, LIMITS.field)}`);
      const parts = [
        { essential: true, blocks: [header(content.title), ...sections([mentionLine(mentions), ...counts])] },
        { essential: false, blocks: sections(lines) },
      ];
      return rendered(parts, plainOf([content.title, ...content.counts, ...content.lines]));
    }
    case 'notice':
      return noticeView(message, mentions, content.notes);
  }
}

function noticeView(message: OutboxMessage, mentions: readonly string[], notes: readonly string[]): Rendered {
  const { items, branch } = message;
  const open = items.filter(({ resolvedAt }) => resolvedAt === null);
  const isOver = open.length === 0;
  const title = `${formatBranch(branch)}のお知らせ（${isOver ? '終了' : countsOf(open)}）`;
  const kinds = Object.keys(KINDS) as ReminderKind[];
  const groups = kinds.flatMap((kind) =>
    groupParts(
      kind,
      message,
      items.filter(({ reminder }) => reminder.kind === kind),
    ),
  );
  const parts = [
    {
      essential: true,
      blocks: [
        header(title),
        ...sections([mentionLine(mentions), ...notes.map((note) => literal(note, LIMITS.field))]),
      ],
    },
    ...groups,
    { essential: true, blocks: statusBlocks(message) },
    { essential: true, blocks: isOver ? [] : reminderActions(message) },
  ];
  return rendered(parts, plainOf([title, ...notes, ...open.map(lineOf)]));
}

/** 遅れ 8件・予定 1件. */
function countsOf(open: readonly OutboxItem[]): string {
  return (Object.keys(KINDS) as ReminderKind[])
    .map((kind) => [KINDS[kind].count, open.filter(({ reminder }) => reminder.kind === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${word} ${count}件`)
    .join('・');
}

/** In the classic form the buttons are lost, the words are not. */
function rendered(parts: { essential: boolean; blocks: KnownBlock[] }[], text: string): Rendered {
  return { blocks: fit(parts), classic: [section(text.slice(0, LIMITS.section))], text };
}

/** For notifications and screen readers. Slack reads it as mrkdwn too. */
function plainOf(lines: readonly string[]): string {
  return literal(lines.join('\n'), LIMITS.text);
}

/** A heading, then a line an item with its small print; what is the same for all stands once. */
function groupParts(
  kind: ReminderKind,
  message: OutboxMessage,
  items: readonly OutboxItem[],
): { essential: boolean; blocks: KnownBlock[] }[] {
  if (items.length === 0) return [];
  const openFirst = [...items].sort(
    (a, b) =>
      Number(a.resolvedAt !== null) - Number(b.resolvedAt !== null) || worstFirst(a.reminder, b.reminder),
  );
  const shown = openFirst.slice(0, SHOWN);
  const common = commonDetail(shown);
  const rest =
    items.length > SHOWN ? [`ほか${items.length - SHOWN}件は「詳細と出典」でスレッドに出ます`] : [];
  const heading = bold(KINDS[kind].heading, LIMITS.field);
  const blocks: KnownBlock[] = [];
  let lines = [heading];
  const close = () => {
    blocks.push(...sections(lines));
    lines = [];
  };
  for (const [index, item] of shown.entries()) {
    const { detail } = item.reminder;
    const small = item.resolvedAt === null && detail !== common && kind !== 'kpi_behind' ? detail : '';
    const control = controlOf(item);
    if (control !== null) {
      close();
      const block_id = `reminder:${message.subject}:${kind}-${index}`;
      blocks.push({ ...section(itemLine(item)), block_id, accessory: control } as KnownBlock);
    } else lines.push(itemLine(item));
    if (small !== '') {
      close();
      blocks.push(contextLine(literal(small, LIMITS.context)));
    }
  }
  lines.push(...rest);
  close();
  const behind = shown.filter(({ resolvedAt }) => kind === 'kpi_behind' && resolvedAt === null);
  const isForAll = shown.every(({ reminder }) => reminder.detail === common);
  if (behind.length > 0) blocks.push(contextLine(`${gapWords(behind)}${BEHIND_DETAILS}`));
  else if (common !== '') {
    blocks.push(contextLine(literal(isForAll ? common : `上に注記のないもの：${common}`, LIMITS.context)));
  }
  return [{ essential: false, blocks }];
}

/** What most say stands once below all; never where one says nothing, or has ended and is no longer so. */
function commonDetail(shown: readonly OutboxItem[]): string {
  const details = shown.map(({ reminder, resolvedAt }) => (resolvedAt === null ? reminder.detail : ''));
  if (shown.length < 2 || details.includes('')) return '';
  return details.find((own) => details.filter((other) => other === own).length * 2 > details.length) ?? '';
}

function controlOf({ reminder, resolvedAt, ending }: OutboxItem): Button | Overflow | null {
  if (resolvedAt === null) return itemControl(reminder);
  return ending === 'decided' ? takeBackControl(reminder) : null;
}

/** Of a reminder that was kept before there was a line: its whole text. */
function lineOf({ reminder, resolvedAt }: OutboxItem): string {
  const { kind, line } = reminder;
  if (line === '') return reminder.text;
  // How many figures were there counts until the report is in.
  if (kind === 'report_overdue' && resolvedAt !== null) return line.replace(/　.*$/, '');
  return isPaced(reminder) ? line.replace('　▲', '　目安との差▲') : line;
}

/** The line names the target: a gap to anything else is said to be one. */
function isPaced({ kind, expected, target }: Reminder): boolean {
  return kind === 'kpi_behind' && expected !== null && expected !== target;
}

/** What the gaps of the lines are to. */
function gapWords(behind: readonly OutboxItem[]): string {
  const guide = behind.some(({ reminder }) => isPaced(reminder));
  return guide ? '▲は目標との差、「目安との差」はこの時点の目安との差です。' : '▲は目標との差です。';
}

function itemLine(item: OutboxItem): string {
  const text = literal(lineOf(item), LIMITS.field);
  if (item.resolvedAt === null) return `• ${text}`;
  return `${endMark(item)} ${text}（${closingWord([item])}）`;
}

/** 確認済, 延期, 担当, 本部に知らせました, 解消: each with who and when. */
function statusBlocks(message: OutboxMessage): KnownBlock[] {
  const { followUp, followedBy, followedAt, snoozedUntil, assignee, escalatedAt, items } = message;
  const by = followedBy === null ? '' : `${idText(followedBy)} さん`;
  const on = followedAt === null ? '' : `、${formatDay(isoDayInTokyo(followedAt))}`;
  const lines = [
    ...(followUp === 'acknowledged' ? [`確認済：${by}${on}`] : []),
    ...(followUp === 'snoozed' && snoozedUntil ? [`延期：${formatDay(snoozedUntil)}まで（${by}${on}）`] : []),
    ...(assignee === null ? [] : [`担当：${idText(assignee)} さん`]),
    ...(escalatedAt === null ? [] : [`本部に知らせました（${formatDay(isoDayInTokyo(escalatedAt))}）`]),
    ...(followUp === 'resolved' ? [`${closingWord(items)}${on}`] : []),
  ];
  return lines.length === 0 ? [] : [contextLine(lines.join('　'))];
}

/** How Slack names who or what has an id. */
function idText(id: string): string {
  if (id.startsWith('S')) return `<!subteam^${id}>`;
  return /^[CG]/.test(id) ? `<#${id}>` : `<@${id}>`;
}

function mentionLine(mentions: readonly string[]): string {
  return mentions.map(idText).join(' ');
}

function wordsText(words: readonly Word[]): string {
  return words
    .map((word) => ('id' in word ? idText(word.id) : escapeText(word.text, LIMITS.field)))
    .join(' ');
}

/** Action ids of the buttons under a reminder; their block's id tells which message they act on. */
export const REMINDER_ACTIONS = {
  acknowledge: 'reminder:acknowledge',
  snooze: 'reminder:snooze',
  snoozeUntil: 'reminder:snooze_until',
  assign: 'reminder:assign',
  decide: 'reminder:decide',
  explain: 'reminder:explain',
} as const;

const SNOOZE_CHOICES = { tomorrow: '明日まで', next_week: '来週まで' } as const;

const BLOCK = /^reminder:(\d+)(?::.*)?$/;

/** The outbox's number of the message that people act on, by a block of buttons belongs to; null for any other block. */
export function messageIdOf(blockId: string): number | null {
  const id = BLOCK.exec(blockId)?.[1];
  return id === undefined ? null : Number(id);
}

/** What the control beside one item says: the decision, and the thing it is of. */
const ItemChoice = z.strictObject({
  decision: z.enum(['done', 'cancelled', 'moved', 'taken_back']),
  series: z.string().min(1),
});
type ItemChoice = z.infer<typeof ItemChoice>;

function itemChoiceValue({ decision, series }: ItemChoice): string {
  return `${decision}:${series}`;
}

/** Null for a value that is no choice. */
export function readItemChoice(value: string): ItemChoice | null {
  const at = value.indexOf(':');
  return ItemChoice.safeParse({ decision: value.slice(0, at), series: value.slice(at + 1) }).data ?? null;
}

const DONE: Partial<Record<ReminderKind, string>> = {
  report_overdue: '報告済みにする',
  budget_over: '対応済みにする',
};
const PROMISE = { done: '実施済み', cancelled: '中止', moved: '時期を変える' } as const;

/** What a person decided of one thing can be taken back. */
function takeBackControl({ series }: Reminder): Button {
  return button(REMINDER_ACTIONS.decide, '取り消す', {
    value: itemChoiceValue({ decision: 'taken_back', series }),
  });
}

/** What can be said of one thing; null where only its figures tell. */
function itemControl({ kind, series, audience }: Reminder): Button | Overflow | null {
  if (audience !== 'branch') return null;
  const value = (decision: ItemChoice['decision']) => itemChoiceValue({ decision, series });
  if (kind === 'commitment_due' || kind === 'commitment_overdue') {
    const decisions = Object.keys(PROMISE) as (keyof typeof PROMISE)[];
    const options = decisions.map((decision) => option(PROMISE[decision], value(decision)));
    return { type: 'overflow', action_id: REMINDER_ACTIONS.decide, options };
  }
  const label = DONE[kind];
  return label === undefined ? null : button(REMINDER_ACTIONS.decide, label, { value: value('done') });
}

function reminderActions(message: OutboxMessage): KnownBlock[] {
  const { subject, followUp, audience } = message;
  const options = Object.entries(SNOOZE_CHOICES).map(([value, label]) => option(label, value));
  const placeholder = (text: string) => plainTextElement(text, LIMITS.placeholder);
  const block = actions(
    ...(followUp === 'acknowledged'
      ? []
      : [button(REMINDER_ACTIONS.acknowledge, '確認しました', { style: 'primary' })]),
    select(options, { id: REMINDER_ACTIONS.snooze, placeholder: '延期する' }),
    {
      type: 'datepicker',
      action_id: REMINDER_ACTIONS.snoozeUntil,
      placeholder: placeholder('延期する日を選ぶ'),
    },
    { type: 'users_select', action_id: REMINDER_ACTIONS.assign, placeholder: placeholder('担当を変える') },
    ...(hasMore(message) ? [button(REMINDER_ACTIONS.explain, '詳細と出典')] : []),
    ...(audience === 'branch' ? [reportButton(reportHint(message))] : []),
  );
  return [{ ...block, block_id: `reminder:${subject}` }];
}

/** What is open has its source to show and how it is computed, and long lists their rest. */
function hasMore({ items }: OutboxMessage): boolean {
  const open = items.filter(({ resolvedAt }) => resolvedAt === null).map(({ reminder }) => reminder);
  return open.some(
    ({ kind, source }) => source !== null || items.filter((one) => one.reminder.kind === kind).length > SHOWN,
  );
}

/** The quarter whose report is missing; else the form's own choice. */
function reportHint({ branch, items }: OutboxMessage): ReportHint {
  const missing = items.find(({ reminder, resolvedAt }) => reminder.kind === 'report_overdue' && !resolvedAt);
  const period = missing ? parsePeriodCode(missing.reminder.period) : null;
  return { branch, ...period };
}
