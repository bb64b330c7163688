import { expect, test } from 'vitest';
import { createSummaryScopeReader } from '../../src/answers/summary.ts';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';

const readScope = createSummaryScopeReader(loadCatalogue());
const TODAY = { year: 2026, month: 11, day: 22 };

test.each([
  ['東京', '東京', null, ''],
  ['東京 令和7', '東京', 7, ''],
  ['とうきょう　R６', '東京', 6, ''],
  ['神奈川県 2025年度', '神奈川', 7, ''],
  ['東京支部の今年度は', '東京', 8, ''],
  ['東京の前年度', '東京', 7, ''],
  ['昨年度の本部', '本部', 7, ''],
  ['', null, null, ''],
  ['令和7', null, 7, ''],
  ['火星', null, null, '火星'],
  ['東京 ジェネリック', '東京', null, 'ジェネリック'],
  ['東京以外', '東京', null, '以外'],
])('「%s」', (text, branch, fy, rest) => {
  expect(readScope(text, TODAY)).toEqual({ branch, fy, rest });
});

test.each([['東京 青森'], ['東京 令和6 令和7'], ['九州']])('「%s」 names too much', (text) => {
  expect(readScope(text, TODAY).rest).not.toBe('');
});
