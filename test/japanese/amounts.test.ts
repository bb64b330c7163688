import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalsOf, findAmounts, formatNumber, formatYen } from '../../src/japanese/amounts.ts';
import { normalize } from '../../src/japanese/normalize.ts';

describe('findAmounts', () => {
  test.each([
    ['８８．３％以上', 88.3, '%'],
    ['3,120事業所', 3120, '事業所'],
    ['2,654千円', 2_654_000, '円'],
    ['1.5億円', 150_000_000, '円'],
    ['３０百万円', 30_000_000, '円'],
    ['12万人', 120_000, '人'],
    ['80パーセント', 80, '%'],
    ['8割', 80, '%'],
    ['七割五分', 75, '%'],
    ['0.5ポイント', 0.5, 'ポイント'],
    ['7日以内', 7, '日'],
    ['20名', 20, '人'],
    ['1500以上', 1500, null],
  ])('%s', (text, value, unit) => {
    expect(findAmounts(normalize(text))[0]).toMatchObject({ value, unit });
  });

  test('reads several, each at its place', () => {
    const text = '15%以上20%以下';
    expect(findAmounts(text).map(({ value, from, to }) => [value, text.slice(from, to)])).toEqual([
      [15, '15%'],
      [20, '20%'],
    ]);
  });

  test('finds none where there is none', () => {
    expect(findAmounts('対前年度以上とする')).toEqual([]);
  });

  test('reads back any whole number of yen that it prints', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (yen) => {
        expect(findAmounts(formatYen(yen))).toMatchObject([{ value: yen, unit: '円' }]);
      }),
    );
  });

  test('points into the text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const { from, to } of findAmounts(text)) {
          expect(from).toBeLessThan(to);
          expect(to).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});

describe('printing', () => {
  test.each([
    [30360000, '30,360,000'],
    [0.1 + 0.2, '0.3'],
    [-2153, '-2,153'],
    [0, '0'],
  ])('%d', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  test.each([
    ['８８．３０％', 2],
    ['0.077％以上', 3],
    ['95％', 0],
    ['対前年度以上', 0],
  ])('%s has %d decimals', (text, decimals) => {
    expect(decimalsOf(text)).toBe(decimals);
  });
});
