import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '../../src/japanese/fold.ts';
import { findPeriods } from '../../src/japanese/periods.ts';

const TODAY = { year: 2025, month: 11, day: 20 };

function periodsIn(text: string, today = TODAY) {
  return findPeriods(fold(text).text, today).map(({ from: _from, to: _to, ...period }) => period);
}

function yearsIn(text: string, today = TODAY) {
  return periodsIn(text, today).flatMap((period) => (period.kind === 'year' ? [period.fy] : []));
}

describe('years', () => {
  test.each([
    ['令和7年度', [7]],
    ['令和７年度', [7]],
    ['令和七年度', [7]],
    ['令和十一年度', [11]],
    ['令和元年度', [1]],
    ['れいわ3年', [3]],
    ['R7', [7]],
    ['ｒ３の目標', [3]],
    ['2025年度', [7]],
    ['２０２１年', [3]],
    ['FY2024', [6]],
    ['令和３と令和7', [3, 7]],
    ['令和3年度と7年度', [3, 7]],
    ['令和6と7の差', [6, 7]],
    ['R6・R7', [6, 7]],
    ['R3と5社以上', [3]],
    ['R7、4月時点', [7]],
    ['今年度', [7]],
    ['昨年度', [6]],
    ['一昨年度', [5]],
    ['来年度', [8]],
    ['2050事業所以上', []],
    ['2,021円', []],
    ['GER3', []],
  ])('%s', (text, years) => {
    expect(yearsIn(text)).toEqual(years);
  });

  test('counts this year from April', () => {
    expect(yearsIn('今年度', { year: 2026, month: 3, day: 31 })).toEqual([7]);
    expect(yearsIn('今年度', { year: 2026, month: 4, day: 1 })).toEqual([8]);
  });

  test.each(['平成30年度', '昭和60年', 'H30', '2010年度'])('%s is before 令和', (text) => {
    expect(periodsIn(text)).toEqual([{ kind: 'before_reiwa' }]);
  });

  test.each([
    ['前年度', 'previous_year'],
    ['前の年', 'previous_year'],
    ['次の年度', 'next_year'],
  ])('%s counts from the year that is talked about', (text, kind) => {
    expect(periodsIn(text)).toEqual([{ kind }]);
  });

  test('対前年度 is a target, no year', () => {
    expect(periodsIn('対前年度以上')).toEqual([]);
  });
});

describe('parts of a year', () => {
  test.each([
    ['第２四半期', 2],
    ['第三四半期', 3],
    ['2Q', 2],
    ['Q4', 4],
    ['4～6月', 1],
    ['10〜12月', 3],
    ['１～３月', 4],
    ['7月から9月', 2],
  ])('%s', (text, quarter) => {
    expect(periodsIn(text)).toEqual([{ kind: 'quarter', quarter }]);
  });

  test.each([
    ['上期', 1],
    ['下半期', 2],
  ])('%s', (text, half) => {
    expect(periodsIn(text)).toEqual([{ kind: 'half', half }]);
  });

  test('a month with its year lies in a fiscal year', () => {
    expect(periodsIn('令和8年1月')).toEqual([{ kind: 'month', month: 1, fy: 7 }]);
    expect(periodsIn('2025年4月')).toEqual([{ kind: 'month', month: 4, fy: 7 }]);
    expect(periodsIn('５月時点')).toEqual([{ kind: 'month', month: 5, fy: null }]);
  });

  test('3か月 and 13月 are no months', () => {
    expect(periodsIn('3か月以内、13月')).toEqual([]);
  });
});

test('no two periods overlap, in any text', () => {
  const piece = fc.constantFrom(
    '令和',
    '7',
    '年度',
    'R',
    '2025',
    '年',
    '月',
    '～',
    '第',
    '四半期',
    '前',
    '昨',
    'の',
    '今',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const found = findPeriods(fold(pieces.join('')).text, TODAY);
      found.forEach((period, at) => {
        expect(period.from).toBeLessThan(period.to);
        expect(found[at + 1]?.from ?? period.to).toBeGreaterThanOrEqual(period.to);
      });
    }),
  );
});
