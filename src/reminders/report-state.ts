import { businessDaysBetween } from '../model/business-day.ts';
import type { IsoDay } from '../model/calendar-day.ts';
import type { ReportingCalendar } from '../model/catalogue.ts';
import { type ReportingPeriod, reportDeadline } from '../model/reporting-period.ts';
import type { Standing } from '../model/standing.ts';
import { reportingPeriod } from './due-reports.ts';
import { monthNumber } from './situation.ts';

/** Whether a branch's report of the quarter that is asked for is in. */
export interface ReportState {
  period: ReportingPeriod;
  due: IsoDay;
  isIn: boolean;
  /** Business days from today to the deadline; negative when it has passed. */
  daysLeft: number;
}

/** `standings` of the branch, of the period's year and any others: the newest as-of month tells. */
export function reportState(of: {
  standings: readonly Standing[];
  today: IsoDay;
  calendar: ReportingCalendar;
}): ReportState {
  const { standings, today, calendar } = of;
  const period = reportingPeriod(today, calendar);
  const due = reportDeadline(period, calendar);
  const months = standings.map(({ kpi }) => monthNumber(kpi.fy, kpi.actual?.asOf ?? null) ?? 0);
  const isIn = Math.max(0, ...months) >= period.fy * 12 + period.quarter * 3;
  return { period, due, isIn, daysLeft: businessDaysBetween(today, due) };
}
