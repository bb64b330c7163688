import { describe, expect, test } from 'vitest';
import { standingsOf } from '../../src/model/standing.ts';
import { reportState } from '../../src/reminders/quarter-report.ts';
import { catalogueOf, reported } from './made-up-office.ts';

const catalogue = catalogueOf('東京');

function stateOn(today: string, asOf: string | null) {
  const kpis = asOf === null ? [] : [reported('mail_rate', 98, asOf, { value: 98 })];
  const standings = standingsOf({ kpis, parts: [], actuals: [], catalogue, branch: '東京', fy: 7 });
  return reportState({ standings, today, calendar: catalogue.calendar });
}

describe("whether a branch's report is in", () => {
  test.each([
    ['2025-07-25', '6月末時点', { isIn: true }],
    ['2025-07-25', '５月時点', { isIn: false, daysLeft: 4 }],
    ['2025-07-31', '５月時点', { isIn: false, daysLeft: 0 }],
    ['2025-08-05', '５月時点', { isIn: false, daysLeft: -3 }],
    ['2025-08-05', '９月時点', { isIn: true }],
  ])('on %s, with figures as of %s', (today, asOf, expected) => {
    expect(stateOn(today, asOf)).toMatchObject({
      period: { fy: 7, quarter: 1 },
      due: '2025-07-31',
      ...expected,
    });
  });

  test('has no answer where no plan of the year is known: there is nothing to report on', () => {
    expect(stateOn('2025-08-05', null)).toBeNull();
  });

  test('asks for the next quarter once its first notice is near', () => {
    expect(stateOn('2025-10-30', '6月末時点')).toMatchObject({
      period: { fy: 7, quarter: 2 },
      isIn: false,
    });
  });
});
