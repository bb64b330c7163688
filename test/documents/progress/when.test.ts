import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findWhen } from '../../../src/documents/progress/when.ts';

test.each([
  ['上期に送る', '上期', '2025-04-01', '2025-09-30'],
  ['下半期に送る', '下半期', '2025-10-01', '2026-03-31'],
  ['第3四半期に送る', '第3四半期', '2025-10-01', '2025-12-31'],
  ['第4四半期に送る', '第4四半期', '2026-01-01', '2026-03-31'],
  ['9月に送る', '9月', '2025-09-01', '2025-09-30'],
  ['2月に送る', '2月', '2026-02-01', '2026-02-28'],
  ['12月までに送る', '12月までに', '2025-04-01', '2025-12-31'],
  ['3月末までに送る', '3月末までに', '2025-04-01', '2026-03-31'],
  ['7月稼働予定', '7月', '2025-07-01', '2025-07-31'],
  ['10月20日に開く', '10月20日', '2025-10-20', '2025-10-20'],
  ['8月から9月に送る', '8月から9月', '2025-08-01', '2025-09-30'],
  ['令和7年8月から9月', '令和7年8月から9月', '2025-08-01', '2025-09-30'],
  ['令和8年1月16日', '令和8年1月16日', '2026-01-16', '2026-01-16'],
  ['令和7年12月から令和8年2月', '令和7年12月から令和8年2月', '2025-12-01', '2026-02-28'],
  ['年度内に送る', '年度内', '2025-04-01', '2026-03-31'],
])('%s', (text, words, from, to) => {
  expect(findWhen(text, 7)).toEqual([{ words, from, to }]);
});

test.each([
  ['下期の開催に向けて協議する', '2025-04-01', '2025-09-30'],
  ['第3四半期の発送に向けて準備する', '2025-04-01', '2025-09-30'],
  ['10月の大会に備えて練習する', '2025-04-01', '2025-09-30'],
  ['上期中に事業の実施に向けて整備する', '2025-04-01', '2025-09-30'],
  ['7月より18名とする', '2025-07-01', '2025-07-01'],
  ['令和7年10月から始める', '2025-10-01', '2025-10-01'],
  ['令和7年7月~隔週木曜日10:25から10分間', '2025-07-01', '2025-07-01'],
  ['7月から9月に送る', '2025-07-01', '2025-09-30'],
  ['10月上旬に送る', '2025-10-01', '2025-10-10'],
  ['令和8年2月下旬に送る', '2026-02-21', '2026-02-28'],
  ['年内に送る', '2025-04-01', '2025-12-31'],
])('%s: from %s to %s', (text, from, to) => {
  expect(findWhen(text, 7)).toMatchObject([{ from, to }]);
});

test.each([
  ['11月29日(土)と30日(日)の2日間で行う', '11月29日(土)と30日(日)', '2025-11-29', '2025-11-30'],
  ['11月29日(土)に行う', '11月29日(土)', '2025-11-29', '2025-11-29'],
  ['来年2月に電話する', '来年2月', '2026-02-01', '2026-02-28'],
])('%s: the words are %s', (text, words, from, to) => {
  expect(findWhen(text, 7)).toEqual([{ words, from, to }]);
});

test.each([
  ['今月末までに点検する', { year: 2025, month: 9 }, '2025-04-01', '2025-09-30'],
  ['来月20日に送る', { year: 2025, month: 9 }, '2025-10-20', '2025-10-20'],
  ['来月上旬に送る', { year: 2025, month: 12 }, '2026-01-01', '2026-01-10'],
])('%s: counted from the month of the paper', (text, written, from, to) => {
  expect(findWhen(text, 7, written)).toMatchObject([{ from, to }]);
  expect(findWhen(text, 7)).toEqual([]);
});

test.each([
  ['毎月20件以上を訪ねる', 1],
  ['月次の会で話す', 1],
  ['月2回配る', 1],
  ['隔月で開く', 2],
  ['2か月に1回開く', 2],
  ['四半期ごとに数える', 3],
])('%s: every %i months of the year', (text, everyMonths) => {
  expect(findWhen(text, 7)).toMatchObject([{ everyMonths, from: '2025-04-01', to: '2026-03-31' }]);
});

test('a date of what was done tells which thing is meant, not when', () => {
  expect(findWhen('6月に行った調査の結果を10月に配る', 7).map(({ words }) => words)).toEqual(['10月']);
});

test('the dates of a text come in its order', () => {
  expect(findWhen('下期に開き、5月に決め、9月30日に送る', 7).map(({ words }) => words)).toEqual([
    '下期',
    '5月',
    '9月30日',
  ]);
});

test.each(['案内を送る', '10件を送る', '2月30日', '13月', '令和7年14月'])('%s names no day', (text) => {
  expect(findWhen(text, 7)).toEqual([]);
});

test('whatever is found is two days of the calendar', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '令和',
      '年',
      '月',
      '日',
      'から',
      '~',
      '上期',
      '第',
      '四半期',
      '末',
      'までに',
      '年度内',
      '、',
    ),
    fc.nat(40).map(String),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), fc.integer({ min: 1, max: 20 }), (pieces, fy) => {
      for (const { from, to } of findWhen(pieces.join(''), fy)) {
        for (const day of [from, to])
          expect(new Date(`${day}T00:00:00Z`).toISOString()).toMatch(new RegExp(`^${day}`));
      }
    }),
  );
});
