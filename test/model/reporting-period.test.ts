import { expect, test } from 'vitest';
import { ReportingCalendar } from '../../src/model/catalogue.ts';
import type { Quarter } from '../../src/model/fiscal-year.ts';
import {
  nextDue,
  periodEnd,
  periodOfDay,
  previousPeriod,
  reportDeadline,
} from '../../src/model/reporting-period.ts';

const calendar = ReportingCalendar.parse({
  due_months_after_quarter: 1,
  notice_business_days_before: [7, 1, 0],
  repeat_every_business_days: 3,
  escalate_after_business_days: 5,
});

test.each<[number, Quarter, string, string]>([
  [7, 1, '2025-06-30', '2025-07-31'],
  [7, 2, '2025-09-30', '2025-10-31'],
  [7, 3, '2025-12-31', '2026-01-30'],
  [7, 4, '2026-03-31', '2026-04-30'],
  [5, 3, '2023-12-31', '2024-01-31'],
  [9, 1, '2027-06-30', '2027-07-30'],
])('令和%i年度 quarter %i ends on %s and is due on %s', (fy, quarter, end, due) => {
  expect(periodEnd({ fy, quarter })).toBe(end);
  expect(reportDeadline({ fy, quarter }, calendar)).toBe(due);
});

test.each([
  ['2025-04-01', 7, 1],
  ['2025-06-30', 7, 1],
  ['2025-07-01', 7, 2],
  ['2026-01-01', 7, 4],
  ['2026-03-31', 7, 4],
  ['2028-02-29', 9, 4],
])('%s lies in 令和%i年度 quarter %i', (day, fy, quarter) => {
  expect(periodOfDay(day)).toEqual({ fy, quarter });
});

test('before the first quarter comes the last of the year before', () => {
  expect(previousPeriod({ fy: 7, quarter: 1 })).toEqual({ fy: 6, quarter: 4 });
});

test.each([
  ['2025-07-01', '2025-07-31'],
  ['2025-07-30', '2025-07-31'],
  ['2025-07-31', '2025-07-31'],
  ['2025-08-01', '2025-10-31'],
  ['2025-12-31', '2026-01-30'],
  ['2026-02-01', '2026-04-30'],
])('on %s the next deadline is %s', (day, deadline) => {
  expect(reportDeadline(nextDue(day, calendar), calendar)).toBe(deadline);
});
