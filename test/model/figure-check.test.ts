import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { implausible, jumpFrom, unlikeYear } from '../../src/model/figure-check.ts';
import type { Unit } from '../../src/model/indicator.ts';

const { indicators } = loadCatalogue();
const LIMITS = { confirm_points: 10, confirm_percent: 30 };

function known(id: string) {
  const found = indicators.find((indicator) => indicator.id === id);
  if (!found) throw new Error(id);
  return found;
}

describe('a figure that cannot be', () => {
  test.each<[number, Unit | null, string | null]>([
    [0, '%', null],
    [100, '%', null],
    [100.1, '%', '100％以下の数値を書いてください'],
    [-0.1, null, '0以上の数値を書いてください'],
    [6.18, '日', null],
    [3.5, '人', '整数で書いてください（単位は 人）'],
    [7125.5, '円', null],
  ])('%d %s', (value, unit, why) => {
    expect(implausible(value, unit)).toBe(why);
  });
});

describe('a figure that jumps', () => {
  const POINTS = '10ポイントを超えて変わっています';
  const PERCENT = '前回から30％を超えて変わっています';
  const FALLS = '年度内に積み上がる指標ですが、前回より減っています';
  const PACE = '1か月当たりの進み方が、これまでの2倍を超えています';

  test.each<[string, number, string, number, string, string | null]>([
    ['generic_rate', 87.9, '2025-06-30', 88.5, '2025-09-30', null],
    ['generic_rate', 87.9, '2025-06-30', 77.9, '2025-09-30', null],
    ['generic_rate', 87.9, '2025-06-30', 77.8, '2025-09-30', POINTS],
    ['assessment_rate', 0.1, '2025-06-30', 0.13, '2025-09-30', null],
    ['assessment_rate', 0.1, '2025-06-30', 1.0, '2025-09-30', PERCENT],
    ['assessment_rate', 0, '2025-06-30', 0.1, '2025-09-30', null],
    ['declaration_offices', 3000, '2025-06-30', 30_120, '2025-09-30', PERCENT],
    ['employer_data_rate', 1.0, '2025-06-30', 2.0, '2025-09-30', null],
    ['employer_data_rate', 1.0, '2025-06-30', 0.9, '2025-09-30', FALLS],
    ['employer_data_rate', 1.0, '2025-06-30', 4.1, '2025-09-30', PACE],
    // The same day: a correction, which may fall.
    ['employer_data_rate', 1.0, '2025-09-30', 0.9, '2025-09-30', null],
    ['employer_data_rate', 1.0, '2025-09-30', 9.0, '2025-09-30', PERCENT],
    // A new year begins from zero.
    ['employer_data_rate', 60, '2025-03-31', 2, '2025-06-30', null],
    ['employer_data_rate', 0, '2025-04-30', 12, '2025-06-30', '10ポイントを超えて増えています'],
  ])('%s %d (%s) → %d (%s)', (id, last, from, next, to, why) => {
    expect(jumpFrom({ value: last, asOf: from }, { value: next, asOf: to }, known(id), LIMITS)).toBe(why);
  });

  const SLOW = '年度末の値から月割りした進み方の4分の1に届いていません';
  const FAST = '年度末の値から月割りした進み方の2倍を超えています';
  test.each<[string | null, number, number, string, string | null]>([
    ['generic_rate', 80.7, 80.5, '2025-06-30', null],
    ['generic_rate', 80.7, 8.05, '2025-06-30', '目標から10ポイントを超えて離れています'],
    ['declaration_offices', 3120, 31_200, '2025-06-30', '目標から30％を超えて離れています'],
    ['employer_data_rate', 62.2, 18.2, '2025-06-30', null],
    ['employer_data_rate', 62.2, 1.82, '2025-06-30', SLOW],
    ['employer_data_rate', 62.2, 62.2, '2025-06-30', FAST],
    // What one plan alone has may add up or not.
    [null, 1200, 300, '2025-06-30', null],
    [null, 1200, 1190, '2025-06-30', null],
    [null, 1200, 12_000, '2025-06-30', FAST],
    [null, 1200, 30, '2025-06-30', SLOW],
  ])('%s: a first figure beside the year’s %d: %d on %s', (id, whole, value, asOf, why) => {
    expect(unlikeYear(whole, { value, asOf }, id === null ? null : known(id), LIMITS)).toBe(why);
  });

  test('the same figure never does', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...indicators),
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        fc.constantFrom('2025-04-30', '2025-09-30', '2026-03-31'),
        (indicator, value, day) => {
          const last = { value, asOf: '2025-04-30' };
          expect(jumpFrom(last, { value, asOf: day }, indicator, LIMITS)).toBeNull();
        },
      ),
    );
  });
});
