import { describe, expect, test } from 'vitest';
import type { Measure } from '../../src/model/measure.ts';
import type { ReminderKind } from '../../src/model/reminder.ts';
import { findDue, severity } from '../../src/reminders/due.ts';
import {
  budget,
  measure,
  OFFICE_OWNER,
  type Office,
  promise,
  reported,
  situationOf,
  wellIn,
} from './made-up-office.ts';

async function dueOf(office: Office) {
  return findDue(await situationOf(office));
}

async function ofKind(kind: ReminderKind, office: Office) {
  return (await dueOf(office)).filter((reminder) => reminder.kind === kind);
}

describe('a quarter’s report that is not in', () => {
  test.each([
    ['2025-07-18', 'weekly_2', 'the quarter before is asked for until the next one’s first notice'],
    ['2025-07-22', 'before_7', 'seven business days before'],
    ['2025-07-29', 'before_7', 'nothing new in between'],
    ['2025-07-30', 'before_1', 'one business day before'],
    ['2025-07-31', 'due', 'on the day'],
    ['2025-08-04', 'due', 'two business days late'],
    ['2025-08-05', 'after_3', 'three'],
    ['2025-08-07', 'after_3', 'five'],
    ['2025-08-08', 'after_6', 'six'],
    ['2025-08-12', 'after_6', '山の日 does not count'],
    ['2025-08-16', 'after_6', 'a Saturday says what Friday said'],
    ['2025-08-15', 'after_6', 'two repeats are enough'],
    ['2025-08-18', 'weekly_1', 'a week later'],
    ['2025-08-25', 'weekly_2', 'and another'],
    ['2025-10-21', 'weekly_2', 'then the digest alone tells it'],
  ])('%s: %s (%s)', async (today, stage) => {
    const found = await ofKind('report_overdue', { today });
    expect(found.find(({ audience }) => audience === 'branch')?.stage).toBe(stage);
  });

  test('follows a day that the calendar closes: the deadline lies a day before, and all stages with it', async () => {
    const situation = await situationOf({ today: '2025-07-21' });
    const { catalogue } = situation;
    const calendar = { ...catalogue.calendar, closed_days: ['2025-07-31'], open_days: ['2025-07-21'] };
    const [report] = findDue({ ...situation, catalogue: { ...catalogue, calendar } });
    expect([report?.stage, report?.due]).toEqual(['before_7', '2025-07-30']);
  });

  test.each([
    ['2025-08-06', false],
    ['2025-08-07', true],
    ['2025-09-10', true],
  ])('%s: told to the head office: %s', async (today, isTold) => {
    const found = await ofKind('report_overdue', { today });
    expect(found.some(({ audience, channel }) => audience === 'head_office' && channel === 'C0HONBU01')).toBe(
      isTold,
    );
  });

  test('is over when a figure of the quarter’s last month is there', async () => {
    expect(await dueOf({ today: '2025-08-08', kpis: [wellIn('6月時点')] })).toEqual([]);
    expect(await ofKind('report_overdue', { today: '2025-08-08', kpis: [wellIn('5月時点')] })).toHaveLength(
      2,
    );
  });

  test('is not late on the day itself, and older figures are spoken of until then', async () => {
    const older = reported('employer_data_rate', 0.1, '5月時点', { value: 3.9 });
    const found = await dueOf({ today: '2025-07-31', kpis: [older] });
    expect(found.map(({ kind }) => kind)).toEqual(['report_overdue', 'kpi_behind']);
    expect(found[0]?.text).toBe(
      '東京支部の令和7年度第1四半期の実施状況報告は、本日が期限です。5月時点の数値は1件届いています。',
    );
    expect(found[0]?.line).toContain('期限 7月31日（木）（本日）');
  });

  test('is asked of branches, not of the head office', async () => {
    const found = await dueOf({ today: '2025-07-31', branches: ['本部'] });
    expect(found).toEqual([]);
  });

  test('says what is missing, since when, and whom it is for', async () => {
    const [first] = await ofKind('report_overdue', { today: '2025-08-05' });
    expect(first).toMatchObject({
      branch: '東京',
      fy: 7,
      period: 'R7Q1',
      due: '2025-07-31',
      channel: 'C0TOKYO01',
      mentions: ['U0REPORT1', 'U0STAFF01'],
      text: '東京支部の令和7年度第1四半期の実施状況報告がまだ届いていません。期限は7月31日（木）で、3営業日過ぎています。',
    });
  });
});

describe('a figure behind', () => {
  const behind = reported('employer_data_rate', 0.1, '5月時点', { value: 3.9 });

  test('says actual, target, what was expected and why, the gap, the pace and the place', async () => {
    const [found] = await ofKind('kpi_behind', { today: '2025-06-10', kpis: [behind] });
    expect(found).toMatchObject({
      indicator: 'employer_data_rate',
      yardstick: 'cumulative',
      actual: 0.1,
      asOf: '5月時点',
      expected: 0.65,
      target: 3.9,
      gap: 0.55,
      stage: 'actual',
      period: 'R7Q1',
      source: { file: 'report.txt', line: 12 },
    });
    expect(found?.text).toContain('3.9％×2か月÷12か月');
    expect(found?.text).toContain('この時点から残り10か月で毎月0.38ポイント');
  });

  test('comes again when the quarter has ended, and with every new actual', async () => {
    const keys: (string | undefined)[] = [];
    for (const [today, kpi] of [
      ['2025-06-10', behind],
      ['2025-06-30', behind],
      ['2025-07-01', behind],
      ['2025-07-10', reported('employer_data_rate', 0.2, '6月時点', { value: 3.9 })],
    ] as const) {
      keys.push((await ofKind('kpi_behind', { today, kpis: [kpi] }))[0]?.key);
    }
    expect(new Set(keys).size).toBe(3);
    expect(keys[1]).toBe(keys[0]);
  });

  test('is told of while the quarter’s report is missing, but not told again when the quarter has ended', async () => {
    const found = await dueOf({ today: '2025-08-08', kpis: [behind] });
    expect(found.map(({ kind, stage }) => [kind, stage])).toEqual([
      ['report_overdue', 'after_6'],
      ['report_overdue', 'escalated'],
      ['kpi_behind', 'actual'],
    ]);
  });

  test('follows last year’s curve where it is known', async () => {
    const slow = (asOf: string, value: number) => ({
      branch: '東京',
      fy: 6,
      indicator: 'employer_data_rate',
      asOf,
      value,
      text: `${value}％`,
      note: null,
    });
    const actuals = [slow('2024-05-31', 0.05), slow('2025-03-31', 3.5)];
    expect(await ofKind('kpi_behind', { today: '2025-06-10', kpis: [behind], actuals })).toEqual([]);
    const faster = [slow('2024-05-31', 0.35), slow('2025-03-31', 3.5)];
    const [found] = await ofKind('kpi_behind', { today: '2025-06-10', kpis: [behind], actuals: faster });
    expect(found).toMatchObject({ expected: 0.39, gap: 0.29 });
    expect(found?.text).toContain('3.9％×前年度の同じ時期0.35％÷前年度末3.5％');
  });

  test('a relative target is held against last year, which another report may know', async () => {
    const relative = { value: null, relative: 'prev_year', text: '対前年度以上' } as const;
    const kpi = reported('card_recovery', 90, '5月時点', relative);
    expect(await ofKind('kpi_behind', { today: '2025-06-10', kpis: [kpi] })).toEqual([]);
    const last = reported('card_recovery', 92, '3月時点', relative, { fy: 6, file: 'last.txt' });
    const [found] = await ofKind('kpi_behind', { today: '2025-06-10', kpis: [kpi, last] });
    expect(found).toMatchObject({ target: 92, gap: 2 });
    expect(found?.text).toContain('対前年度以上（前年度92％）');
  });

  test('at the year’s end the target itself counts, until the new year reports', async () => {
    const final = reported('employer_data_rate', 3.8, '3月時点', { value: 3.9 });
    const [found] = await ofKind('kpi_behind', { today: '2026-04-20', kpis: [final] });
    expect(found).toMatchObject({ fy: 7, period: 'R7Q4', expected: 3.9, gap: 0.1, stage: 'quarter_end' });
    expect(await ofKind('kpi_behind', { today: '2026-08-01', kpis: [final] })).toEqual([]);
  });

  test('tells no pace for a year that is over', async () => {
    const [found] = await ofKind('kpi_behind', { today: '2026-04-20', kpis: [behind, wellIn('12月時点')] });
    expect(found?.text).toContain('年度は終わりましたが、年度末の実績の報告がありません。');
    expect(found?.text).not.toContain('毎月');
  });
});

describe('promises', () => {
  const september = promise('講習会を9月に開く', '2025-09-01', '2025-09-30');

  test.each([
    ['2025-06-30', null],
    ['2025-07-01', 'commitment_due'],
    ['2025-09-30', 'commitment_due'],
    ['2025-10-01', 'commitment_overdue'],
    ['2026-05-01', null],
  ])('%s: %s', async (today, kind) => {
    const found = await dueOf({ today, kpis: [wellIn('6月時点')], commitments: [september] });
    expect(found.find(({ item }) => item !== null)?.kind ?? null).toBe(kind);
  });

  test.each([
    ['2025-07-01', '講習会を隔週で開く　7月からの予定'],
    ['2025-07-31', '講習会を隔週で開く　7月からの予定'],
    ['2025-08-01', '講習会を隔週で開く　7月からの予定／実施したという報告はありません。'],
  ])('what begins within a month is not late before the month is over: %s', async (today, line) => {
    const begins = promise('講習会を隔週で開く', '2025-07-01', '2025-07-01', {
      when: '令和7年7月',
      subject: '講習会を隔週で開く',
    });
    const found = await dueOf({ today, kpis: [wellIn('6月時点')], commitments: [begins] });
    const own = found.find(({ item }) => item !== null);
    expect([own?.line, own?.detail].filter((words) => words).join('／')).toBe(line);
  });

  test.each([
    ['2026-06-30', 'due'],
    ['2026-07-01', 'overdue'],
    ['2027-03-31', 'overdue'],
    ['2027-04-30', 'year_end'],
    ['2027-05-01', undefined],
  ])('of the next year, given with the last report of this one: on %s %s', async (today, stage) => {
    const commitments = [promise('講習会を6月に開く', '2026-06-01', '2026-06-30')];
    const found = await dueOf({ today, kpis: [wellIn('3月時点')], commitments });
    expect(found.find(({ item }) => item !== null)?.stage).toBe(stage);
  });

  test('of the next year: the next year’s report tells what became of it', async () => {
    const commitments = [promise('講習会を6月に開く', '2026-06-01', '2026-06-30')];
    const kpis = [wellIn('3月時点'), wellIn('6月時点', { fy: 8, file: 'r8.txt' })];
    const measures = [measure('講習会を開いた。', 'r8.txt', { fy: 8 })];
    const office = { today: '2026-08-20', kpis, commitments };
    expect(await ofKind('commitment_overdue', office)).toHaveLength(1);
    expect(await ofKind('commitment_overdue', { ...office, measures })).toEqual([]);
  });

  test.each<[string, string, Partial<Measure>, number]>([
    ['a report of its month that speaks of the measure', '9月時点', {}, 0],
    ['a figure alone', '9月時点', { number: '②' }, 1],
    ['a report that says nothing of the measure', '9月時点', { progress: '―' }, 1],
    ['a report of another part', '9月時点', { section: ['(2)広報'] }, 1],
    ['a report from before its month', '8月時点', {}, 1],
    ['a report of another branch', '9月時点', { branch: '群馬' }, 1],
  ])('after its day: %s', async (_, asOf, over, open) => {
    const first = [wellIn('6月時点', { file: 'first.txt' }), wellIn(asOf, { file: 'second.txt' })];
    const given = {
      ...september,
      section: ['(1)保健事業'],
      source: { ...september.source, file: 'first.txt' },
    };
    const measures = [measure('講習会を開いた。', 'second.txt', { section: ['(1)保健事業'], ...over })];
    const office = { today: '2025-10-20', commitments: [given], kpis: first, measures };
    expect(await ofKind('commitment_overdue', office)).toHaveLength(open);
  });

  test.each([
    '講習会は実施しなかった。',
    '講習会の開催には至らなかった。',
    '日程が合わず、講習会の開催に至らず。',
    '講習会の開催を見合わせた。',
    '講習会は取りやめた。',
    '講習会は取り止めとなった。',
    '講習会は実施せず、資料を配付した。',
    '大雪のため講習会を中止した。',
    '会場が確保できず講習会を開けていません。',
    '講習会は延期した。',
    '講習会を開くことができなくなった。',
  ])('a report that says that it did not come about keeps it open and says so: %s', async (progress) => {
    const kpis = [wellIn('6月時点', { file: 'first.txt' }), wellIn('9月時点', { file: 'second.txt' })];
    const given = { ...september, source: { ...september.source, file: 'first.txt' } };
    const office = { today: '2025-10-20', kpis, commitments: [given] };
    const [found] = await ofKind('commitment_overdue', {
      ...office,
      measures: [measure(progress, 'second.txt')],
    });
    expect(found?.detail).toBe('その後の報告では、実施していないとのことです。');
    const [before] = await ofKind('commitment_overdue', office);
    expect(before?.version).not.toBe(found?.version);
  });

  test.each([
    '講習会を予定どおり開催した。',
    'まず、講習会を開催した。',
    '天候にかかわらず、講習会を開催した。',
    '講習会を開催した。参加者は少なかった。',
    '講習会を漏れのないよう全事業所に案内し開催した。',
  ])('a report that says that it came about ends it: %s', async (progress) => {
    const kpis = [wellIn('6月時点', { file: 'first.txt' }), wellIn('9月時点', { file: 'second.txt' })];
    const given = { ...september, source: { ...september.source, file: 'first.txt' } };
    const measures = [measure(progress, 'second.txt')];
    const office = { today: '2025-10-20', kpis, commitments: [given], measures };
    expect(await ofKind('commitment_overdue', office)).toEqual([]);
  });

  test('says what it is about, unless its own words do', async () => {
    const under = (section: string) => ({ ...september, section: ['1.計画', section] });
    const texts = ['(1)保健事業', '講習会'].map(async (section) => {
      const found = await ofKind('commitment_due', { today: '2025-09-01', commitments: [under(section)] });
      return found[0]?.text;
    });
    expect(await Promise.all(texts)).toEqual([
      expect.stringContaining('予定「講習会を開く」（計画・保健事業 ①）は9月30日（火）が期限です。'),
      expect.stringContaining('予定「講習会を開く」は9月30日（火）が期限です。'),
    ]);
  });

  test('printed under three measures it is one promise', async () => {
    const twins = [1, 2, 3].map((number) => ({ ...september, number: `${number}` }));
    const found = await ofKind('commitment_due', { today: '2025-09-01', commitments: twins });
    expect(found).toHaveLength(1);
  });
});

describe('budgets', () => {
  test.each([
    ['2025-09-30', 0, 'in the second quarter'],
    ['2025-10-01', 1, 'after it'],
    ['2026-01-05', 1, 'after the third'],
    ['2026-04-01', 1, 'when the year is over'],
    ['2026-05-01', 0, 'after the last report was due'],
  ])('%s: %i not begun (%s)', async (today, count) => {
    expect(await ofKind('budget_unstarted', { today, budgets: [budget('チラシ')] })).toHaveLength(count);
  });

  test('not begun is said once, and once more when the year is over', async () => {
    const keyOn = async (today: string) =>
      (await ofKind('budget_unstarted', { today, budgets: [budget('チラシ')] }))[0]?.key;
    const keys = await Promise.all(['2025-10-01', '2026-01-05', '2026-04-01', '2026-04-30'].map(keyOn));
    expect([keys[0] === keys[1], keys[1] === keys[2], keys[2] === keys[3]]).toEqual([true, false, true]);
  });

  test('more was spent than planned: at once, with the sum', async () => {
    const spent = budget('動画', { executedYen: 1_200_000, status: '契約済み' });
    const [found] = await ofKind('budget_over', { today: '2025-05-01', budgets: [spent] });
    expect(found).toMatchObject({ actual: 1_200_000, expected: 1_000_000, gap: 200_000 });
    expect(found?.text).toContain('200,000円上回っています');
    const all = budget('動画', { executedYen: 1_000_000, status: '契約済み' });
    expect(await ofKind('budget_over', { today: '2025-05-01', budgets: [all] })).toEqual([]);
  });
});

describe('nobody to tell', () => {
  test('is an item for the head office, once a quarter, with how much there would be to say', async () => {
    const office = {
      today: '2025-07-31',
      owners: [OFFICE_OWNER],
      budgets: [budget('動画', { executedYen: 2_000_000 })],
    };
    const found = await dueOf(office);
    expect(found.filter(({ audience }) => audience === 'branch').map(({ channel }) => channel)).toEqual([
      null,
      null,
    ]);
    expect(found.at(-1)).toMatchObject({
      kind: 'owner_missing',
      channel: 'C0HONBU01',
      text: '東京支部に知らせることが2件ありますが、担当者とチャンネルが登録されていません。',
    });
    const later = await dueOf({ ...office, today: '2025-08-15' });
    expect(later.at(-1)?.key).toBe(found.at(-1)?.key);
  });

  test('where all is well nothing is said, also without owners', async () => {
    expect(await dueOf({ today: '2025-08-08', kpis: [wellIn('6月時点')], owners: [] })).toEqual([]);
  });
});

test.each([
  [3, 60, 0.05],
  [3, -60, 0.05],
  [3, 0, 0],
  [3, null, 0],
  [null, 60, 0],
])('a gap of %s to %s weighs %d', (gap, expected, weight) => {
  expect(severity({ gap, expected })).toBe(weight);
});
