import { z } from 'zod';

/** 令和 year as an integer: 7 is 令和7年度, April 2025 to March 2026. */
export const FiscalYear = z.int().min(1).max(99);
export type FiscalYear = z.infer<typeof FiscalYear>;

/** 1 is April to June, 4 is January to March. */
export const Quarter = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type Quarter = z.infer<typeof Quarter>;

/** A day without a time, in Asia/Tokyo. */
export interface Day {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
}

const REIWA_OFFSET = 2018;
const TOKYO_OFFSET_MS = 9 * 60 * 60 * 1000;

/** The calendar day in Asia/Tokyo at a moment. Japan has no daylight saving time. */
export function dayInTokyo(moment: Date): Day {
  const shifted = new Date(moment.getTime() + TOKYO_OFFSET_MS);
  return { year: shifted.getUTCFullYear(), month: shifted.getUTCMonth() + 1, day: shifted.getUTCDate() };
}

export function fiscalYearFromWestern(year: number): FiscalYear {
  return year - REIWA_OFFSET;
}

export function westernYear(fy: FiscalYear): number {
  return fy + REIWA_OFFSET;
}

export function fiscalYearOf(day: Day): FiscalYear {
  return fiscalYearFromWestern(day.month >= 4 ? day.year : day.year - 1);
}

export function quarterOfMonth(month: number): Quarter {
  return (Math.floor(((month + 8) % 12) / 3) + 1) as Quarter;
}

export function formatFiscalYear(fy: FiscalYear): string {
  return `令和${fy === 1 ? '元' : fy}年度`;
}
