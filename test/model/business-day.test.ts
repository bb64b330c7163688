import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addBusinessDays,
  businessDaysBetween,
  isBusinessDay,
  lastBusinessDayOfMonth,
} from '../../src/model/business-day.ts';
import { addDays } from '../../src/model/calendar-day.ts';

const NONE = { closed_days: [], open_days: [] };

describe('days on which offices work', () => {
  test.each([
    ['2025-04-28', true, 'a Monday'],
    ['2025-04-29', false, '昭和の日'],
    ['2025-05-03', false, '憲法記念日, a Saturday'],
    ['2025-05-05', false, 'こどもの日'],
    ['2025-05-06', false, '振替休日'],
    ['2025-05-07', true, 'after Golden Week'],
    ['2026-05-06', false, '振替休日 of 2026'],
    ['2025-12-26', true, 'the last Friday'],
    ['2025-12-29', false, 'year end, a Monday'],
    ['2026-01-02', false, 'a Friday of the New Year'],
    ['2026-01-05', true, 'the first Monday'],
    ['2024-02-29', true, '29 February, a Thursday'],
    ['2026-09-22', false, '国民の休日'],
  ])('%s: %s (%s)', (day, expected) => {
    expect(isBusinessDay(day, NONE)).toBe(expected);
  });
});

test('the calendar closes a day that others work on, and opens a holiday', () => {
  const days = { closed_days: ['2025-07-31'], open_days: ['2025-07-21'] };
  expect([isBusinessDay('2025-07-31', days), isBusinessDay('2025-07-21', days)]).toEqual([false, true]);
  expect(lastBusinessDayOfMonth(2025, 7, days)).toBe('2025-07-30');
  expect(addBusinessDays('2025-07-30', -7, days)).toBe('2025-07-21');
});

describe('counting', () => {
  test.each([
    ['2025-04-25', 1, '2025-04-28'],
    ['2025-05-02', 1, '2025-05-07'],
    ['2025-12-26', 1, '2026-01-05'],
    ['2026-01-05', -1, '2025-12-26'],
    ['2025-07-31', -7, '2025-07-22'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2025-07-31', 0, '2025-07-31'],
  ])('%s and %i business days is %s', (day, n, expected) => {
    expect(addBusinessDays(day, n, NONE)).toBe(expected);
  });

  test.each([
    [2025, 7, '2025-07-31'],
    [2025, 12, '2025-12-26'],
    [2026, 1, '2026-01-30'],
    [2025, 13, '2026-01-30'],
    [2028, 2, '2028-02-29'],
    [2026, 5, '2026-05-29'],
  ])('the last of %i-%i is %s', (year, month, expected) => {
    expect(lastBusinessDayOfMonth(year, month, NONE)).toBe(expected);
  });

  const day = fc.integer({ min: 0, max: 365 * 20 }).map((days) => addDays('2019-05-01', days));

  test('going there and counting back agree, and every step ends on a business day', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), (from, n) => {
        const to = addBusinessDays(from, n, NONE);
        expect(businessDaysBetween(from, to, NONE)).toBe(n);
        expect(isBusinessDay(to, NONE)).toBe(true);
        expect(businessDaysBetween(to, from, NONE)).toBe(-n);
      }),
      { numRuns: 100 },
    );
  });
});
