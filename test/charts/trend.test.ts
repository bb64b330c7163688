import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { quarterTrend, yearTrend } from '../../src/charts/trend.ts';
import type { SourcedActual } from '../../src/model/known-figures.ts';
import type { Kpi } from '../../src/model/kpi.ts';
import { reported, statusesOf } from '../reminders/made-up-office.ts';

const catalogue = loadCatalogue();
const RATE = { value: 60 };
const DRAFT_AND_PLAN = statusesOf({ 'a-draft.txt': 'draft', 'plan.txt': 'approved' });

function parts(indicator: string, kpis: Kpi[], actuals: SourcedActual[] = []) {
  return { branch: '東京', indicator, kpis, documents: DRAFT_AND_PLAN, actuals, catalogue };
}

function actual(fy: number, asOf: string, value: number, indicator = 'checkup_rate'): SourcedActual {
  const source = { file: '表.csv', line: 2, page: null, title: '報告の表' };
  return { branch: '東京', fy, indicator, asOf, value, text: `${value}％`, note: null, source };
}

function seriesOf(drawing: ReturnType<typeof yearTrend>) {
  return Object.fromEntries(
    (drawing?.chart.series ?? []).map(({ name, points }) => [name, points.map(({ value }) => value)]),
  );
}

test('of a draft and a plan that was decided, the plan is drawn', () => {
  const both = ['a-draft.txt', 'plan.txt'].map((file, at) => ({
    ...reported('checkup_rate', null, '', { value: 50 + at * 10 }, { file }),
    actual: null,
  }));
  const reached = [actual(7, '2025-06-30', 8), actual(7, '2026-03-31', 58)];
  expect(seriesOf(quarterTrend(parts('checkup_rate', both, reached), 7)).目標).toEqual([60, 60, 60, 60]);
  expect(seriesOf(yearTrend(parts('checkup_rate', both, reached))).目標).toEqual([60]);
});

describe('the quarters of a year', () => {
  test('hold target, guide and what was reached', () => {
    const kpis = [reported('checkup_rate', 8, '５月時点', RATE, { previous: 57 })];
    const drawn = quarterTrend(parts('checkup_rate', kpis, [actual(7, '2025-09-30', 31)]), 7);
    expect(seriesOf(drawn)).toEqual({ 目標: [60, 60, 60, 60], 目安: [10, 30, 45, 60], 実績: [8, 31] });
    expect(drawn?.labels).toEqual([
      '第1四半期（５月時点）',
      '第2四半期（9月末時点）',
      '第3四半期（12月末）',
      '第4四半期（3月末）',
    ]);
    expect(drawn?.sources).toEqual(['令和7年度 事業計画（東京支部） 3ページ・12行目', '報告の表 2行目']);
  });

  test('of a level have no guide', () => {
    const kpis = [reported('counter_rate', 2.1, '5月時点', { op: '<=', value: 1.9 })];
    expect(Object.keys(seriesOf(quarterTrend(parts('counter_rate', kpis), 7)))).toEqual(['目標', '実績']);
  });

  test('show the year before beside them, as far as it is known', () => {
    const kpis = [reported('checkup_rate', 8, '6月時点', RATE)];
    const drawn = quarterTrend(
      parts('checkup_rate', kpis, [actual(6, '2024-06-30', 9), actual(6, '2025-03-31', 58)]),
      7,
    );
    expect(seriesOf(drawn).前年度の実績).toEqual([9, 58]);
  });

  test('say that nothing was reported yet', () => {
    const kpis = [{ ...reported('checkup_rate', null, '', RATE), actual: null }];
    const drawn = quarterTrend(parts('checkup_rate', kpis), 7);
    expect(seriesOf(drawn).実績).toBeUndefined();
    expect(drawn?.notes[0]).toBe('この年度の実績は、まだ報告されていません。');
  });

  test('call a relative target what it is', () => {
    const kpis = [
      reported('generic_rate', 80, '6月時点', { value: null, relative: 'prev_year' }, { previous: 79 }),
    ];
    expect(seriesOf(quarterTrend(parts('generic_rate', kpis), 7))['目標（前年度実績）']).toEqual([
      79, 79, 79, 79,
    ]);
  });

  test('are nothing where there is no figure at all, or no such year', () => {
    const kpis = [
      { ...reported('generic_rate', null, '', { value: null, relative: 'prev_year' }), actual: null },
    ];
    expect(quarterTrend(parts('generic_rate', kpis), 7)).toBeNull();
    expect(quarterTrend(parts('generic_rate', kpis), 6)).toBeNull();
  });
});

describe('the years', () => {
  test('hold targets and what each year ended with, with a place for years that nothing is known of', () => {
    const kpis = [
      reported('checkup_rate', null, '', { value: 50 }, { fy: 4 }),
      reported('checkup_rate', 8, '5月時点', RATE, { previous: 57 }),
    ];
    const drawn = yearTrend(parts('checkup_rate', kpis, [actual(4, '2023-03-31', 49)]));
    expect(drawn?.labels).toEqual(['令和4年度', '令和5年度', '令和6年度', '令和7年度']);
    expect(seriesOf(drawn)).toEqual({ 目標: [50, 60], '実績（年度末）': [49, 57] });
    expect(drawn?.notes).toEqual(['令和7年度の実績は8％（5月時点）で、年度の途中のため線に含めていません。']);
  });

  test('say which targets have no figure', () => {
    const kpis = [
      reported('generic_rate', 80, '3月時点', { value: 79 }, { fy: 6 }),
      reported('generic_rate', null, '', { value: null, relative: 'prev_year', text: '対前年度以上' }),
    ];
    expect(yearTrend(parts('generic_rate', kpis))?.notes).toEqual([
      '令和7年度の目標は「対前年度以上」で、数値がありません。',
    ]);
  });

  test('are nothing where one figure is all', () => {
    expect(
      yearTrend(parts('checkup_rate', [{ ...reported('checkup_rate', null, '', RATE), actual: null }])),
    ).toBeNull();
    expect(yearTrend(parts('checkup_rate', []))).toBeNull();
  });
});
