import type { KnownBlock } from '@slack/web-api';
import { formatBranch } from '../../model/branch.ts';
import { formatDay } from '../../model/calendar-day.ts';
import type { OutboxMessage } from '../../model/outbox.ts';
import { formatPeriod } from '../../model/reporting-period.ts';
import type { ReportState } from '../../reminders/quarter-report.ts';
import type { HomeState } from '../home-state.ts';
import { LIMITS } from '../limits.ts';
import { reportButton } from './report-button.ts';
import { bold, literal, sections } from './text.ts';

const SHOWN = 5;

/** Whether the quarter's report is in, the way to report for whoever may, and what was put off. */
export function homeReminders(state: HomeState): KnownBlock[] {
  const { report, snoozed } = state;
  return [
    ...(report === null ? [] : sections([bold('実施状況の報告', LIMITS.header), reportText(report)])),
    ...reportActions(state),
    ...(snoozed.length === 0 ? [] : sections([bold('延期中のお知らせ', LIMITS.header), ...lines(snoozed)])),
  ];
}

function reportActions({ member, settings, report }: HomeState): KnownBlock[] {
  if (member.role === 'viewer') return [];
  const branch = settings.branch === null ? {} : { branch: settings.branch };
  return [{ type: 'actions', elements: [reportButton({ ...branch, ...report?.period })] }];
}

function reportText({ period, due, isIn, count, daysLeft }: ReportState): string {
  const what = formatPeriod(period);
  const partly = count.there > 0 ? `（${count.kpis}件中${count.there}件）` : '';
  if (isIn) return `✓ ${what}の報告は届いています。`;
  if (daysLeft < 0) {
    return `▲ ${what}の報告が${partly === '' ? 'まだ届いていません' : `そろっていません${partly}`}。期限は${formatDay(due)}で、${-daysLeft}営業日過ぎています。`;
  }
  const left = daysLeft === 0 ? '本日が期限です' : `あと${daysLeft}営業日`;
  return `• ${what}の報告の期限は${formatDay(due)}です（${left}）。${partly === '' ? '' : `届いた数値 ${partly.slice(1, -1)}。`}`;
}

function lines(messages: readonly OutboxMessage[]): string[] {
  const shown = messages.slice(0, SHOWN).map((message) => {
    const until = message.snoozedUntil === null ? '' : `${formatDay(message.snoozedUntil)}まで：`;
    return `• ${until}${messageText(message)}`;
  });
  return messages.length > SHOWN ? [...shown, `ほか${messages.length - SHOWN}件`] : shown;
}

/** What a reminder is about, in one line. */
export function messageText({ branch, items, channel }: OutboxMessage): string {
  const open = items.filter(({ resolvedAt }) => resolvedAt === null);
  const first = literal(open[0]?.reminder.text.split('\n')[0] ?? `${formatBranch(branch)}のお知らせ`, 300);
  const more = open.length > 1 ? `（ほか${open.length - 1}件）` : '';
  const place = channel !== null && /^[CG]/.test(channel) ? `　<#${channel}>` : '';
  return `${first}${more}${place}`;
}
