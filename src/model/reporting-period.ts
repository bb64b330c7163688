import { addBusinessDays, lastBusinessDayOfMonth } from './business-day.ts';
import { dayOf, type IsoDay, lastDayOfMonth } from './calendar-day.ts';
import type { ReportingCalendar } from './catalogue.ts';
import { type FiscalYear, fiscalYearOf, formatFiscalYear, type Quarter, westernYear } from './fiscal-year.ts';
import { monthsCompleted } from './judgement.ts';

/** A quarter of a fiscal year: what one report is about. */
export interface ReportingPeriod {
  fy: FiscalYear;
  quarter: Quarter;
}

export function periodEnd({ fy, quarter }: ReportingPeriod): IsoDay {
  return lastDayOfMonth(westernYear(fy), 3 + quarter * 3);
}

/** The day by which the quarter is to be reported. */
export function reportDeadline({ fy, quarter }: ReportingPeriod, calendar: ReportingCalendar): IsoDay {
  const month = 3 + quarter * 3 + calendar.due_months_after_quarter;
  return lastBusinessDayOfMonth(westernYear(fy), month, calendar);
}

export function previousPeriod({ fy, quarter }: ReportingPeriod): ReportingPeriod {
  return quarter === 1 ? { fy: fy - 1, quarter: 4 } : { fy, quarter: (quarter - 1) as Quarter };
}

function nextPeriod({ fy, quarter }: ReportingPeriod): ReportingPeriod {
  return quarter === 4 ? { fy: fy + 1, quarter: 1 } : { fy, quarter: (quarter + 1) as Quarter };
}

/** The quarter whose deadline is the first on a day or after it. */
export function nextDue(from: IsoDay, calendar: ReportingCalendar): ReportingPeriod {
  let period = previousPeriod(previousPeriod(periodOfDay(from)));
  while (reportDeadline(period, calendar) < from) period = nextPeriod(period);
  return period;
}

/** The quarter of the month that is the n-th from April. */
export function periodOfMonth(fy: FiscalYear, month: number): ReportingPeriod {
  return { fy, quarter: Math.min(4, Math.max(1, Math.ceil(month / 3))) as Quarter };
}

export function periodOfDay(day: IsoDay): ReportingPeriod {
  const date = dayOf(day);
  return periodOfMonth(fiscalYearOf(date), ((date.month + 8) % 12) + 1);
}

/** R7Q1: in keys and in data. */
export function periodCode({ fy, quarter }: ReportingPeriod): string {
  return `R${fy}Q${quarter}`;
}

/** Null for any other text. */
export function parsePeriodCode(code: string): ReportingPeriod | null {
  const match = /^R(\d{1,2})Q([1-4])$/.exec(code);
  return match === null ? null : { fy: Number(match[1]), quarter: Number(match[2]) as Quarter };
}

/** 令和7年度第1四半期. */
export function formatPeriod({ fy, quarter }: ReportingPeriod): string {
  return `${formatFiscalYear(fy)}第${quarter}四半期`;
}

/** The quarter whose report is asked for: from its first notice until the next quarter's first notice. */
export function reportingPeriod(today: IsoDay, calendar: ReportingCalendar): ReportingPeriod {
  const ended = previousPeriod(periodOfDay(today));
  const ahead = Math.max(0, ...calendar.notice_business_days_before);
  const firstNotice = addBusinessDays(reportDeadline(ended, calendar), -ahead, calendar);
  return today >= firstNotice ? ended : previousPeriod(ended);
}

/** Months from April of 令和0年度: as-of dates of several years in one order. */
export type MonthNumber = number;

export function monthNumber(fy: FiscalYear, asOf: string | null): MonthNumber | null {
  const months = monthsCompleted(asOf);
  return months === null ? null : fy * 12 + Math.floor(months);
}

/** The month of a day in the same count: at its end that many months are over. */
export function monthNumberOf(day: IsoDay): MonthNumber {
  const date = dayOf(day);
  return fiscalYearOf(date) * 12 + ((date.month + 8) % 12) + 1;
}
