import { describe, expect, test } from 'vitest';
import type { Indicator, Yardstick } from '../../src/model/indicator.ts';
import { judge, monthsCompleted, shareOfCurve } from '../../src/model/judgement.ts';
import type { Kpi, Target } from '../../src/model/kpi.ts';
import { madeUpKpi } from '../store/made-up-document.ts';

function indicator(yardstick: Yardstick, over: Partial<Indicator> = {}): Indicator {
  return {
    id: 'generic_rate',
    name: '指標',
    official: [{ name: '指標' }],
    synonyms: [],
    statement: ['指標'],
    unit: '%',
    direction: 'up',
    yardstick,
    tolerance: 0,
    definition: '説明',
    ...over,
  };
}

function figure(
  value: number | null,
  asOf: string,
  target: Partial<Target> = {},
  previous: number | null = null,
): Kpi {
  const whole: Target = {
    op: '>=',
    value: 60,
    unit: '%',
    relative: null,
    text: '60％以上',
    proviso: null,
    ...target,
  };
  return madeUpKpi({
    target: whole,
    actual: {
      value,
      text: value === null ? '―' : `${value}％`,
      asOf,
      previousValue: previous,
      previousText: null,
    },
  });
}

describe('how much of the year is over', () => {
  test.each([
    ['４月時点', 1],
    ['5月時点', 2],
    ['9月末時点', 6],
    ['12月', 9],
    ['１月時点', 10],
    ['3月時点', 12],
    ['2025-06-30', 3],
    ['2026-02-28', 11],
    ['2025-06-15', 2.5],
    ['6月15日時点', 2.5],
    ['―月時点', null],
    [null, null],
    ['13月', null],
  ])('%s: %s months', (asOf, months) => {
    expect(monthsCompleted(asOf)).toBe(months);
  });
});

describe('each yardstick has its own expectation', () => {
  test.each<[string, Yardstick, Kpi, string, number | null]>([
    ['a level is held against the target itself', 'level', figure(59, '5月時点'), 'behind', 60],
    ['a level at the target is met', 'level', figure(60, '5月時点'), 'met', 60],
    [
      'a lower level is better where the target says 以下',
      'level',
      figure(2.1, '5月時点', { op: '<=', value: 1.9 }),
      'behind',
      1.9,
    ],
    ['and met below it', 'level', figure(1.8, '5月時点', { op: '<=', value: 1.9 }), 'met', 1.9],
    ['cumulative: a sixth of the target by May', 'cumulative', figure(10, '5月時点'), 'on_course', 10],
    ['cumulative: a little less is behind', 'cumulative', figure(9.9, '5月時点'), 'behind', 10],
    ['cumulative: all of it by March', 'cumulative', figure(59.9, '3月時点'), 'behind', 60],
    ['stock: from last year’s actual on', 'stock', figure(51, '5月時点', {}, 48), 'on_course', 50],
    ['stock: behind what should have been added', 'stock', figure(49.9, '5月時点', {}, 48), 'behind', 50],
    ['stock: with no last year nothing is expected', 'stock', figure(49, '5月時点'), 'unclear', null],
    [
      'a relative target is last year’s actual',
      'level',
      figure(47, '5月時点', { value: null, relative: 'prev_year' }, 48),
      'behind',
      48,
    ],
    [
      'and unknown without it',
      'level',
      figure(47, '5月時点', { value: null, relative: 'prev_year' }),
      'unclear',
      null,
    ],
    ['no actual is no judgement', 'level', figure(null, '5月時点'), 'unreported', null],
  ])('%s', (_, yardstick, kpi, state, expected) => {
    expect(judge(kpi, indicator(yardstick))).toMatchObject({ state, expected });
  });

  test('a tolerance keeps a small gap on course, but does not make it met', () => {
    const kpi = figure(9.6, '5月時点');
    expect(judge(kpi, indicator('cumulative', { tolerance: 0.5 })).state).toBe('on_course');
    expect(judge(kpi, indicator('cumulative', { tolerance: 0.3 })).state).toBe('behind');
  });

  test('what is missing is named, and nothing is claimed without it', () => {
    expect(judge(figure(49, '5月時点'), indicator('stock')).state).toBe('unclear');
    const relative = figure(47, '5月時点', { value: null, relative: 'prev_year' });
    expect(judge(relative, indicator('level')).unjudged).toBe('no_previous');
    expect(judge(figure(49, '5月時点'), indicator('stock')).unjudged).toBe('no_previous');
    expect(judge(figure(9, '―月時点'), indicator('cumulative')).unjudged).toBe('no_month');
  });

  test('what no catalogue knows is judged when its year has ended, and before only where it is reached', () => {
    expect(judge(figure(9, '2月時点'), null)).toMatchObject({ state: 'unclear', unjudged: 'no_yardstick' });
    expect(judge(figure(9, '3月時点'), null)).toMatchObject({ state: 'behind', yardstick: 'level' });
    expect(judge(figure(99, '5月時点'), null).state).toBe('met');
  });

  test('a milestone is behind only when the year is over and it is not done', () => {
    const milestone = (text: string, asOf: string) =>
      madeUpKpi({
        target: { op: 'do', value: null, unit: null, relative: null, text: '実施する', proviso: null },
        actual: { value: null, text, asOf, previousValue: null, previousText: null },
      });
    expect(judge(milestone('未実施', '3月時点'), indicator('milestone')).state).toBe('behind');
    expect(judge(milestone('未実施', '9月時点'), indicator('milestone')).state).toBe('unclear');
    expect(judge(milestone('実施', '9月時点'), indicator('milestone')).state).toBe('met');
    expect(judge(milestone('―', '9月時点'), indicator('milestone')).state).toBe('unreported');
  });
});

describe('last year’s curve replaces the straight line', () => {
  const curve = new Map([
    [3, 6],
    [6, 24],
    [12, 60],
  ]);

  test.each([
    [3, 0.1],
    [6, 0.4],
    [4.5, 0.25],
    [1.5, 0.05],
    [9, 0.7],
    [12, 1],
  ])('after %s months it had reached %s of its end', (months, share) => {
    expect(shareOfCurve(curve, months)).toBeCloseTo(share, 10);
  });

  test('where only its end is known there is no curve', () => {
    expect(shareOfCurve(new Map([[12, 60]]), 3)).toBeNull();
    expect(shareOfCurve(new Map([[3, 6]]), 3)).toBeNull();
  });

  test('a branch that always starts slowly is not behind in June', () => {
    expect(judge(figure(7, '6月時点'), indicator('cumulative')).state).toBe('behind');
    expect(judge(figure(7, '6月時点'), indicator('cumulative'), { curve })).toMatchObject({
      state: 'on_course',
      expected: 6,
    });
  });
});
