import holidays from '@holiday-jp/holiday_jp';
import { addDays, type IsoDay, lastDayOfMonth, weekday } from './calendar-day.ts';

/** Offices are closed from 29 December to 3 January. */
function isYearEnd(day: IsoDay): boolean {
  const date = day.slice(5);
  return date >= '12-29' || date <= '01-03';
}

/** No weekend, no holiday of Japan, none of the days around New Year. */
export function isBusinessDay(day: IsoDay): boolean {
  const onWeekend = weekday(day) === 0 || weekday(day) === 6;
  return !onWeekend && !isYearEnd(day) && !Object.hasOwn(holidays.holidays, day);
}

/** The n-th business day after a day, or before it where n is negative; 0 is the day itself, whatever it is. */
export function addBusinessDays(day: IsoDay, n: number): IsoDay {
  const step = Math.sign(n);
  let found = day;
  for (let left = Math.abs(n); left > 0; ) {
    found = addDays(found, step);
    left -= isBusinessDay(found) ? 1 : 0;
  }
  return found;
}

/** Business days after `from`, up to `to` and with it; negative where `to` lies before. */
export function businessDaysBetween(from: IsoDay, to: IsoDay): number {
  if (to < from) {
    return -businessDaysBetween(to, from);
  }
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    count += isBusinessDay(day) ? 1 : 0;
  }
  return count;
}

/** The day itself where it is one. */
export function nextBusinessDay(day: IsoDay): IsoDay {
  return isBusinessDay(day) ? day : addBusinessDays(day, 1);
}

/** `month` may lie outside 1 to 12, as for `lastDayOfMonth`. */
export function lastBusinessDayOfMonth(year: number, month: number): IsoDay {
  const last = lastDayOfMonth(year, month);
  return isBusinessDay(last) ? last : addBusinessDays(last, -1);
}
