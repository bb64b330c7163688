import { formatBranch, HEAD_OFFICE } from '../model/branch.ts';
import { addBusinessDays, businessDaysBetween } from '../model/business-day.ts';
import { formatDay, type IsoDay } from '../model/calendar-day.ts';
import type { ReportingCalendar } from '../model/catalogue.ts';
import { listed } from '../model/figure-words.ts';
import type { Reminder } from '../model/reminder.ts';
import {
  formatPeriod,
  periodCode,
  periodOfDay,
  previousPeriod,
  type ReportingPeriod,
  reportDeadline,
  reportingPeriod,
} from '../model/reporting-period.ts';
import { dueItem } from './due-item.ts';
import { formatMonths, type QuarterReport } from './quarter-report.ts';
import { isAwaited, isBeforeStart, nameOf, reportOf, type Situation } from './situation.ts';

/**
 * Quarterly reports that are not in: to the branch by the calendar's stages, and to the head office when it is long.
 * From the quarter's end the next one is named in what the branch is told of anyway.
 */
export function findMissingReports(situation: Situation): Reminder[] {
  const { catalogue, today } = situation;
  const asked = reportingPeriod(today, catalogue.calendar);
  const ended = previousPeriod(periodOfDay(today));
  const periods = periodCode(asked) === periodCode(ended) ? [asked] : [asked, ended];
  return periods.flatMap((period) => {
    const due = reportDeadline(period, catalogue.calendar);
    return catalogue.branches
      .filter(({ name }) => name !== HEAD_OFFICE && !isBeforeStart(situation, name, due))
      .flatMap(({ name }) => {
        const report = reportOf(situation, name, period);
        return isAwaited(report) ? missingReport(situation, name, period, report) : [];
      });
  });
}

function missingReport(
  situation: Situation,
  branch: string,
  period: ReportingPeriod,
  report: QuarterReport,
): Reminder[] {
  const { calendar } = situation.catalogue;
  const due = reportDeadline(period, calendar);
  const late = businessDaysBetween(due, situation.today, calendar);
  const stage = stageOf(due, late, situation.today, calendar);
  const common = {
    kind: 'report_overdue' as const,
    branch,
    fy: period.fy,
    period: periodCode(period),
    due,
    // That the deadline has passed is news, and so is a figure that came in.
    version: [
      late > 0 ? 'late' : 'ahead',
      report.kpis.length - report.missing.length,
      report.kpis.length,
      ...report.early.months,
    ].join('|'),
    ...sentences(situation, branch, period, report, late),
  };
  const subject = { id: periodCode(period) };
  const items: Reminder[] = [];
  if (stage) {
    items.push(dueItem(situation, subject, { ...common, ...stage }));
  }
  if (late >= calendar.escalate_after_business_days) {
    const escalated = { stage: 'escalated', rank: 0, audience: 'head_office' as const };
    items.push(dueItem(situation, subject, { ...common, ...escalated }));
  }
  return items;
}

const WEEK = 5;

/** The last stage that has come, so that stages slept through collapse into one; the first goes along with others before. */
function stageOf(
  due: IsoDay,
  late: number,
  today: IsoDay,
  calendar: ReportingCalendar,
): (Pick<Reminder, 'stage' | 'rank'> & Partial<Pick<Reminder, 'isCompanion'>>) | null {
  const { repeat_every_business_days: every, repeat_at_most, weekly_at_most } = calendar;
  const repeats = Math.min(Math.floor(late / every), repeat_at_most);
  const weeks = Math.min(Math.floor((late - repeat_at_most * every) / WEEK), weekly_at_most);
  if (weeks > 0) {
    return { stage: `weekly_${weeks}`, rank: repeat_at_most * every + weeks * WEEK };
  }
  if (repeats > 0) {
    return { stage: `after_${repeats * every}`, rank: repeats * every };
  }
  const before = calendar.notice_business_days_before;
  const reached = before.filter((days) => addBusinessDays(due, -days, calendar) <= today);
  if (before.length === 0) return null;
  const days = reached.length === 0 ? Math.max(...before) : Math.min(...reached);
  const stage = days === 0 ? 'due' : `before_${days}`;
  return { stage, rank: -days, isCompanion: reached.length === 0 };
}

const NAMED = 5;

function sentences(
  situation: Situation,
  branch: string,
  period: ReportingPeriod,
  { kpis, missing, early }: QuarterReport,
  late: number,
): Pick<Reminder, 'text' | 'line' | 'detail'> {
  const due = formatDay(reportDeadline(period, situation.catalogue.calendar));
  const there = kpis.length - missing.length;
  const count = `${kpis.length}件中${there}件`;
  const end = early.count > 0 ? `${formatMonths([period.quarter * 3])}末時点の数値` : '数値';
  const earlier = earlyWords(early);
  const names = missing.map(({ indicator }) => nameOf(situation, indicator));
  const named = names.length === 0 ? '' : `${end}が未報告の指標：${listed(names, NAMED)}`;
  const notes = [earlier, named].filter((words) => words !== '');
  const about = `${formatPeriod(period)}の実施状況報告`;
  const of = `${formatBranch(branch)}の${about}`;
  const nothing = early.count > 0 ? `は、${end}がまだ届いていません` : 'がまだ届いていません';
  const state = there === 0 ? nothing : `がそろっていません（${count}）`;
  const [text, passed] =
    late > 0
      ? [`${of}${state}。期限は${due}で、${late}営業日過ぎています。`, 'を過ぎています']
      : late === 0
        ? [`${of}は、本日が期限です。`, '（本日）']
        : [`${of}の期限は${due}です（あと${-late}営業日）。`, ''];
  // That nothing came need not be listed in a sentence.
  const told = notes.filter((words) => there > 0 || words !== named).map((words) => `${words}。`);
  return {
    text: [text, ...told].join(''),
    line: `${about}　${count}　期限 ${due}${passed}`,
    detail: notes.join('。'),
  };
}

/** Figures from before the quarter's end are no report of it, and are there all the same. */
function earlyWords({ count, months }: QuarterReport['early']): string {
  if (count === 0) return '';
  return `${formatMonths(months)}時点の数値は${count}件届いています`;
}
