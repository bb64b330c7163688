import { expect, test } from 'vitest';
import { ingested } from '../made-up-plan.ts';

const TITLE = '令和7年度 青森支部事業計画\n';
const MARKED = '■ KPI：生活習慣病予防健診実施率を 61.5％以上とする\n';

test.each([
  [
    'a target without a mark',
    'ジェネリック医薬品使用割合を 81.5％以上とする\n',
    ['ジェネリック医薬品使用割合を81.5%以上とする'],
  ],
  ['a target of an indicator that has its row', '生活習慣病予防健診実施率を 70.0％以上とする\n', []],
  ['a goal of another kind', '■上位目標：健康宣言事業所数を 2,000事業所以上とする\n', []],
  ['a sentence that sets nothing', 'ジェネリック医薬品の使用割合は 80％以上に達しました。\n', []],
  ['a figure of no indicator', '職員の研修を 3回以上とする\n', []],
])('%s beside a marked KPI', (_, text, expected) => {
  const { doubts } = ingested(
    `${TITLE}${MARKED}\n２．広報の推進\n・ 支部だよりの毎号に案内を載せます。\n・ 商店街の催しで案内を配ります。\n${text}`,
  );
  const unmarked = doubts.filter(({ reason }) => reason === 'KPIの印がない目標です');
  expect(unmarked.map((doubt) => doubt.text)).toEqual(expected);
});

test.each([
  ['a second target of an indicator', '生活習慣病予防健診実施率を 70.0％以上とする'],
  ['a goal of another kind', '■上位目標：健康宣言事業所数を 2,000事業所以上とする'],
  ['a figure that was reached', 'ジェネリック医薬品の使用割合は 80％以上に達しました。'],
])('%s gives no row, and is among the doubts with its line', (_, text) => {
  const { kpis, doubts } = ingested(`${TITLE}${MARKED}\n２．広報の推進\n・ 案内を配ります。\n\n${text}\n`);
  expect(kpis.map(({ indicator, target }) => [indicator, target.value])).toEqual([['checkup_rate', 61.5]]);
  expect(doubts.map(({ kind, line }) => [kind, line])).toEqual([['not_taken', 7]]);
});

test('tells line and reason', () => {
  const { doubts } = ingested(
    `${TITLE}${MARKED}\n２．広報の推進\n・ 支部だよりの毎号に案内を載せます。\n・ 商店街の催しで案内を配ります。\n健康宣言事業所数を\n2,000事業所以上とする\n`,
  );
  expect(doubts).toEqual([
    expect.objectContaining({ kind: 'not_taken', line: 7, reason: 'KPIの印がない目標です' }),
  ]);
});
