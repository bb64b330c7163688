import { expect, test } from 'vitest';
import { planOf } from '../made-up-plan.ts';

function indicators(body: string): string[] {
  return planOf(body).kpis.map(({ indicator }) => indicator);
}

test.each([
  ['サービススタンダードの達成率を100％とする', 'service_standard'],
  ['サービススタンダードの平均所要日数を７日以内とする', 'avg_days'],
  ['現金給付の申請の郵送化率を95.0％以上とする', 'mail_rate'],
  ['申請書の窓口での受付率を5.0％以下とする', 'counter_rate'],
  ['基金と合算した査定率を0.4％以上とする', 'assessment_rate'],
  ['再審査レセプト１件当たりの査定額を5,000円以上とする', 'reexam_amount'],
  ['保険証回収率を92.0％以上とする', 'card_recovery'],
  ['返納金債権の回収率を55.0％以上とする', 'claim_recovery'],
  ['被扶養者資格の確認書の提出率を93.0％以上とする', 'dependents_confirm'],
  ['生活習慣病予防健診実施率を60.0％以上とする', 'checkup_rate'],
  ['生活習慣病予防健診受診率を60.0％以上とする', 'checkup_rate'],
  ['事業者健診データの取得率を9.0％以上とする', 'employer_data_rate'],
  ['被扶養者の特定健診受診率を30.0％以上とする', 'dependents_checkup'],
  ['被保険者の特定保健指導の実施率を20.0％以上とする', 'guidance_insured'],
  ['被扶養者の特定保健指導実施率を8.0％以上とする', 'guidance_dependents'],
  ['健康宣言事業所数を900事業所以上とする', 'declaration_offices'],
  ['健康づくり宣言事業所数を900事業所以上とする', 'declaration_offices'],
  ['健活企業宣言事業所数を900社以上とする', 'declaration_offices'],
  ['健康経営宣言事業所数を900事業所以上とする', 'declaration_offices'],
  ['健康保険委員の委嘱事業所の被保険者数の割合を40.0％以上とする', 'committee_coverage'],
  ['健康保険委員の委嘱事業所数を対前年度以上とする', 'committee_offices'],
  ['後発医薬品の使用割合を80.3％以上とする', 'generic_rate'],
  ['ジェネリック医薬品の使用割合を80.3％以上とする', 'generic_rate'],
  ['一者応札の割合を20％以下とする', 'single_bid'],
  ['特定保健指導の実施率を20.0％以上とする', 'other:特定保健指導実施率'],
  ['被保険者の喫煙率を32.0％以下とする', 'other:被保険者の喫煙率'],
])('%s is %s', (statement, indicator) => {
  expect(indicators(`■KPI：${statement}`)).toEqual([indicator]);
});

test.each([
  ['（２）特定保健指導の推進', '被保険者', 'guidance_insured'],
  ['（２）特定保健指導の推進', '被扶養者', 'guidance_dependents'],
  ['２．生活習慣病予防健診の推進', '被保険者', 'checkup_rate'],
])('under %s, a bare rate of the %s is %s', (heading, group, indicator) => {
  expect(indicators(`${heading}\n○ 案内を送る。\n■KPI：${group}の実施率を12.0％以上とする`)).toEqual([
    indicator,
  ]);
});

test('the first item of a list names what the second leaves out', () => {
  const body = '■KPI：①被保険者の特定保健指導実施率を20.0％以上とする\n②被扶養者の実施率を8.0％以上とする';
  expect(indicators(body)).toEqual(['guidance_insured', 'guidance_dependents']);
});

test('a label above the KPI tells whose rate it is', () => {
  const body = '○被扶養者\n■KPI：特定保健指導の実施率を8.0％以上とする';
  expect(indicators(body)).toEqual(['guidance_dependents']);
});

test('a rate on another base is a KPI of its own, also as the later item of a list', () => {
  const body =
    '■KPI：1）ジェネリック医薬品使用割合（数量ベース）を82.0％以上とする。\n2）当支部のジェネリック医薬品使用割合（金額ベース）を対前年度以上とする。';
  expect(indicators(body)).toEqual([
    'generic_rate',
    'other:当支部のジェネリック医薬品使用割合（金額ベース）',
  ]);
});

test('a second deed in other words is a KPI of its own, the same deed again is not', () => {
  const first = '■KPI：地域医療構想調整会議などで、データに基づく意見発信を実施する';
  const again = '■KPI：地域医療構想調整会議等で、データに基づく意見発信を行う';
  const other = '■KPI：公開されている「医療の地図」を使った意見発信を行う';
  expect(indicators(`${first}\n${again}`)).toEqual(['opinion']);
  expect(indicators(`${first}\n${other}`)).toEqual([
    'opinion',
    'other:公開されている「医療の地図」を使った意見発信',
  ]);
});
