import { dayOf, type IsoDay } from '../model/calendar-day.ts';
import { type FiscalYear, fiscalYearOf } from '../model/fiscal-year.ts';
import { monthsCompleted } from '../model/judgement.ts';

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
