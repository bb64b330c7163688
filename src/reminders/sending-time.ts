import { isBusinessDay } from '../model/business-day.ts';
import { isoDayInTokyo, timeInTokyo } from '../model/calendar-day.ts';
import type { ReportingCalendar } from '../model/catalogue.ts';

/** Nobody is disturbed at night, at weekends and on holidays: what is found then waits. */
export function isSendingTime(moment: Date, calendar: ReportingCalendar): boolean {
  const { send_from, send_until } = calendar;
  const time = timeInTokyo(moment);
  return isBusinessDay(isoDayInTokyo(moment), calendar) && time >= send_from && time < send_until;
}
