import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/model/calendar-day.ts';
import { budget, promise, reported, wellIn } from './made-up-office.ts';
import { openOffice, postings } from './office-days.ts';

const NOTICE = 'C0TOKYO01 notice';
const WORD = 'C0TOKYO01 thread word';

/** Every day of a stretch at nine, as [day, what was posted to 東京]. */
async function days(office: Awaited<ReturnType<typeof openOffice>>, from: string, to: string) {
  const found: [string, string][] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    for (const posting of postings(await office.look(`${day}T09:00`))) {
      if (posting.startsWith('C0TOKYO01')) found.push([day, posting]);
    }
  }
  return found;
}

describe('a missing report, day by day', () => {
  test('one message, the later stages in its thread, each once, on business days', async () => {
    const office = await openOffice();
    expect(await days(office, '2025-07-22', '2025-09-30')).toEqual([
      ['2025-07-22', `${NOTICE} report_overdue:before_7`],
      ['2025-07-30', `${WORD} report_overdue:before_1`],
      ['2025-07-31', `${WORD} report_overdue:due`],
      ['2025-08-05', `${WORD} report_overdue:after_3`],
      ['2025-08-08', `${WORD} report_overdue:after_6`],
      ['2025-08-18', `${WORD} report_overdue:weekly_1`],
      ['2025-08-25', `${WORD} report_overdue:weekly_2`],
    ]);
  });

  test('Golden Week: the last quarter is due on 30 April, and the next word waits for 12 May', async () => {
    const office = await openOffice(undefined, '2025-04-01');
    expect(await days(office, '2025-04-18', '2025-05-12')).toEqual([
      ['2025-04-18', `${NOTICE} report_overdue:before_7`],
      ['2025-04-28', `${WORD} report_overdue:before_1`],
      ['2025-04-30', `${WORD} report_overdue:due`],
      ['2025-05-07', `${WORD} report_overdue:after_3`],
      ['2025-05-12', `${WORD} report_overdue:after_6`],
    ]);
  });

  test('year end: nothing between 27 December and 4 January', async () => {
    const office = await openOffice();
    await office.report('report.txt', {
      kpis: [wellIn('9月時点')],
      commitments: [promise('説明会を開く', '2025-12-24', '2025-12-24')],
      budgets: [budget('チラシ')],
    });
    const found = await days(office, '2025-12-24', '2026-01-07');
    expect(found.length).toBeGreaterThan(1);
    expect(found.filter(([day]) => day >= '2025-12-27' && day <= '2026-01-04')).toEqual([]);
  });

  test('29 February is a business day like others, and counts', async () => {
    const office = await openOffice(undefined, '2023-04-01');
    await days(office, '2024-01-22', '2024-02-01');
    Object.assign(office.catalogue, { calendar: { ...office.catalogue.calendar, repeat_at_most: 9 } });
    const found = await days(office, '2024-02-26', '2024-03-04');
    expect(new Set(found.map(([, posting]) => posting)).size).toBe(found.length);
    expect(found.map(([day]) => day)).toEqual(['2024-02-26', '2024-02-28', '2024-03-04']);
  });
});

describe('clocks that are wrong', () => {
  test('a machine asleep for three weeks says the last stage, once', async () => {
    const office = await openOffice();
    await office.look('2025-07-22T09:00');
    expect(await days(office, '2025-08-12', '2025-08-13')).toEqual([
      ['2025-08-12', `${WORD} report_overdue:after_6`],
    ]);
  });

  test('a clock set back says nothing again, and nothing old', async () => {
    const office = await openOffice();
    await office.look('2025-08-05T09:00');
    expect(await days(office, '2025-07-22', '2025-08-07')).toEqual([]);
    expect(await days(office, '2025-08-08', '2025-08-08')).toEqual([
      ['2025-08-08', `${WORD} report_overdue:after_6`],
    ]);
  });

  test('a lease from a future that was set back binds nobody', async () => {
    const office = await openOffice();
    const { store } = office;
    await office.look('2025-07-22T02:00');
    const ahead = new Date('2025-08-12T03:00:00Z');
    expect(await store.outbox.claim('dead', ahead, 60_000)).not.toBeNull();
    expect(postings(await office.look('2025-07-22T09:00'))).toEqual([`${NOTICE} report_overdue:before_7`]);
  });

  test('whenever it looks, over whatever weeks, no key is posted twice and the last stage is said', async () => {
    const hops = fc.array(fc.integer({ min: -5, max: 30 }), { minLength: 3, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(hops, async (steps) => {
        const office = await openOffice();
        let day = '2025-07-22';
        let furthest = day;
        for (const step of steps) {
          day = addDays(day, step);
          furthest = day > furthest ? day : furthest;
          await office.look(`${day}T10:00`);
        }
        const { store, shown } = office;
        const keys = shown.filter(({ edited }) => !edited).map(({ message }) => message.key);
        expect(new Set(keys).size).toBe(keys.length);
        expect((await store.outbox.messages()).every(({ state }) => state !== 'claimed')).toBe(true);
      }),
      { numRuns: 15 },
    );
  });
});

describe('quiet hours', () => {
  test.each([
    ['2025-07-22T08:59', 0],
    ['2025-07-22T09:00', 1],
    ['2025-07-22T17:59', 1],
    ['2025-07-22T18:00', 0],
    ['2025-07-26T10:00', 0],
    ['2025-08-11T10:00', 0],
  ])('%s: %i', async (at, count) => {
    const office = await openOffice();
    expect((await office.look(at)).filter(({ place }) => place === 'C0TOKYO01')).toHaveLength(count);
  });

  test('what was found at night goes out in the morning', async () => {
    const office = await openOffice();
    expect(await office.look('2025-07-22T23:00')).toEqual([]);
    expect(postings(await office.look('2025-07-23T09:00'))).toEqual([`${NOTICE} report_overdue:before_7`]);
  });
});

test('where all reports are in and all is well, a whole quarter passes in silence', async () => {
  const office = await openOffice();
  await office.report('report.txt', {
    kpis: [wellIn('9月時点'), reported('generic_rate', 90, '9月時点', { value: 88 })],
  });
  expect(await days(office, '2025-10-01', '2026-01-15')).toEqual([]);
  expect(office.shown).toEqual([]);
});
