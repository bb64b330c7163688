import type { KnownBlock } from '@slack/web-api';
import { formatBranch } from '../../model/branch.ts';
import { formatDay, isoDayInTokyo } from '../../model/calendar-day.ts';
import type { OutboxItem, OutboxMessage, Word } from '../../model/outbox.ts';
import type { ReminderKind } from '../../model/reminder.ts';
import { LIMITS } from '../limits.ts';
import type { Rendered } from './blocks.ts';
import { fit } from './fit.ts';
import { reminderActions } from './reminder-actions.ts';
import { bold, contextLine, escapeText, literal, plainText, section, sections } from './text.ts';

const HEADINGS: Record<ReminderKind, string> = {
  report_overdue: '実施状況の報告',
  kpi_behind: '目標に遅れている指標',
  commitment_due: '今月が期限の予定',
  commitment_overdue: '期限を過ぎた予定',
  budget_over: '予算を超えた執行',
  budget_unstarted: '未着手の予算',
  owner_missing: '担当者の登録',
};
const SHOWN = 12;
const CONTINUED = '新しいお知らせに続きます';

/** A message as it is now: what is due, what of it is over, and what people did with it. */
export function reminderView(message: OutboxMessage, mentions: readonly string[]): Rendered {
  const { content } = message;
  switch (content.type) {
    case 'word':
      return rendered(
        [{ essential: true, blocks: [section(wordsText(content.words))] }],
        wordsText(content.words),
      );
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
  const title = `${formatBranch(branch)}のお知らせ（${isOver ? '終了' : `${open.length}件`}）`;
  const groups = (Object.keys(HEADINGS) as ReminderKind[]).flatMap((kind) => {
    const lines = itemLines(items.filter(({ reminder }) => reminder.kind === kind));
    const heading = bold(HEADINGS[kind], LIMITS.field);
    return lines.length === 0 ? [] : [{ essential: false, blocks: sections([heading, ...lines]) }];
  });
  const parts = [
    { essential: true, blocks: [header(title), ...sections([mentionLine(mentions)])] },
    ...groups,
    ...(notes.length === 0
      ? []
      : [{ essential: false, blocks: [contextLine(escapeText(notes.join('\n'), LIMITS.context))] }]),
    { essential: true, blocks: statusBlocks(message) },
    { essential: true, blocks: isOver ? [] : reminderActions(message) },
  ];
  return rendered(parts, plainOf([title, ...open.map(({ reminder }) => reminder.text)]));
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
  return { type: 'header', text: plainText(text, LIMITS.header) };
}

function itemLines(items: readonly OutboxItem[]): string[] {
  const openFirst = [...items].sort((a, b) => Number(a.resolvedAt !== null) - Number(b.resolvedAt !== null));
  const lines = openFirst.slice(0, SHOWN).map(({ reminder, resolvedAt, isReplaced }) => {
    const text = literal(reminder.text, LIMITS.field);
    if (resolvedAt === null) return `• ${text}`;
    return isReplaced ? `→ ${text}（${CONTINUED}）` : `✓ ${text}（解消）`;
  });
  return items.length > SHOWN ? [...lines, `ほか${items.length - SHOWN}件`] : lines;
}

/** 確認済, 延期, 担当, エスカレーション, 解消: each with who and when. */
function statusBlocks(message: OutboxMessage): KnownBlock[] {
  const { followUp, followedBy, followedAt, snoozedUntil, assignee, escalatedAt, items } = message;
  const by = followedBy === null ? '' : `${idText(followedBy)} さん`;
  const on = followedAt === null ? '' : `、${formatDay(isoDayInTokyo(followedAt))}`;
  const lines = [
    ...(followUp === 'acknowledged' ? [`確認済：${by}${on}`] : []),
    ...(followUp === 'snoozed' && snoozedUntil ? [`延期：${formatDay(snoozedUntil)}まで（${by}${on}）`] : []),
    ...(assignee === null ? [] : [`担当：${idText(assignee)} さん`]),
    ...(escalatedAt === null
      ? []
      : [`エスカレーション：本部に知らせました（${formatDay(isoDayInTokyo(escalatedAt))}）`]),
    ...(followUp === 'resolved' ? [`${endOf(items)}${on}`] : []),
  ];
  return lines.length === 0 ? [] : [contextLine(lines.join('　'))];
}

/** What a newer message goes on with was not mended. */
function endOf(items: readonly OutboxItem[]): string {
  if (!items.some(({ isReplaced }) => isReplaced)) return '解消';
  return items.every(({ isReplaced }) => isReplaced) ? CONTINUED : '終了';
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
