import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFollowUps } from '../../src/reminders/follow-up.ts';
import { planned, reported, wellIn } from './made-up-office.ts';
import { moment, openOffice, postings } from './office-days.ts';

const figure = (value: number) => reported('employer_data_rate', value, '6月時点', { value: 3.9 });
const toTokyo = (posted: string[]) => posted.filter((one) => one.startsWith('C0TOKYO01'));

describe('what was over and holds again', () => {
  test('a figure that was mended by mistake: the same message is open again, and its thread says so each time', async () => {
    const office = await openOffice();
    await office.report('report.txt', { kpis: [figure(0.1)] });
    const [first] = await office.look('2025-07-10T09:00');
    for (const day of ['2025-07-11', '2025-07-14']) {
      await office.report('report.txt', { kpis: [figure(3)] });
      const resolved = await office.look(`${day}T09:00`);
      expect(postings(resolved)).toEqual(['C0TOKYO01 thread word']);
      expect(resolved.find(({ edited }) => edited)?.message.followUp).toBe('resolved');
      await office.report('report.txt', { kpis: [figure(0.1)] });
      const again = await office.look(`${day}T10:00`);
      expect(postings(again)).toEqual(['C0TOKYO01 thread word']);
      expect(again.find(({ edited }) => edited)).toMatchObject({
        ts: first?.ts,
        message: { followUp: 'open', items: [{ resolvedAt: null }] },
      });
    }
    expect(await office.look('2025-07-15T09:00')).toEqual([]);
  });

  test.each([
    ['worse than before', 0.05, '。前にお知らせした0.1％より悪くなっています。'],
    ['as before', 0.1, '。'],
  ])('one of two figures recovers and is behind again, %s: its thread says so', async (_, value, than) => {
    const office = await openOffice();
    const other = reported('judo_rate', 1.5, '6月時点', { op: '<=', value: 1, text: '1％以下' });
    await office.report('report.txt', { kpis: [figure(0.1), other] });
    const [first] = await office.look('2025-07-10T09:00');
    await office.report('report.txt', { kpis: [figure(3), other] });
    await office.look('2025-07-11T09:00');
    await office.report('report.txt', { kpis: [figure(value), other] });
    const words = (await office.look('2025-07-14T09:00')).filter(({ edited }) => !edited);
    expect(words.map(({ threadTs, message }) => [threadTs, message.content])).toEqual([
      [
        first?.ts,
        {
          type: 'word',
          words: [{ text: `再び遅れています：事業者健診データ取得率 ${value}％（6月時点）${than}` }],
          call: 'in_charge',
        },
      ],
    ]);
  });

  test('mended at night and spoilt again before the morning: it is sent', async () => {
    const office = await openOffice();
    await office.report('report.txt', { kpis: [figure(0.1)] });
    await office.look('2025-07-10T20:00');
    await office.report('report.txt', { kpis: [figure(3)] });
    await office.look('2025-07-10T21:00');
    await office.report('report.txt', { kpis: [figure(0.1)] });
    await office.look('2025-07-10T22:00');
    expect(postings(await office.look('2025-07-11T09:00'))).toEqual([
      'C0TOKYO01 notice kpi_behind:quarter_end',
    ]);
  });

  test('a report that is taken back is missing again', async () => {
    const office = await openOffice();
    const [first] = await office.look('2025-07-22T09:00');
    await office.report('report.txt', { kpis: [wellIn('6月時点')] });
    await office.look('2025-07-23T09:00');
    await office.report('report.txt', { kpis: planned(['東京']) });
    const again = await office.look('2025-07-23T10:00');
    expect(again.find(({ edited }) => edited)).toMatchObject({
      ts: first?.ts,
      message: { followUp: 'open' },
    });
    expect(toTokyo(postings(await office.look('2025-07-30T09:00')))).toEqual([
      'C0TOKYO01 thread word report_overdue:before_1',
    ]);
  });

  test('a clock that was a year ahead for a moment loses nothing', async () => {
    const office = await openOffice();
    await office.report('report.txt', { kpis: [figure(0.1)] });
    const [first] = await office.look('2025-07-10T09:00');
    await office.look('2026-12-10T09:00');
    const again = await office.look('2025-07-10T09:10');
    expect(again.filter(({ edited, ts }) => edited && ts === first?.ts).at(-1)?.message.followUp).toBe(
      'open',
    );
  });
});

describe('while a later quarter’s report is missing', () => {
  const late = (value: number, asOf: string) => reported('employer_data_rate', value, asOf, { value: 3.9 });

  test('an older figure is told of once, and not again while nothing newer comes', async () => {
    const office = await openOffice();
    await office.look('2025-08-08T09:00');
    await office.report('report.txt', { kpis: [late(0.1, '5月時点')] });
    const told: string[] = [];
    for (const day of ['2025-08-12', '2025-10-22', '2025-10-30', '2025-11-04', '2026-01-21']) {
      const posted = postings(await office.look(`${day}T09:00`)).join();
      if (posted.includes('kpi_behind')) told.push(day);
    }
    expect(told).toEqual(['2025-08-12']);
  });

  test('a worse figure of an earlier quarter that comes late is told of', async () => {
    const office = await openOffice();
    await office.report('report.txt', { kpis: [late(0.6, '6月時点'), wellIn('6月時点')] });
    await office.look('2025-07-10T09:00');
    await office.look('2025-11-06T09:00');
    await office.report('report.txt', { kpis: [late(0.5, '8月時点'), wellIn('6月時点')] });
    const shown = await office.look('2025-11-07T09:00');
    const lines = shown.flatMap(({ message, edited }) =>
      edited ? [] : message.items.map(({ reminder }) => reminder.line),
    );
    expect(lines).toEqual([expect.stringContaining('0.5％（8月時点）')]);
  });
});

test('two people at the same moment: one confirmed it, and the message and its thread name the same', async () => {
  const office = await openOffice();
  const { acknowledge } = createFollowUps(office.store.outbox);
  const [first] = await office.look('2025-07-22T09:00');
  const click = (by: string) =>
    acknowledge({ messageId: first?.message.id ?? 0, by, now: moment('2025-07-22T10:00') });
  expect(await Promise.all([click('U0REPORT1'), click('U0STAFF01')])).toEqual(['done', 'done']);
  const message = await office.store.outbox.message(first?.message.id ?? 0);
  const [word, ...rest] = (await office.look('2025-07-22T10:05')).filter(({ threadTs }) => threadTs !== null);
  expect(rest).toEqual([]);
  expect(JSON.stringify(word?.message.content)).toContain(message?.followedBy ?? '?');
});

test('whatever people and figures do, in any order: one message, open exactly while the figure is behind', {
  timeout: 60_000,
}, async () => {
  const acts = ['acknowledge', 'snooze', 'reassign', 'mended', 'behind', 'later', 'clock back'] as const;
  const anyOrder = fc.array(fc.constantFrom(...acts), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(anyOrder, async (order) => {
      const office = await openOffice();
      const { acknowledge, snooze, reassign } = createFollowUps(office.store.outbox);
      await office.report('report.txt', { kpis: [figure(0.1)] });
      const messageId = (await office.look('2025-07-18T09:00'))[0]?.message.id ?? 0;
      let day = 18;
      let isBehind = true;
      for (const act of order) {
        const by = { messageId, by: 'U0STAFF01', now: moment(`2025-07-${day}T10:00`) };
        if (act === 'acknowledge') await acknowledge(by);
        else if (act === 'snooze') await snooze(by, `2025-07-${day + 1}`);
        else if (act === 'reassign') await reassign(by, 'U0ADMIN01');
        else if (act === 'later') day += 1;
        else if (act === 'clock back') day -= 1;
        else isBehind = act === 'behind';
        await office.report('report.txt', { kpis: [figure(isBehind ? 0.1 : 3)] });
        await office.look(`2025-07-${day}T11:00`);
      }
      await office.look('2025-07-29T09:00');
      const message = await office.store.outbox.message(messageId);
      expect(message?.followUp === 'resolved').toBe(!isBehind);
      expect(message?.items.map(({ resolvedAt }) => resolvedAt === null)).toEqual([isBehind]);
      expect(postings(office.shown).filter((one) => one.includes('kpi_behind'))).toHaveLength(1);
    }),
    { numRuns: 15 },
  );
});
