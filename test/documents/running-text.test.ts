import { expect, test } from 'vitest';
import { ingested } from './made-up-plan.ts';

const read = (text: string) => ingested(`令和8年度 青森支部事業計画\n\n${text}`);
const rowsOf = (text: string) =>
  read(text).kpis.map(
    ({ indicator, target: { op, value, relative } }) => `${indicator} ${op} ${value ?? ''}${relative ?? ''}`,
  );

test.each([
  [
    'two goals of one sentence',
    'サービススタンダードの達成状況を100％とし、平均所要日数6日以内を維持する。',
    ['service_standard = 100', 'avg_days <= 6'],
  ],
  [
    'goals with how many people they mean',
    '生活習慣病予防健診実施率を62.5％以上（見込121,000人）、被扶養者の特定健診実施率を29.5％以上（見込11,000人）とする。',
    ['checkup_rate >= 62.5', 'dependents_checkup >= 29.5'],
  ],
  [
    'a goal behind what it is of',
    '被保険者の特定保健指導実施率は令和6年度23.9％であった。令和8年度は26.4％以上とする。被扶養者については、17.0％以上への引上げを図る。',
    ['guidance_insured >= 26.4', 'guidance_dependents >= 17'],
  ],
  [
    'a rate whose name the paragraph gives',
    '返納金債権（診療報酬返還金を除く。）は件数が増えている。令和8年度の回収率は、前年度より2.0ポイント以上引き上げる。',
    ['claim_recovery >= 2prev_year'],
  ],
  [
    'a target that is called a KPI',
    '各地の状況を踏まえ、ジェネリック医薬品使用割合を89.5％以上とすること（KPI）を目指す。',
    ['generic_rate >= 89.5'],
  ],
  [
    'a figure that is left behind',
    '被扶養者の特定健診実施率を、令和6年度実績27.7％に対し30.1％以上とする。',
    ['dependents_checkup >= 30.1'],
  ],
  [
    'a figure that is kept in mind',
    '窓口での受付率は、令和7年度見込みの3.4％を踏まえ、対前年度以下とする。',
    ['counter_rate <= prev_year'],
  ],
  [
    'a target of each of two',
    '令和8年度は、査定率、再審査レセプト1件当たりの査定額とも対前年度以上とする。',
    ['assessment_rate >= prev_year', 'reexam_amount >= prev_year'],
  ],
  [
    'a target behind what is done for it',
    '生活習慣病予防健診は、令和6年度の実施率が67.4％である。4市町では巡回を秋にも行い、令和8年度の実施率は70.2％以上とする。',
    ['checkup_rate >= 70.2'],
  ],
  [
    'last year’s figure in brackets',
    '■KPI：一者応札案件の割合を前年度（18.2％）以下とする',
    ['single_bid <= 18.2prev_year'],
  ],
  [
    'how much less than last year',
    '■KPI：一者応札案件の割合を前年度より1.5ポイント以上抑える',
    ['single_bid <= 1.5prev_year'],
  ],
  [
    'a mark with the year and a list below it',
    '■KPI（令和8年度）\n① 生活習慣病予防健診実施率を61.5％以上\nとする\n② 事業者健診データ取得率を11.0％以上とする',
    ['checkup_rate >= 61.5', 'employer_data_rate >= 11'],
  ],
])('%s', (_, text, rows) => {
  expect(rowsOf(text)).toEqual(rows);
});

test.each([
  ['a rate of nothing that is named', '令和8年度の回収率は、95％以上とする。', '何の率や数か'],
  ['a goal of the country', '国の目標（令和11年度）：特定健診実施率70％以上', '国や、何年かにわたる'],
  ['a target of nothing that is named', '支部の実績は35.2％であり、令和8年度は38.5％以上を目指す。', ''],
  ['how it was on a day', '■KPI：令和7年12月末の健康宣言事業所数は1,255事業所', '決まった月の値'],
])('nothing is stored of %s, and the report says why', (_, text, reason) => {
  const { kpis, doubts } = read(text);
  expect(kpis).toEqual([]);
  expect(doubts).toContainEqual(expect.objectContaining({ reason: expect.stringContaining(reason) }));
});

test('labels below an indicator, and figures of several years in turn, are rows', () => {
  const text = [
    '(1) 生活習慣病予防健診',
    '【目標】実施率 62.5％以上',
    '【実績】38.5％（9月末時点）',
    '【評価】B',
    '',
    '・事業者健診データ取得率　R6実績 6.8％　R7見込 7.5％　R7目標 8.8％以上',
  ].join('\n');
  const { kpis, referenceActuals, doubts } = ingested(`令和7年度 青森支部 実施状況報告\n\n${text}`);
  expect(
    kpis.map(({ indicator, target, actual }) => [
      indicator,
      target.value,
      actual?.value ?? null,
      actual?.asOf,
    ]),
  ).toEqual(
    [
      ['employer_data_rate', 8.8, null, undefined],
      ['checkup_rate', 62.5, 38.5, '9月末時点'],
    ].toReversed(),
  );
  expect([referenceActuals.map(({ fy, value }) => [fy, value]), doubts]).toEqual([[[6, 6.8]], []]);
});

test('another year’s target in brackets is told', () => {
  const { kpis, doubts } = read('■KPI：一者応札案件の割合を15％以下とする（令和7年度のKPIは20％以下）');
  expect(kpis.map(({ fy, target }) => [fy, target.value])).toEqual([[8, 15]]);
  expect(doubts).toMatchObject([{ line: 3, text: expect.stringContaining('20%以下') }]);
});

test('the number of a table is no figure', () => {
  expect(read('別表1 令和8年度KPI\nサービススタンダードの達成状況').kpis).toEqual([]);
});

test('how figures are to be written sets none, and is no doubt', () => {
  const { kpis, doubts } = read('割合は小数第1位まで（査定率は小数第3位まで）とします。');
  expect([kpis, doubts]).toEqual([[], []]);
});

test('a sign that the legend gives to goals marks them; the legend marks none', () => {
  const legend = '凡例\n　◎数値目標　　年度末までに達成する水準\n　▽　　数値目標のうち、下げるもの\n';
  const goals =
    '1 窓口\n▽\n・窓口での受付率を3.0％以下とする\n\n2 健診\n◎数値目標\n・生活習慣病予防健診実施率を62.5％以上とする';
  expect(rowsOf(`${legend}\n${goals}`)).toEqual(['counter_rate <= 3', 'checkup_rate >= 62.5']);
});

test.each([
  [
    'in brackets beside the measure',
    '1 健診\n・案内を全事業所に送る。\n（予算：健診案内の作成　2,145千円、令和7年度は1,870千円）',
    ['健診案内の作成 2145000 前年 1870000'],
  ],
  [
    'behind the measure itself',
    '1 健診\n・集団健診の会場借上げ（予算額：1,914千円、新規）',
    ['集団健診の会場借上げ 1914000'],
  ],
  [
    'in a list under a heading of budgets',
    '（主な経費）\n・カルテの作成　2,310,000円（うち執行額 1,200,000円、契約済み）\n・合計　2,310,000円',
    ['カルテの作成 2310000 執行 1200000 契約済み'],
  ],
  ['in a sentence', '予算は、健診の推進に12,000千円、広報に3,400千円を充てる。', []],
  ['with an amount that nothing explains', '4 主な経費\n・カルテの作成　2,310千円　1,200千円', []],
])('a budget stated %s', (_, text, rows) => {
  const { budgets, doubts } = read(text);
  expect(
    budgets.map(({ name, amountYen, previousAmountYen, executedYen, status }) =>
      [
        `${name} ${amountYen}`,
        previousAmountYen === null ? '' : ` 前年 ${previousAmountYen}`,
        executedYen === null ? '' : ` 執行 ${executedYen}`,
        status === null ? '' : ` ${status}`,
      ].join(''),
    ),
  ).toEqual(rows);
  expect(doubts).toHaveLength(rows.length > 0 ? 0 : 1);
});
