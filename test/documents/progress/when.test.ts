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
  ['毎月20件以上を訪ねる', '毎月', '2025-04-01', '2026-03-31'],
  ['年度内に送る', '年度内', '2025-04-01', '2026-03-31'],
])('%s', (text, words, from, to) => {
  expect(findWhen(text, 7)).toEqual([{ words, from, to }]);
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
