import { expect, test } from 'vitest';
import { parseTarget } from '../../../src/documents/kpi/target.ts';
import { planOf, targets } from '../made-up-plan.ts';

const GENERIC = 'ジェネリック医薬品使用割合';

test.each([
  // Figures as people type them
  [`${GENERIC}を80.3％以上とする`, 'generic_rate >= 80.3%'],
  [`${GENERIC}を７９．５％以上とする`, 'generic_rate >= 79.5%'],
  [`${GENERIC}を８０％以上とする`, 'generic_rate >= 80%'],
  [`${GENERIC}を 8 0.3 ％ 以 上 とする`, 'generic_rate >= 80.3%'],
  [`${GENERIC}を80.3以上とする`, 'generic_rate >= 80.3%'],
  [`${GENERIC}を80.3パーセント以上とする`, 'generic_rate >= 80.3%'],
  [`${GENERIC}を80.3％とする`, 'generic_rate = 80.3%'],
  [`${GENERIC}：80.3％以上`, 'generic_rate >= 80.3%'],
  [`${GENERIC} 80.3％以上を達成する`, 'generic_rate >= 80.3%'],
  [`${GENERIC}80.3％以上を目指す`, 'generic_rate >= 80.3%'],
  [`${GENERIC}を80.3％超とする`, 'generic_rate >= 80.3%'],
  ['サービススタンダードの達成状況100％を維持する', 'service_standard = 100%'],
  ['サービススタンダードの平均所要日数７日以内を維持する', 'avg_days <= 7日'],
  ['サービススタンダードの平均所要日数を7営業日以内とする', 'avg_days <= 7日'],
  ['一者応札案件の割合を20％以下とする', 'single_bid <= 20%'],
  ['一者応札案件の割合を20％未満とする', 'single_bid <= 20%'],
  ['再審査レセプト１件当たりの査定額を15,000円以上とする', 'reexam_amount >= 15000円'],
  // Counts and their units
  ['健康宣言事業所数を1,250事業所以上とする', 'declaration_offices >= 1250事業所'],
  ['健康宣言事業所数を１，２５０社以上とする', 'declaration_offices >= 1250社'],
  ['健診実施者数を12万人以上とする', 'checkup_count >= 120000人'],
  ['特定保健指導実績評価者数を2,000名以上とする', 'guidance_count >= 2000人'],
  ['薬の軽減額を3億2,000万円以上とする', 'other:薬の軽減額 >= 320000000円'],
  // Dates and months are no figures
  ['令和８年３月末時点の健康宣言事業所数を1,250事業所以上とする', 'declaration_offices >= 1250事業所'],
  ['健康宣言事業所数を令和８年３月３１日までに1,250事業所以上とする', 'declaration_offices >= 1250事業所'],
  [`令和７年度の${GENERIC}を80.3％以上とする`, 'generic_rate >= 80.3%'],
  [`${GENERIC}を令和８年３月診療分で80.3％以上とする`, 'generic_rate >= 80.3%'],
  ['資格喪失後１か月以内の保険証回収率を92.0％以上とする', 'card_recovery >= 92%'],
  ['施術箇所３部位以上かつ月15日以上の施術の申請の割合を1.2％以下とする', 'judo_rate <= 1.2%'],
  ['受診勧奨後３か月以内に受診した者の割合を12.9％以上とする', 'visit_rate >= 12.9%'],
  // Figures beside the target
  [`${GENERIC}を80.3％以上とする（令和６年度実績 79.1％）`, 'generic_rate >= 80.3%'],
  [`${GENERIC}（令和６年度 79.1％）を80.3％以上とする`, 'generic_rate >= 80.3%'],
  [`${GENERIC}を79.1％から80.3％以上に引き上げる`, 'generic_rate >= 80.3%'],
  ['生活習慣病予防健診実施率を 60.0％（12,000人）以上とする', 'checkup_rate >= 60%'],
  ['生活習慣病予防健診実施率を60.0％以上（実施見込者数 12,000人）とする', 'checkup_rate >= 60%'],
  // Measured by the year before
  ['レセプト点検の査定率を対前年度以上とする', 'assessment_rate >= 前年度'],
  ['レセプト点検の査定率を前年度以上とする', 'assessment_rate >= 前年度'],
  ['レセプト点検の査定率を前年度実績以上とする', 'assessment_rate >= 前年度'],
  ['レセプト点検の査定率を前年度より向上させる', 'assessment_rate >= 前年度'],
  ['柔道整復の施術の申請の割合を対前年度以下とする', 'judo_rate <= 前年度'],
  ['返納金債権の回収率を60.0％以上かつ対前年度以上とする', 'claim_recovery >= 60% 前年度'],
  // A proviso does not change it
  [
    '一者応札案件の割合を20％以下とする。ただし、入札件数が５件以下の場合は一者応札件数を１件以下とする',
    'single_bid <= 20%',
  ],
  // Deeds
  ['バイオシミラーの使用促進に向けた働きかけを実施する', 'biosimilar do'],
  ['SNS（LINE）を運用し、毎月情報発信を行う', 'sns do'],
  ['地域医療構想調整会議において医療データを活用した意見発信を実施する', 'opinion do'],
])('%s → %s', (statement, target) => {
  expect(targets(planOf(`■KPI：${statement}`))).toEqual([target]);
});

test('one sentence may state two KPIs', () => {
  const body =
    '■KPI：健康保険委員の委嘱事業所の被保険者数の割合を40.0％以上とするとともに、委嘱事業所数を対前年度以上とする';
  const document = planOf(body);
  expect(targets(document)).toEqual(['committee_coverage >= 40%', 'committee_offices >= 前年度']);
  expect(document.kpis.map(({ source }) => source.line)).toEqual([2, 2]);
});

test('a proviso is kept beside the target', () => {
  const [kpi] = planOf(
    '■KPI：一者応札案件の割合を20％以下とする。ただし、入札件数が５件以下の場合は１件以下とする',
  ).kpis;
  expect(kpi?.target).toMatchObject({ value: 20, proviso: expect.stringContaining('5件以下の場合') });
});

test.each([
  ['生活習慣病予防健診実施率を63.10%以上とする', '63.10%以上'],
  ['健康宣言事業所数を1,250事業所以上とする', '1,250事業所以上'],
  ['査定率を対前年度以上とする', '対前年度以上'],
])('%s keeps the target as printed: %s', (statement, text) => {
  expect(parseTarget(statement)?.text).toBe(text);
});

test.each(['ジェネリック医薬品の使用割合', '令和7年度の健診', '', '3部位'])('%s sets no target', (text) => {
  expect(parseTarget(text)).toBeNull();
});
