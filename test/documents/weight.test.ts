import { expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { ingestText } from '../../src/documents/ingest.ts';

const catalogue = loadCatalogue();

function weights(body: string): [string, string | null, string | null][] {
  const text = `令和７年度 青森支部事業計画\n\n${body}`;
  const document = ingestText({ file: 'plan.txt', text, sidecar: {}, digest: '' }, catalogue);
  return document.kpis.map(({ indicator, importance, difficulty }) => [indicator, importance, difficulty]);
}

test('marks above a KPI weigh it, up to the next heading', () => {
  expect(
    weights(`１．医療費適正化
（１）ジェネリック医薬品の使用促進
① 薬局に使用状況のお知らせを届けます。
【重要度：高】
使用割合は財政に響くためです。
【困難度：高】すでに高い水準にあるためです。
■ KPI：ジェネリック医薬品使用割合を 81.5％以上とする
（２）生活習慣病予防健診の推進
① りんごの収穫が終わる時期に集団健診を開きます。
■ KPI：生活習慣病予防健診実施率を 61.5％以上とする
（３）コラボヘルスの推進
【重要度：高】
■ KPI：健康宣言事業所数を 1,200事業所以上とする
`),
  ).toEqual([
    ['generic_rate', '高', '高'],
    ['checkup_rate', null, null],
    ['declaration_offices', '高', null],
  ]);
});

test('where an office writes its marks below the KPIs, they weigh the list above', () => {
  expect(
    weights(`１．健診
（１）生活習慣病予防健診の推進
■ KPI：
① 生活習慣病予防健診実施率を 61.5％以上とする
② 事業者健診データ取得率を 7.5％以上とする
【重要度：高】
健診は保健事業の入口であるためです。
【困難度：高】
未受診の事業所が小さいためです。
（２）重症化予防の推進
■ KPI：健康宣言事業所数を 1,200事業所以上とする
【重要度：高】
働く世代に届くためです。
（３）費用対効果を踏まえたコスト削減等の推進
■ KPI：一者応札案件の割合を 20％以下とする
`),
  ).toEqual([
    ['checkup_rate', '高', '高'],
    ['employer_data_rate', '高', '高'],
    ['declaration_offices', '高', null],
    ['single_bid', null, null],
  ]);
});
