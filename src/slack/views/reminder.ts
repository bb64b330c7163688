import type { Button, KnownBlock, Overflow } from '@slack/web-api';
import { formatBranch } from '../../model/branch.ts';
import { formatDay, isoDayInTokyo } from '../../model/calendar-day.ts';
import type { OutboxItem, OutboxMessage, Word } from '../../model/outbox.ts';
import type { Ending, ReminderKind } from '../../model/reminder.ts';
import { worstFirst } from '../../reminders/due.ts';
import { LIMITS } from '../limits.ts';
import type { Rendered } from './blocks.ts';
import { fit } from './fit.ts';
import { itemControl, reminderActions, takeBackControl } from './reminder-actions.ts';
import { bold, contextLine, escapeText, literal, plainTextElement, section, sections } from './text.ts';

/** In the order of the message: the word of the headline's count, and the heading above the lines. */
const KINDS: Record<ReminderKind, { count: string; heading: string }> = {
  report_overdue: { count: '報告', heading: '実施状況の報告' },
  kpi_behind: { count: '遅れ', heading: '目標に遅れている指標' },
  commitment_overdue: { count: '期限切れ', heading: '期限を過ぎた予定' },
  commitment_due: { count: '予定', heading: 'この四半期の予定' },
  budget_over: { count: '予算超過', heading: '予算を超えた執行' },
  budget_unstarted: { count: '未着手', heading: '未着手の予算' },
  kpi_unjudged: { count: '判定できず', heading: '判定できない指標' },
  owner_missing: { count: '担当者', heading: '担当者の登録' },
};
const ENDINGS: Record<Ending, string> = {
  mended: '解消',
  reported: '報告済み',
  told: '報告で確認',
  judged: '判定済み',
  decided: '済み',
  corrected: '訂正',
  withdrawn: '取り下げ',
  over: '期間終了',
};
const SHOWN = 12;
/** A figure is one line; all else of it stands in the thread, for whoever asks. */
const BEHIND_DETAILS =
  '▲は目標との差、「目安との差」はこの時点の目安との差です。計算、必要なペース、出典は「計算と出典」でスレッドに出ます。';
const CONTINUED = '新しいお知らせに続きます';

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

function rendered(parts: { essential: boolean; blocks: KnownBlock[] }[], text: string): Rendered {
  const blocks = fit(parts);
  return { blocks, classic: blocks, text };
}

/** For notifications and screen readers. Slack reads it as mrkdwn too. */
function plainOf(lines: readonly string[]): string {
  return literal(lines.join('\n'), LIMITS.text);
}

function header(text: string): KnownBlock {
  return { type: 'header', text: plainTextElement(text, LIMITS.header) };
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
  const details = new Set(shown.map(({ reminder }) => reminder.detail));
  const common = shown.length > 1 && details.size === 1 ? ([...details][0] ?? '') : '';
  const rest = items.length > SHOWN ? [`ほか${items.length - SHOWN}件`] : [];
  const heading = bold(KINDS[kind].heading, LIMITS.field);
  const blocks: KnownBlock[] = [];
  let lines = [heading];
  const close = () => {
    blocks.push(...sections(lines));
    lines = [];
  };
  for (const [index, item] of shown.entries()) {
    const { detail } = item.reminder;
    const small = item.resolvedAt === null && common === '' && kind !== 'kpi_behind' ? detail : '';
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
  if (kind === 'kpi_behind') blocks.push(contextLine(BEHIND_DETAILS));
  else if (common !== '') blocks.push(contextLine(literal(common, LIMITS.context)));
  return [{ essential: false, blocks }];
}

function controlOf({ reminder, resolvedAt, ending }: OutboxItem): Button | Overflow | null {
  if (resolvedAt === null) return itemControl(reminder);
  return ending === 'decided' ? takeBackControl(reminder) : null;
}

/** Of a reminder that was kept before there was a line: its whole text. */
function lineOf({ reminder }: OutboxItem): string {
  const { kind, line, expected, target } = reminder;
  if (line === '') return reminder.text;
  // The line names the target: a gap to anything else is said to be one.
  const isPaced = kind === 'kpi_behind' && expected !== null && expected !== target;
  return isPaced ? line.replace('　▲', '　目安との差▲') : line;
}

/** What only ran out was not done. */
function endMark(ending: Ending | null): string {
  return ending === 'over' || ending === null ? '―' : '✓';
}

function itemLine(item: OutboxItem): string {
  const text = literal(lineOf(item), LIMITS.field);
  if (item.resolvedAt === null) return `• ${text}`;
  if (item.isReplaced) return `→ ${text}（${CONTINUED}）`;
  return `${endMark(item.ending)} ${text}（${item.ending === null ? '終了' : ENDINGS[item.ending]}）`;
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
    ...(followUp === 'resolved' ? [`${endOf(items)}${on}`] : []),
  ];
  return lines.length === 0 ? [] : [contextLine(lines.join('　'))];
}

/** Only what was mended is called so; what a newer message goes on with was not. */
function endOf(items: readonly OutboxItem[]): string {
  const ends = new Set(
    items.map(({ isReplaced, ending }) => (isReplaced ? 'replaced' : (ending ?? 'unknown'))),
  );
  const [only] = ends;
  if (ends.size !== 1 || only === undefined || only === 'unknown') return '終了';
  return only === 'replaced' ? CONTINUED : ENDINGS[only];
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
