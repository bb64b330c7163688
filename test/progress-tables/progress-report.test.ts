import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { progressReport } from '../../src/progress-tables/progress-report.ts';
import { statusesOf } from '../reminders/made-up-office.ts';
import { measure, planned, printed, reportOf, rowsOf, told } from './made-up-report.ts';

describe('a report of a quarter', () => {
  test('has a row a KPI, grouped and ordered as the plan does', () => {
    const report = reportOf({
      kpis: [
        printed('checkup_rate', 20, '5月時点'),
        printed('generic_rate', 80, '4月時点', { section: ['2.医療費'] }),
        printed('employer_data_rate', 3, '6月時点', { section: ['1. 基盤の強化', 'Ⅰ.健診', '（1）受診'] }),
        planned('sns', { section: [] }),
      ],
    });
    expect(
      report.pillars.map(({ heading, sections }) => [
        heading,
        sections.map((one) => [one.heading, one.rows.length]),
      ]),
    ).toEqual([
      ['1.基盤の強化', [['Ⅰ.健診 ＞ （1）受診', 2]]],
      ['2.医療費', [['', 1]]],
      ['その他', [['', 1]]],
    ]);
    expect(report.title).toBe('令和7年度 第1四半期 KPIの進捗状況（東京支部）');
    expect(report.subtitle).toBe('実績の時点：4月時点～6月時点（KPIごとに記載）　作成：令和7年8月1日');
  });

  test('says target, actual, as of, last year, our mark and where it stands', () => {
    const [row] = rowsOf(reportOf({ kpis: [printed('checkup_rate', 9, '５月時点', { previous: 57 })] }));
    expect(row).toMatchObject({
      name: '生活習慣病予防健診実施率',
      target: { text: '60％以上', value: 60 },
      actual: { text: '9％', value: 9 },
      asOf: '５月時点',
      previous: { text: '57％', value: 57 },
      evaluation: '―',
      mark: '遅れ ▲',
      next: '―',
      source: '[1] 3ページ・12行目',
    });
  });

  test('says what is unknown, and that it is', () => {
    const report = reportOf({ kpis: [planned('checkup_rate')] });
    expect(rowsOf(report)[0]).toMatchObject({
      actual: { text: '―', value: null },
      asOf: '―',
      previous: { text: '―', value: null },
      mark: '未報告 ―',
    });
    expect(report.title).toBe('令和7年度 KPIの進捗状況（東京支部）');
    expect(report.notes.join()).toContain('この年度の実績は、資料にありません。');
  });

  test.each([
    ['the last one that was reported', null, '31％', 2],
    ['the first', 1, '8％', 1],
    ['one that nobody has reported on yet: the newest before it', 4, '31％', 4],
  ] as const)('of %s', (_, quarter, actual, shown) => {
    const report = reportOf({
      kpis: [printed('checkup_rate', 8, '5月時点')],
      actuals: [told('2025-09-30', 31)],
      quarter,
    });
    expect(rowsOf(report)[0]?.actual.text).toBe(actual);
    expect(report.quarter).toBe(shown);
  });

  test('leaves out what came after the quarter, and says so', () => {
    const report = reportOf({
      kpis: [printed('checkup_rate', 31, '9月時点')],
      quarter: 1,
      measures: [measure('①', { evaluation: '○' })],
    });
    expect(rowsOf(report)[0]).toMatchObject({ actual: { text: '―' }, evaluation: '―', mark: '未報告 ―' });
    expect(report.notes.join()).toContain('第1四半期より後の実績があるKPIが1件');
  });

  test('adds a proviso of the target to the KPI', () => {
    const kpi = planned('single_bid');
    const report = reportOf({
      kpis: [{ ...kpi, target: { ...kpi.target, proviso: '20件以下のときは3件以下' } }],
    });
    expect(rowsOf(report)[0]?.name).toMatch(/\n※20件以下のときは3件以下$/);
  });

  test("takes last year's figure from last year's report where this year's does not print it", () => {
    const kpis = [
      printed('checkup_rate', 9, '5月時点'),
      printed('checkup_rate', 55, '3月時点', {
        fy: 6,
        file: 'old.txt',
        source: { file: 'old.txt', line: 7, page: null, title: '令和6年度 実施状況（東京支部）' },
      }),
    ];
    const report = reportOf({ kpis });
    expect(rowsOf(report)[0]).toMatchObject({
      previous: { text: '55％', value: 55 },
      source: '目標・実績 [1] 3ページ・12行目\n前年度 [2] 7行目',
    });
    expect(report.documents).toHaveLength(2);
  });
});

describe('evaluations and next steps', () => {
  const kpis = [printed('checkup_rate', 9, '5月時点')];

  test('are those of the measures around the KPI, with their numbers', () => {
    const measures = [
      measure('①', { evaluation: '○', next: '9月に\n案内を送る' }),
      measure('②', { evaluation: '△', next: '―' }),
      measure('③', { evaluation: '×', section: ['2.医療費'] }),
    ];
    const report = reportOf({ kpis, measures });
    expect(rowsOf(report)[0]).toMatchObject({ evaluation: '①○ ②△', next: '①9月に 案内を送る' });
    expect(report.notes.join()).toContain('丸数字は同じ項目の取組の番号');
  });

  test('of the points of a list are lines', () => {
    const [row] = rowsOf(reportOf({ kpis, measures: [measure('①', { next: '• 一つめ\n• 二つめ' })] }));
    expect(row?.next).toBe('①・一つめ\n・二つめ');
  });

  test('are what staff say of the KPI itself, where they do', () => {
    const actuals = [
      told('2025-09-30', 31, { evaluation: '△', next: { text: '10月に電話する', due: '2025-10-31' } }),
    ];
    const [row] = rowsOf(reportOf({ kpis, actuals, measures: [measure('①', { evaluation: '○' })] }));
    expect(row).toMatchObject({ evaluation: '△', next: '10月に電話する' });
  });

  test('of another document are left to it', () => {
    const source = { ...measure('①').source, file: 'other.txt' };
    expect(
      rowsOf(reportOf({ kpis, measures: [measure('①', { evaluation: '○', source })] }))[0]?.evaluation,
    ).toBe('―');
  });
});

test('of a draft and a plan that was decided, the plan is reported', () => {
  const both = ['a-draft.txt', 'plan.txt'].map((file, at) => {
    const { target, source, ...kpi } = planned('checkup_rate');
    return { ...kpi, target: { ...target, text: `${50 + at * 10}％以上` }, source: { ...source, file } };
  });
  const documents = statusesOf({ 'a-draft.txt': 'draft', 'plan.txt': 'approved' });
  expect(rowsOf(reportOf({ kpis: both, documents })).map(({ target }) => target.text)).toEqual(['60％以上']);
});

test('a year without a KPI has no report', () => {
  const parts = {
    quarter: null,
    documents: [],
    actuals: [],
    measures: [],
    catalogue: loadCatalogue(),
    today: '2025-08-01',
  };
  expect(progressReport({ ...parts, branch: '東京', fy: 6, kpis: [planned('checkup_rate')] })).toBeNull();
  expect(progressReport({ ...parts, branch: '大阪', fy: 7, kpis: [planned('checkup_rate')] })).toBeNull();
});

test('the head office has one of its own', () => {
  expect(reportOf({ branch: '本部', kpis: [planned('checkup_rate', { branch: '本部' })] }).title).toBe(
    '令和7年度 KPIの進捗状況（本部）',
  );
});
