import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printedFigure } from '../../src/progress-tables/progress-report.ts';

test.each([
  ['88.3％以上', 88.3, '0.0"％以上"'],
  ['100％', 100, '0"％"'],
  ['3,120社以上', 3120, '#,##0"社以上"'],
  ['15,003円', 15003, '#,##0"円"'],
  ['0.077％', 0.077, '0.000"％"'],
  ['７日以内', 7, '0"日以内"'],
  ['約５０件', 50, '"約"0"件"'],
])('%s is a number that shows so', (text, value, format) => {
  expect(printedFigure(text, value)).toMatchObject({ value, format });
});

test.each([
  ['対前年度以上', null, '対前年度以上'],
  ['【新設】', null, '【新設】'],
  ['実施する', null, '実施する'],
  ['上表のとおり', null, '上表のとおり'],
  ['12人（3支部）', 12, '12人（3支部）'],
  ['88.3％', 88, '88.3％'],
  ['―', null, '―'],
  ['－', null, '―'],
  ['', null, '―'],
  [null, null, '―'],
  ['=1+1', null, '=1+1'],
])('%s is words', (text, value, shown) => {
  expect(printedFigure(text, value)).toEqual({ text: shown, value: null, format: null });
});

test('whatever surrounds a number, its format holds it in quotes', () => {
  const words = fc.string({ maxLength: 12 }).filter((text) => !/\d/.test(text));
  fc.assert(
    fc.property(words, fc.integer({ min: 0, max: 1e9 }), words, (before, value, after) => {
      const { format } = printedFigure(`${before}${value}${after}`, value);
      expect(format ?? '0').toMatch(/^("[^"\\]*")?(0|#,##0)(\.0+)?("[^"\\]*")?$/);
    }),
  );
});
