import { businessDaysBetween } from '../model/business-day.ts';
import type { IsoDay } from '../model/calendar-day.ts';
import type { ReportingCalendar } from '../model/catalogue.ts';
import { monthsCompleted } from '../model/judgement.ts';
import type { OutboxMessage } from '../model/outbox.ts';
import { periodCode, type ReportingPeriod, reportDeadline } from '../model/reporting-period.ts';
import type { Standing } from '../model/standing.ts';
import { reportingPeriod } from './due-reports.ts';
import { isFigure, quarterFigures, quarterReport } from './quarter-report.ts';

/** Whether a branch's report of the quarter that is asked for is in. */
export interface ReportState {
  period: ReportingPeriod;
  due: IsoDay;
  isIn: boolean;
  /** KPIs of the year, and those of them whose figure of the quarter or a newer one is known. */
  count: { kpis: number; there: number };
  /** Business days from today to the deadline; negative when it has passed. */
  daysLeft: number;
}

/**
 * `standings` of one branch, of the period's year and any others; `messages` tell whether it said that it is all.
 * Null without a plan of the year: there is nothing to report on.
 */
export function reportState(of: {
  standings: readonly Standing[];
  messages?: readonly OutboxMessage[];
  today: IsoDay;
  calendar: ReportingCalendar;
}): ReportState | null {
  const { standings, messages = [], today, calendar } = of;
  const period = reportingPeriod(today, calendar);
  const due = reportDeadline(period, calendar);
  const kpis = standings.map(({ kpi }) => kpi).filter(({ fy }) => fy === period.fy);
  const branch = kpis[0]?.branch;
  if (branch === undefined) return null;
  const { missing, isIn, isOvertaken } = quarterReport(
    { kpis, figures: quarterFigures(kpis, []), calendar },
    branch,
    period,
  );
  // Of a KPI whose newest figure is later than the quarter's end nothing is missing.
  const without = missing.filter(
    ({ actual }) => !isFigure(actual) || (monthsCompleted(actual?.asOf ?? null) ?? 0) < period.quarter * 3,
  );
  const there = kpis.length - without.length;
  const isEnough = (there / kpis.length) * 100 >= calendar.report_complete_percent;
  return {
    period,
    due,
    isIn: isIn || isOvertaken || isEnough || isSaid(messages, branch, period),
    count: { kpis: kpis.length, there },
    daysLeft: businessDaysBetween(today, due, calendar),
  };
}

function isSaid(messages: readonly OutboxMessage[], branch: string, period: ReportingPeriod): boolean {
  return messages.some(({ items }) =>
    items.some(
      ({ reminder, ending }) =>
        ending === 'decided' &&
        reminder.kind === 'report_overdue' &&
        reminder.branch === branch &&
        reminder.period === periodCode(period),
    ),
  );
}
