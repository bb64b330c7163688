import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chartSvg } from '../../src/charts/chart-svg.ts';
import { barsOf, drawingOf, wordsOf } from './drawings.ts';

describe('bars', () => {
  const drawing = drawingOf(
    'bar',
    { 目標: { 東京支部: 80, 大阪支部: 40, 愛知支部: 20 } },
    {
      highlight: ['大阪支部'],
      rows: new Map([['東京支部', { rank: '1位', figure: '80.0％以上', place: '7行目' }]]),
      apart: [{ label: '北海道支部', text: '対前年度以上', place: '9行目' }],
      notes: ['ひとこと'],
    },
  );
  const svg = chartSvg(drawing);

  test('are as long as their figures', () => {
    const [tokyo, osaka, aichi] = barsOf(svg).map(({ width }) => width);
    expect(tokyo).toBeCloseTo((osaka ?? 0) * 2, 0);
    expect(osaka).toBeCloseTo((aichi ?? 0) * 2, 0);
  });

  test('set the branch off that was asked about, by mark and shade', () => {
    const fills = barsOf(svg).map(({ fill }) => fill);
    expect(new Set(fills).size).toBe(2);
    expect(fills[0]).toBe(fills[2]);
    expect(wordsOf(svg)).toContain('▶大阪支部');
  });

  test('say title, unit, rank, figure and place, what has no figure, and the source', () => {
    expect(wordsOf(svg)).toEqual(
      expect.arrayContaining([
        '見本の題名',
        '単位：％',
        '1位',
        '80.0％以上',
        '40％',
        '7行目',
        '対前年度以上',
        '9行目',
      ]),
    );
    expect(wordsOf(svg).slice(-2)).toEqual(['※ひとこと', '出典：見本の資料 12行目']);
  });

  test('of 47 branches each have a row of their own', () => {
    const points = Object.fromEntries(Array.from({ length: 47 }, (_, at) => [`支部${at}`, 47 - at]));
    const rows = barsOf(chartSvg(drawingOf('bar', { 目標: points })));
    expect(rows).toHaveLength(47);
    const gaps = rows.slice(1).map(({ y }, at) => y - ((rows[at]?.y ?? 0) + (rows[at]?.height ?? 0)));
    expect(Math.min(...gaps)).toBeGreaterThan(0);
  });

  test('begin at zero to either side', () => {
    const [up, down] = barsOf(chartSvg(drawingOf('bar', { 目標との差: { 東京支部: 3, 大阪支部: -2 } })));
    expect(up?.x).toBeCloseTo((down?.x ?? 0) + (down?.width ?? 0), 0);
  });

  test('of several series stand beside each other, with a legend', () => {
    const two = chartSvg(drawingOf('bar', { 目標: { 東京支部: 80 }, 実績: { 東京支部: 70 } }));
    expect(wordsOf(two)).toEqual(expect.arrayContaining(['目標', '実績', '80％', '70％']));
  });
});

describe('lines', () => {
  const quarters = { 第1四半期: 33.6, 第2四半期: 33.6, 第3四半期: 33.6, 第4四半期: 33.6 };

  test('are told apart by dash and marker, not by colour alone', () => {
    const svg = chartSvg(drawingOf('line', { 目標: quarters, 実績: { ...quarters, 第1四半期: 3.4 } }));
    const dashes = [...svg.matchAll(/<polyline[^>]*>/g)].map(([line]) => line.includes('stroke-dasharray'));
    expect(dashes.sort()).toEqual([false, true]);
    expect(svg).toContain('<circle');
    expect(wordsOf(svg)).toEqual(expect.arrayContaining(['目標', '実績', '33.6', '3.4']));
  });

  test('leave a gap where a figure is missing', () => {
    const labels = Object.keys(quarters);
    const drawn = drawingOf('line', { 実績: { 第1四半期: 1, 第2四半期: 2, 第4四半期: 4 } }, { labels });
    const runs = [...chartSvg(drawn).matchAll(/<polyline points="([^"]*)"/g)].map(
      ([, points]) => points?.split(' ').length,
    );
    expect(runs).toEqual([2]);
  });

  test('say when the axis does not begin at zero', () => {
    const cut = '※縦軸は0から始まっていません。';
    expect(wordsOf(chartSvg(drawingOf('line', { 実績: { a: 80, b: 82 } })))).toContain(cut);
    expect(wordsOf(chartSvg(drawingOf('line', { 実績: { a: 10, b: 82 } })))).not.toContain(cut);
  });

  test('write what stands in brackets on a line of its own', () => {
    const words = wordsOf(chartSvg(drawingOf('line', { 実績: { '第1四半期（5月時点）': 1, 第2四半期: 2 } })));
    expect(words).toEqual(expect.arrayContaining(['第1四半期', '（5月時点）']));
  });
});

test('no word breaks out of the picture', () => {
  const hostile = fc.string({ unit: 'binary', maxLength: 40 });
  const figure = fc.double({ min: -1e6, max: 1e6, noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(
      fc.constantFrom('bar' as const, 'line' as const),
      hostile,
      hostile,
      figure,
      figure,
      (kind, name, text, a, b) => {
        const drawn = drawingOf(
          kind,
          { [`s${name}`]: { [`a${text}`]: a, [`b${text}`]: b } },
          { notes: [text], sources: [name], highlight: [`a${text}`] },
        );
        const svg = chartSvg({ ...drawn, chart: { ...drawn.chart, title: text, unit: name } });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be in XML.
        expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|NaN|Infinity/);
        expect(svg.replace(/<\/?(?:svg|rect|text|line|circle|polygon|polyline)\b[^<>]*>/g, '')).not.toMatch(
          /[<>]/,
        );
      },
    ),
    { numRuns: 200 },
  );
});
