import { expect, test } from 'vitest';
import { ingested } from '../made-up-plan.ts';

const STATED = [
  '■KPI：① 生活習慣病予防健診実施率を61.5％以上とする',
  '② 事業者健診データ取得率を 7.1％以上とする',
  '■KPI：健康宣言事業所数を 1,250事業所以上（※）とする',
  '■KPI：ジェネリック医薬品使用割合を対前年度以上とする',
];
const HEADING = '具体的施策 KPI 参考：令和５年度末';
const CHECKUPS = ['（１）健診を', '受けやすくする', '１）生活習慣病予防健診実施率を', '61.5％以上とする'];
const EMPLOYERS = ['２）事業者健診データ取得率を', '7.1％以上とする', '（※）写しを含む'];
const OFFICES = ['（２）職場の健康', '健康宣言事業所数を 1,250事業所', '（※）以上とする'];

/** The plan begins on line 2 with what it states; its list of KPIs comes after. */
function read(list: readonly string[]) {
  return ingested(['令和７年度 青森支部事業計画', ...STATED, ...list].join('\n'));
}

function actuals(list: readonly string[]): string[] {
  return read(list).referenceActuals.map(
    ({ branch, fy, indicator, value, unit, text, source }) =>
      `${branch}${fy} ${indicator} ${value}${unit} ${text} ${source.line}`,
  );
}

test.each<[string, string[], string[]]>([
  [
    'numbered figures go with the KPIs of their numbers',
    [HEADING, ...CHECKUPS, ...EMPLOYERS, '１）58.2％（※１）', '２）6.4％'],
    ['青森5 checkup_rate 58.2% 58.2％ 14', '青森5 employer_data_rate 6.4% 6.4％ 15'],
  ],
  [
    'a new KPI has no figure, whatever its cell adds',
    [HEADING, ...CHECKUPS, ...EMPLOYERS, '１）【新設】', '（令和６年度から', '設定）', '２）6.4％'],
    ['青森5 employer_data_rate 6.4% 6.4％ 17'],
  ],
  [
    'the only KPI of a row needs no number',
    [
      HEADING,
      ...OFFICES,
      '1,198事業所',
      '（３）薬',
      'ジェネリック医薬品使用割合を対前年度',
      '以上とする',
      '80.3％',
    ],
    ['青森5 declaration_offices 1198事業所 1,198事業所 10', '青森5 generic_rate 80.3% 80.3％ 14'],
  ],
  [
    'a list says its own year',
    ['具体的施策 KPI 令和元年度実績', ...OFFICES, '1,198事業所'],
    ['青森1 declaration_offices 1198事業所 1,198事業所 10'],
  ],
  [
    'a list whose heading tells no year before gives none',
    ['具体的施策 KPI 令和７年度末', ...OFFICES, '1,198事業所'],
    [],
  ],
  ['a list without the column gives none', ['具体的施策 KPI', ...OFFICES, '1,198事業所'], []],
])('in a list with a column of a year before, %s', (_, list, expected) => {
  expect(actuals(list)).toEqual(expected);
});

test.each<[string, string[], string]>([
  ['two KPIs and one figure without a number', [...CHECKUPS, ...EMPLOYERS, '58.2％'], '58.2%'],
  ['a figure of another unit', [...OFFICES, '58.2％'], '58.2%'],
  ['a number that no KPI of the row has', [...CHECKUPS, '２）6.4％'], '2)6.4%'],
  ['a number twice', [...CHECKUPS, '１）58.2％', '１）57.9％'], '1)57.9%'],
  [
    'a target that is not the plan’s',
    ['健康宣言事業所数を 999事業所以上とする', '1,198事業所'],
    '1,198事業所',
  ],
])('%s is a doubt', (_, list, text) => {
  const { referenceActuals, doubts } = read([HEADING, ...list]);
  expect(referenceActuals.filter(({ source }) => doubts.some(({ line }) => line === source.line))).toEqual(
    [],
  );
  expect(doubts).toContainEqual(
    expect.objectContaining({ kind: 'not_taken', text, reason: 'どの指標の実績か、文から分かりません' }),
  );
});
