import holidays from '@holiday-jp/holiday_jp';
import { addDays, type IsoDay, isoDayInTokyo, lastDayOfMonth, timeInTokyo, weekday } from './calendar-day.ts';
import type { ReportingCalendar } from './catalogue.ts';

/** Offices are closed from 29 December to 3 January. */
function isYearEnd(day: IsoDay): boolean {
  const date = day.slice(5);
  return date >= '12-29' || date <= '01-03';
}

/** What the office itself says of its days: `index/catalogue/calendar.yml`. */
export type OfficeDays = Pick<ReportingCalendar, 'closed_days' | 'open_days'>;

/** No weekend, no holiday of Japan, none of the days around New Year, unless the office says otherwise. */
export function isBusinessDay(day: IsoDay, { closed_days, open_days }: OfficeDays): boolean {
  if (open_days.includes(day)) return true;
  if (closed_days.includes(day)) return false;
  const onWeekend = weekday(day) === 0 || weekday(day) === 6;
  return !onWeekend && !isYearEnd(day) && !Object.hasOwn(holidays.holidays, day);
}

/** The n-th business day after a day, or before it where n is negative; 0 is the day itself, whatever it is. */
export function addBusinessDays(day: IsoDay, n: number, days: OfficeDays): IsoDay {
  const step = Math.sign(n);
  let found = day;
  for (let left = Math.abs(n); left > 0; ) {
    found = addDays(found, step);
    left -= isBusinessDay(found, days) ? 1 : 0;
  }
  return found;
}

/** Business days after `from`, up to `to` and with it; negative where `to` lies before. */
export function businessDaysBetween(from: IsoDay, to: IsoDay, days: OfficeDays): number {
  if (to < from) {
    return -businessDaysBetween(to, from, days);
  }
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    count += isBusinessDay(day, days) ? 1 : 0;
  }
  return count;
}

/** `month` may lie outside 1 to 12, as for `lastDayOfMonth`. */
export function lastBusinessDayOfMonth(year: number, month: number, days: OfficeDays): IsoDay {
  const last = lastDayOfMonth(year, month);
  return isBusinessDay(last, days) ? last : addBusinessDays(last, -1, days);
}

/** Nobody is disturbed at night, at weekends and on holidays: what is found then waits. */
export function isSendingTime(moment: Date, calendar: ReportingCalendar): boolean {
  const { send_from, send_until } = calendar;
  const time = timeInTokyo(moment);
  return isBusinessDay(isoDayInTokyo(moment), calendar) && time >= send_from && time < send_until;
}
