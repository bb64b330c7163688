import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import type { Kpi } from '../../src/model/kpi.ts';
import type { ReportedActual } from '../../src/model/reported.ts';
import { standingsOf } from '../../src/model/standing.ts';
import { reported } from '../reminders/made-up-office.ts';

const catalogue = loadCatalogue();
const RATE = { value: 60 };

function standings(kpis: readonly Kpi[], actuals: readonly ReportedActual[] = []) {
  return standingsOf({ kpis, parts: [], actuals, catalogue, branch: '東京', fy: 7 });
}

function actual(fy: number, asOf: string, value: number, branch = '東京'): ReportedActual {
  return { branch, fy, indicator: 'checkup_rate', asOf, value, text: `${value}％`, note: null };
}

function planned(over: Partial<Kpi> = {}): Kpi {
  return { ...reported('checkup_rate', null, '', RATE), actual: null, ...over };
}

describe('the standings of a branch and year', () => {
  test('are one an indicator, in document order, with the newest figure', () => {
    const found = standings([
      planned({ indicator: 'generic_rate' }),
      planned(),
      reported('checkup_rate', 10, '５月時点', RATE),
      reported('checkup_rate', 20, '９月時点', RATE),
      reported('checkup_rate', 15, '７月時点', RATE),
    ]);
    expect(found.map(({ kpi, judgement }) => [kpi.indicator, kpi.actual?.value, judgement.state])).toEqual([
      ['generic_rate', undefined, 'unreported'],
      ['checkup_rate', 20, 'behind'],
    ]);
  });

  test('are of that branch and year alone', () => {
    const others = [planned({ branch: '大阪' }), planned({ fy: 6 }), planned({ fy: 8 })];
    expect(standings(others)).toEqual([]);
  });

  test('name the indicator of the catalogue, and none for a KPI that one plan alone has', () => {
    const [known, own] = standings([planned(), planned({ indicator: 'other:食堂の利用率' })]);
    expect(known?.indicator?.yardstick).toBe('cumulative');
    expect(own?.indicator).toBeNull();
  });

  test("follow last year's curve of the same branch", () => {
    const kpis = [reported('checkup_rate', 12, '6月末時点', RATE)];
    const slowStart = [actual(6, '2024-06-30', 10), actual(6, '2025-03-31', 58)];
    expect(standings(kpis)[0]?.judgement).toMatchObject({ state: 'behind', expected: 15 });
    expect(standings(kpis, slowStart)[0]?.judgement.state).toBe('on_course');
    const ofOsaka = slowStart.map((row) => ({ ...row, branch: '大阪' }));
    expect(standings(kpis, ofOsaka)[0]?.judgement.state).toBe('behind');
  });

  test.each([
    ['as the report prints it', [reported('checkup_rate', 1, '5月時点', RATE, { previous: 57 })], [], 57],
    ['as staff reported it', [planned()], [actual(6, '2025-03-31', 56)], 56],
    [
      "as last year's own report ends",
      [planned(), reported('checkup_rate', 55, '3月時点', RATE, { fy: 6 })],
      [],
      55,
    ],
    ['not from a month before the end', [planned()], [actual(6, '2024-12-31', 40)], null],
    ['not from another year', [planned()], [actual(5, '2024-03-31', 40)], null],
  ])("know last year's figure %s", (_, kpis, actuals, previous) => {
    expect(standings(kpis, actuals)[0]?.previous).toBe(previous);
  });

  test('hold a relative target against it', () => {
    const kpis = [reported('generic_rate', 80, '5月時点', { value: null, relative: 'prev_year' })];
    const last = { ...actual(6, '2025-03-31', 79), indicator: 'generic_rate' };
    expect(standings(kpis)[0]?.judgement.state).toBe('unclear');
    expect(standings(kpis, [last])[0]?.judgement).toMatchObject({ state: 'met', target: 79 });
  });
});
