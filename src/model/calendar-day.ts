import { type Day, dayInTokyo } from './fiscal-year.ts';

/** A day without a time in Asia/Tokyo as YYYY-MM-DD; sorts as text. */
export type IsoDay = string;

const DAY_MS = 24 * 60 * 60 * 1000;
const WEEKDAYS = '日月火水木金土';

export function isoDay({ year, month, day }: Day): IsoDay {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export function isoDayInTokyo(moment: Date): IsoDay {
  return isoDay(dayInTokyo(moment));
}

export function dayOf(text: IsoDay): Day {
  return { year: Number(text.slice(0, 4)), month: Number(text.slice(5, 7)), day: Number(text.slice(8, 10)) };
}

/** Midnight UTC of the day: for counting days, never for a moment in Tokyo. */
function utc(text: IsoDay): number {
  const { year, month, day } = dayOf(text);
  return Date.UTC(year, month - 1, day);
}

export function addDays(text: IsoDay, days: number): IsoDay {
  return new Date(utc(text) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export function weekday(text: IsoDay): number {
  return new Date(utc(text)).getUTCDay();
}

/** `month` may lie outside 1 to 12: 13 is January of the next year. */
export function lastDayOfMonth(year: number, month: number): IsoDay {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** The moment of a wall clock time in Tokyo, `HH:MM`. */
export function momentInTokyo(text: IsoDay, time: string): Date {
  return new Date(`${text}T${time}:00+09:00`);
}

/** HH:MM in Tokyo. */
export function timeInTokyo(moment: Date): string {
  return new Date(moment.getTime() + 9 * 60 * 60 * 1000).toISOString().slice(11, 16);
}

/** 7月31日（木）. */
export function formatDay(text: IsoDay): string {
  const { month, day } = dayOf(text);
  return `${month}月${day}日（${WEEKDAYS[weekday(text)]}）`;
}
