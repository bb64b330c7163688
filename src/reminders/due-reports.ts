import { formatBranch, HEAD_OFFICE } from '../model/branch.ts';
import { addBusinessDays, businessDaysBetween } from '../model/business-day.ts';
import { formatDay, type IsoDay } from '../model/calendar-day.ts';
import type { ReportingCalendar } from '../model/catalogue.ts';
import type { Reminder } from '../model/reminder.ts';
import {
  formatPeriod,
  periodCode,
  periodOfDay,
  previousPeriod,
  type ReportingPeriod,
  reportDeadline,
} from '../model/reporting-period.ts';
import { dueItem } from './due-item.ts';
import { hasReported, type Situation } from './situation.ts';

/** The quarter whose report is asked for: from its first notice until the next quarter's first notice. */
export function reportingPeriod(today: IsoDay, calendar: ReportingCalendar): ReportingPeriod {
  const ended = previousPeriod(periodOfDay(today));
  const ahead = Math.max(0, ...calendar.notice_business_days_before);
  const firstNotice = addBusinessDays(reportDeadline(ended, calendar), -ahead);
  return today >= firstNotice ? ended : previousPeriod(ended);
}

/** Quarterly reports that are not in: to the branch by the calendar's stages, and to the head office when it is long. */
export function findMissingReports(situation: Situation): Reminder[] {
  const { catalogue, today } = situation;
  const period = reportingPeriod(today, catalogue.calendar);
  return catalogue.branches
    .filter(({ name }) => name !== HEAD_OFFICE && !hasReported(situation, name, period))
    .flatMap(({ name }) => missingReport(situation, name, period));
}

function missingReport(situation: Situation, branch: string, period: ReportingPeriod): Reminder[] {
  const { calendar } = situation.catalogue;
  const due = reportDeadline(period, calendar);
  const late = businessDaysBetween(due, situation.today);
  const stage = stageOf(due, late, situation.today, calendar);
  const common = { kind: 'report_overdue' as const, branch, fy: period.fy, period: periodCode(period), due };
  const text = sentence(branch, period, due, late);
  const subject = { id: periodCode(period) };
  const items: Reminder[] = [];
  if (stage) {
    items.push(dueItem(situation, subject, { ...common, ...stage, text }));
  }
  if (late >= calendar.escalate_after_business_days) {
    const escalated = { stage: 'escalated', rank: 0, audience: 'head_office' as const };
    items.push(dueItem(situation, subject, { ...common, ...escalated, text }));
  }
  return items;
}

/** The last stage that has come, so that stages slept through collapse into one. */
function stageOf(
  due: IsoDay,
  late: number,
  today: IsoDay,
  calendar: ReportingCalendar,
): { stage: string; rank: number } | null {
  const every = calendar.repeat_every_business_days;
  const repeated = Math.floor(late / every) * every;
  if (repeated > 0) {
    return { stage: `after_${repeated}`, rank: repeated };
  }
  const reached = calendar.notice_business_days_before.filter((days) => addBusinessDays(due, -days) <= today);
  if (reached.length === 0) {
    return null;
  }
  const days = Math.min(...reached);
  return { stage: days === 0 ? 'due' : `before_${days}`, rank: -days };
}

function sentence(branch: string, period: ReportingPeriod, due: IsoDay, late: number): string {
  const what = `${formatBranch(branch)}の${formatPeriod(period)}の実施状況報告`;
  if (late > 0) {
    return `${what}がまだ届いていません。期限は${formatDay(due)}で、${late}営業日過ぎています。`;
  }
  return late === 0
    ? `${what}は、本日が期限です。`
    : `${what}の期限は${formatDay(due)}です（あと${-late}営業日）。`;
}
