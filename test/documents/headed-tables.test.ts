import { expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { readGeneral } from '../../src/documents/by-heading/read-by-heading.ts';
import { formBuilder } from '../../src/documents/formats/form.ts';
import { ingested } from './made-up-plan.ts';

const table = (...rows: string[][]) => rows.map((row) => row.join('\t')).join('\n');

function rowsOf(text: string) {
  return ingested(text).kpis.map(({ branch, fy, indicator, target }) => {
    const { op, value, relative } = target;
    return [branch, fy, indicator, `${op} ${value ?? relative}`].join(' ');
  });
}

const PLAN = '令和8年度 青森支部事業計画\n\nKPI一覧\n';

test.each([
  [
    'newest year right',
    table(
      ['指標', '令和6年度実績', '令和7年度目標', '令和8年度目標'],
      ['生活習慣病予防健診実施率', '60.1%', '61.0%以上', '62.5%以上'],
    ),
  ],
  [
    'newest year left, with the change and the whole country beside',
    table(
      ['指標', 'R8目標', 'R7目標', '増減', '全国平均'],
      ['生活習慣病予防健診実施率', '62.5%以上', '61.0%以上', '+1.5', '57.7%'],
    ),
  ],
  [
    'a forecast between',
    table(
      ['項目', '目標', '見込', '前年度実績'],
      ['生活習慣病予防健診実施率', '62.5%以上', '61.9%', '60.1%'],
    ),
  ],
  [
    'the unit in the heading',
    table(
      ['指標', '令和8年度目標（％）', '令和6年度実績（％）'],
      ['生活習慣病予防健診実施率', '62.5', '60.1'],
    ),
  ],
  [
    '以上 in a column of its own',
    table(
      ['指標', '目標値', '条件', '備考'],
      ['生活習慣病予防健診実施率', '62.5%', '以上', '枠を増やす'],
      ['一者応札案件の割合', '―', '以下', ''],
    )
      .split('\n')
      .slice(0, 2)
      .join('\n'),
  ],
  [
    'two rows of headings',
    table(
      ['指標', 'KPI', ''],
      ['', '令和8年度目標', '令和6年度実績'],
      ['生活習慣病予防健診実施率', '62.5%以上', '60.1%'],
    ),
  ],
  [
    'a name over two rows',
    table(
      ['指標', '令和8年度目標', '令和6年度実績'],
      ['生活習慣病', '62.5%以上', '60.1%'],
      ['予防健診実施率', '', ''],
    ),
  ],
])('the target of the plan’s year is read from a table with %s', (_, body) => {
  expect(rowsOf(PLAN + body)).toEqual(['青森 8 checkup_rate >= 62.5']);
});

test('columns of spaces are as good as tabs', () => {
  const body = [
    '指標                              令和6年度実績    令和8年度目標',
    '生活習慣病予防健診実施率          60.1%            62.5%以上',
    '一般競争入札に占める一者応札案件  12.5%            15%以下',
    'の割合',
  ].join('\n');
  expect(rowsOf(PLAN + body)).toEqual(['青森 8 checkup_rate >= 62.5', '青森 8 single_bid <= 15']);
});

test.each([
  [
    'with years over their columns, rules between, and figures at the edge of theirs',
    [
      '----------------------------------------------------------------------------',
      '                              令和7年度                  令和8年度',
      'KPI                           目標           実績        目標          評価',
      '                                                         （年間）',
      '----------------------------------------------------------------------------',
      '生活習慣病予防健診実施率      61.0％以上     60.1％      62.5％以上    A',
      '返納金債権（不当請求を        対前年度以上   55.28％     56.0％以上    B',
      '　除く。）の回収率',
      '健康宣言事業所数              900事業所以上 912事業所    950事業所以上 A',
    ],
  ],
  [
    'of tabs, with lines of names alone',
    [
      'KPI\t令和7年度目標\t令和7年度実績\t令和8年度目標',
      '【健診】',
      '生活習慣病予防健診実施率\t61.0％以上\t60.1％\t62.5％以上',
      '【その他】',
      '返納金債権の回収率\t対前年度以上\t55.28％\t56.0％以上',
      '健康宣言事業所数\t900事業所以上\t912事業所\t950事業所以上',
    ],
  ],
  [
    'in a frame that is drawn',
    [
      '┌────────────┬───────┬──────┬───────┐',
      '│KPI                     │令和7年度目標 │令和7年度実績│令和8年度目標│',
      '├────────────┼───────┼──────┼───────┤',
      '│【健診】                │              │            │              │',
      '│生活習慣病予防健診実施率│61.0％以上    │60.1％      │62.5％以上    │',
      '│返納金債権の回収率      │対前年度以上  │55.28％     │56.0％以上    │',
      '│健康宣言事業所数        │900事業所以上 │912事業所   │950事業所以上 │',
      '└────────────┴───────┴──────┴───────┘',
    ],
  ],
])('a text table %s', (_, lines) => {
  expect(rowsOf(`令和8年度 青森支部 KPIの進捗\n\n${lines.join('\n')}`)).toEqual([
    '青森 7 checkup_rate >= 61',
    '青森 8 checkup_rate >= 62.5',
    '青森 7 claim_recovery >= prev_year',
    '青森 8 claim_recovery >= 56',
    '青森 7 declaration_offices >= 900',
    '青森 8 declaration_offices >= 950',
  ]);
});

test('the units over a table are each of what it fits', () => {
  const body = table(
    ['支部', '生活習慣病予防健診実施率', '健康宣言事業所数'],
    ['青森', '62.5', '1,250'],
    ['秋田', '64.0', '980'],
  );
  expect(
    ingested(`令和8年度 支部別KPI目標\n（単位：％、事業所）\n${body}`).kpis.map(({ target }) => target.unit),
  ).toEqual(['%', '事業所', '%', '事業所']);
});

test('targets of a table that names nothing are told', () => {
  const { kpis, doubts } = ingested(
    `令和8年度 青森支部事業計画\n\n${table(['区分', '', ''], ['目標', '62.5%以上', '950社以上'])}`,
  );
  expect(kpis).toEqual([]);
  expect(doubts).toMatchObject([{ line: 4, reason: expect.stringContaining('何のものか') }]);
});

test('cells that wrap below a row of figures are of that row', () => {
  const body = [
    'KPI              目標      実績      評価   今後の対応',
    '特定保健指導     36.0％    16.8％    B      3月までに',
    '実施率（被保                                5機関を訪ねる',
    '険者）',
    '〃（被扶養者）   22.0％    8.9％     C      会場を増やす',
  ].join('\n');
  const { kpis, measures } = ingested(`令和8年度 青森支部 上期実施状況\n\n${body}`);
  expect(kpis.map(({ indicator }) => indicator)).toEqual(['guidance_insured', 'guidance_dependents']);
  expect(measures[0]).toMatchObject({ evaluation: 'B', next: '3月までに5機関を訪ねる' });
});

test('rows of 目標 and 実績 below one another are of one KPI, each with its own year', () => {
  const body = table(
    ['支部', '区分', '生活習慣病予防健診実施率', '参考'],
    ['青森', 'R8目標', '62.5%以上', ''],
    ['青森', 'R8実績（12月末）', '44.0%', ''],
    ['秋田', 'R8目標', '64.0%以上', ''],
    ['', 'R7実績', '63.1%', ''],
  );
  const { kpis, referenceActuals } = ingested(`令和8年度 支部別KPI（目標と令和7年度実績）\n${body}`);
  expect(kpis.map(({ branch, target, actual }) => [branch, target.value, actual?.text ?? null])).toEqual([
    ['青森', 62.5, '44.0％'],
    ['秋田', 64, null],
  ]);
  expect(referenceActuals.map(({ branch, fy, value }) => [branch, fy, value])).toEqual([['秋田', 7, 63.1]]);
});

test('rows of 目標, 実績 and 見込 by month: the newest result is the actual', () => {
  const body = table(
    ['指標', '年間目標', '区分', '4月末', '5月末', '6月末'],
    ['郵送化率', '95.0%以上', '目標', '94.0%', '94.5%', '95.0%'],
    ['', '', '実績', '93.1%', '93.9%', '集計中'],
    ['', '', '見込', '', '', '94.2%'],
  );
  const { kpis } = ingested(`令和8年度 青森支部 KPI進捗\n\n${body}`);
  expect(kpis.map(({ target, actual }) => [target.value, actual?.text, actual?.asOf])).toEqual([
    [95, '93.9％', '5月末'],
  ]);
});

test('a heading that says something of its own takes no role from the table’s title', () => {
  const body = table(
    ['指標', '令和8年度', '県内順', '差（ポイント）'],
    ['郵送化率', '95.0%', '94.0%', '1.0'],
  );
  expect(rowsOf(`令和8年度 青森支部のKPI\n\n郵送化率の目標\n※ 率は見込みによる。\n${body}`)).toEqual([
    '青森 8 mail_rate >= 95',
  ]);
});

test('a report sets next year’s targets in a table that is headed so', () => {
  const body = table(
    ['支部', '生活習慣病予防健診実施率', '郵送化率'],
    ['青森', '62.5%', '95.0%'],
    ['秋田', '64.0%', '96.0%'],
  );
  const text = (fy: number) => `令和8年度上期 支部別KPI進捗\n\n令和${fy}年度 支部別目標（案）\n${body}`;
  expect(rowsOf(text(9))).toContain('青森 9 checkup_rate >= 62.5');
  expect(rowsOf(text(11))).toEqual([]);
});

test('a past year’s result is kept as that year’s, with its place', () => {
  const body = table(
    ['指標', '令和6年度実績', '令和8年度目標'],
    ['ジェネリック医薬品使用割合', '88.7%', '89.5%以上'],
  );
  const { referenceActuals } = ingested(PLAN + body);
  expect(referenceActuals).toEqual([
    expect.objectContaining({
      fy: 6,
      indicator: 'generic_rate',
      value: 88.7,
      source: expect.objectContaining({ line: 5 }),
    }),
  ]);
});

test('〃 says what the nearest name above says', () => {
  const body = table(
    ['指標', '令和8年度目標'],
    ['特定保健指導実施率（被保険者）', '24.0%以上'],
    ['〃（集団健診）', '20.0%以上'],
    ['〃（被扶養者）', '16.0%以上'],
  );
  expect(rowsOf(PLAN + body)).toContain('青森 8 guidance_dependents >= 16');
});

test('a table may open anew under other headings', () => {
  const body = table(
    ['指標', '令和8年度目標', '備考'],
    ['郵送化率', '95.0%以上', ''],
    ['指標', '実績', '目標'],
    ['窓口での受付率', '2.8%', '3.0%以下'],
  );
  expect(rowsOf(PLAN + body)).toEqual(['青森 8 mail_rate >= 95', '青森 8 counter_rate <= 3']);
});

test.each([
  ['of the whole country alone', ['指標', '全国平均'], ['郵送化率', '94.0%'], ['目標の列がありません']],
  [
    'of a past year and the whole country',
    ['指標', '令和7年度実績', '全国平均'],
    ['郵送化率', '95.1%', '94.0%'],
    [],
  ],
])('figures %s', (_, headings, row, reasons) => {
  const { kpis, doubts } = ingested(PLAN + table(headings, row));
  expect([kpis, doubts.map(({ reason }) => reason)]).toEqual([[], reasons]);
});

test('headings that go on in the row below are one', () => {
  const text = [
    '          生活習慣病        被扶養者の',
    '支部      予防健診実施率    特定健診実施率',
    '青森      62.5％            30.0％',
    '秋田      64.0％            31.0％',
  ].join('\n');
  expect(rowsOf(`令和8年度 支部別 健診の目標\n\n${text}`)).toEqual([
    '青森 8 checkup_rate >= 62.5',
    '青森 8 dependents_checkup >= 30',
    '秋田 8 checkup_rate >= 64',
    '秋田 8 dependents_checkup >= 31',
  ]);
});

test('a target that cannot be read heads no rows below it', () => {
  const body = table(
    ['指標', '令和8年度目標'],
    ['一者応札案件の割合', '前年度以下かつ15%以下'],
    ['郵送化率', '95.0%（94.0%）'],
    ['事業者健診データ取得率', '目標は8.0%以上'],
    ['全国平均', '集計中'],
    ['窓口での受付率', '3.0%以下'],
  );
  const { doubts } = ingested(PLAN + body);
  expect([rowsOf(PLAN + body), doubts.map(({ line }) => line)]).toEqual([
    ['青森 8 counter_rate <= 3'],
    [5, 6, 7],
  ]);
});

test('rows of branches and columns of indicators give every cell, and the whole country none', () => {
  const text = `令和8年度 支部別KPI目標一覧\n${table(
    ['支部', '生活習慣病予防健診実施率', '健康宣言事業所数'],
    ['青森', '62.5%', '1,250'],
    ['秋田支部', '対前年度以上', '980'],
    ['全国平均', '57.7%', '2,100'],
  )}`;
  expect(rowsOf(text)).toEqual([
    '青森 8 checkup_rate >= 62.5',
    '青森 8 declaration_offices >= 1250',
    '秋田 8 checkup_rate >= prev_year',
    '秋田 8 declaration_offices >= 980',
  ]);
});

test.each([
  [
    'years of one indicator, which the title names',
    '令和8年度 支部別 生活習慣病予防健診実施率の目標',
    table(['支部', '令和7年度', '令和8年度'], ['青森', '61.0%', '62.5%'], ['岩手', '―', '対前年度以上']),
    ['青森 7 checkup_rate >= 61', '青森 8 checkup_rate >= 62.5', '岩手 8 checkup_rate >= prev_year'],
  ],
  [
    'a topic over who it is of',
    '令和8年度 支部KPI設定一覧',
    table(
      ['支部', '保健指導', ''],
      ['', '被保険者', '被扶養者'],
      ['青森', '25.0%', '15.0%'],
      ['岩手', '26.1%', '14.2%'],
    ),
    [
      '青森 8 guidance_insured >= 25',
      '青森 8 guidance_dependents >= 15',
      '岩手 8 guidance_insured >= 26.1',
      '岩手 8 guidance_dependents >= 14.2',
    ],
  ],
  [
    'a branch that is written once for its rows',
    '令和8年度 ブロック KPI一覧',
    table(
      ['支部', '項目', '目標'],
      ['青森', '生活習慣病予防健診実施率', '62.5%以上'],
      ['', '健康宣言事業所数', '1,250社以上'],
      ['岩手', '生活習慣病予防健診実施率', '63.0%以上'],
      ['', '健康宣言事業所数', '980社以上'],
      ['全国', '生活習慣病予防健診実施率', '57.7%以上'],
      ['', '健康宣言事業所数', '90,000社以上'],
    ),
    [
      '青森 8 checkup_rate >= 62.5',
      '青森 8 declaration_offices >= 1250',
      '岩手 8 checkup_rate >= 63',
      '岩手 8 declaration_offices >= 980',
    ],
  ],
])('rows of branches: %s', (_, title, cells, rows) => {
  expect(rowsOf(`${title}\n${cells}`)).toEqual(rows);
});

test('what a target is held against may stand in a column of its own', () => {
  const body = table(
    ['指標', '単位', '令和8年度目標', '目標の見方', '令和7年度実績'],
    ['サービススタンダードの平均所要日数', '日', '7', '以内', '6.31'],
    ['窓口での受付率', '%', '2.8', '以下（対前年度）', '3.4'],
    ['生活習慣病予防健診実施率', '%', '62.5', '以上', '60.1'],
    ['一者応札案件の割合', '%', '15', '超', '14.2'],
  );
  expect(rowsOf(PLAN + body)).toEqual([
    '青森 8 avg_days <= 7',
    '青森 8 counter_rate <= 2.8',
    '青森 8 checkup_rate >= 62.5',
    '青森 8 single_bid >= 15',
  ]);
  expect(ingested(PLAN + body).kpis.map(({ target }) => target.relative)).toEqual([
    null,
    'prev_year',
    null,
    null,
  ]);
});

test('quarters below one another are counts of the name above them, and no year’s actual', () => {
  const body = table(
    ['指標', '令和8年度目標', '四半期', '実績'],
    ['生活習慣病予防健診実施率', '62.5%以上', '第1四半期', '12.1%'],
    ['', '', '第2四半期', '28.3%'],
  );
  const { kpis, counts, doubts } = ingested(`令和8年度 青森支部 KPIの進捗\n\n${body}`);
  expect(kpis.map(({ target, actual }) => [target.value, actual])).toEqual([[62.5, null]]);
  expect([counts.map(({ period, value }) => `${period} ${value}`), doubts]).toEqual([
    ['第1四半期 12.1', '第2四半期 28.3'],
    [],
  ]);
});

test('a line break within a cell parts its row, and moves no figure to another column', () => {
  const body = [
    '評価\t指標\t令和8年度目標\t令和7年度実績',
    'A\t生活習慣病予防健診実施率\t62.5％以上\t60.1％',
    'C\t返納金債権の回収率',
    '（診療報酬返還金を除く。）\t56.4％以上\t55.9％',
    'B\t被扶養者の特定健診実施率\t30.1％以上\t28.8％',
  ].join('\n');
  expect(rowsOf(PLAN + body)).toEqual([
    '青森 8 checkup_rate >= 62.5',
    '青森 8 claim_recovery >= 56.4',
    '青森 8 dependents_checkup >= 30.1',
  ]);
});

test('each sheet is of the branch that its name or title names; one that names none is of none', () => {
  const form = formBuilder();
  const sheet = (name: string, title: string, ...rows: string[][]) => {
    form.paragraph(name, { place: `シート「${name}」` });
    form.paragraph(title, { place: `シート「${name}」A1` });
    form.table(
      rows.map((row) => row.map((text) => ({ text }))),
      { place: `シート「${name}」3行目` },
    );
  };
  const headings = ['指標', '令和8年度目標'];
  sheet('記入要領', '令和8年度 KPI比較表 記入例', headings, ['被扶養者の特定健診実施率', '40.0%']);
  sheet('佐賀', '令和8年度 KPI', headings, ['生活習慣病予防健診実施率', '66.8%']);
  sheet('KPI2', '令和8年度KPI（長崎支部）', headings, ['生活習慣病予防健診実施率', '60.2%']);
  const { kpis, doubts } = readGeneral(
    { file: 'made-up.xlsx', form: form.build(), sidecar: {}, digest: '0' },
    loadCatalogue(),
  );
  expect(kpis.map(({ branch, target }) => `${branch} ${target.value}`)).toEqual(['佐賀 66.8', '長崎 60.2']);
  expect(doubts).toMatchObject([{ text: expect.stringContaining('40.0%') }]);
});

test('what stands over a table is read from the nearest line', () => {
  const body = `令和6年度実績\n${table(['支部', '生活習慣病予防健診実施率'], ['青森', '60.1%'], ['岩手', '63.3%'])}`;
  const { kpis, referenceActuals } = ingested(`令和8年度 支部別KPI一覧\n${body}`);
  expect([kpis, referenceActuals.map(({ branch, fy, value }) => `${branch} ${fy} ${value}`)]).toEqual([
    [],
    ['青森 6 60.1', '岩手 6 63.3'],
  ]);
});

test('a column of how many there are stands among the KPIs of branches, and is none', () => {
  const rows = rowsOf(
    `令和8年度 ブロック各支部 KPI目標一覧\n${table(
      [
        '支部',
        '40歳以上被保険者数（人）',
        '生活習慣病予防健診実施率（％以上）',
        '一者応札案件の割合（％以下）',
      ],
      ['青森', '71,320', '57.9', '15'],
      ['岩手', '70,861', '66.3', '20'],
    )}`,
  );
  expect(rows).toEqual([
    '青森 8 checkup_rate >= 57.9',
    '青森 8 single_bid <= 15',
    '岩手 8 checkup_rate >= 66.3',
    '岩手 8 single_bid <= 20',
  ]);
});

test('rows of branches below headings that say nothing are told', () => {
  const { kpis, doubts } = ingested(
    `令和8年度 ブロック各支部 KPI目標一覧\n${table(
      ['', 'A', 'B'],
      ['青森', '57.9', '15'],
      ['岩手', '66.3', '20'],
    )}`,
  );
  expect(kpis).toEqual([]);
  expect(doubts.map(({ text }) => text)).toEqual(['青森 57.9 15', '岩手 66.3 20']);
});

test('a table that is shown for reference sets no target', () => {
  const body = table(
    ['', '4月', '5月', '年間計画'],
    ['健診受診者数（被保険者）', '6,402', '12,118', '137,600'],
  );
  const { kpis, counts } = ingested(`令和8年度 青森支部 実施状況報告\n\n（参考）主な件数\n${body}`);
  expect([kpis, counts.map(({ value }) => value)]).toEqual([[], [6402, 12_118]]);
});

test('the first half behind its months is the year’s actual so far', () => {
  const body = table(
    ['指標', '令和8年度目標', '令和8年度実績', '', ''],
    ['', '', '4月', '5月', '上期'],
    ['生活習慣病予防健診実施率', '62.5%以上', '2.8%', '6.9%', '31.7%'],
  );
  const { kpis } = ingested(`令和8年度 青森支部 実施状況報告\n\n${body}`);
  expect(kpis.map(({ actual }) => [actual?.value, actual?.asOf])).toEqual([[31.7, '上期']]);
});

test('a comparison of two plans gives both years; what is 変更なし is as the other says, what was deleted is of the old alone', () => {
  const text = `令和8年度 青森支部事業計画 新旧対照表\n${table(
    ['令和8年度', '令和7年度', '変更の理由'],
    ['■KPI：郵送化率を95.0%以上とする', '■KPI：郵送化率を94.0%以上とする', '実績による'],
    ['変更なし', '■KPI：一者応札案件の割合を15%以下とする', ''],
    ['(削除)', '■KPI：健康宣言事業所数を900事業所以上とする', ''],
    ['■KPI：窓口での受付率を3.0％以下とする', '■KPI：（同左）', ''],
  )}`;
  expect(rowsOf(text).sort()).toEqual([
    '青森 7 counter_rate <= 3',
    '青森 7 declaration_offices >= 900',
    '青森 7 mail_rate >= 94',
    '青森 7 single_bid <= 15',
    '青森 8 counter_rate <= 3',
    '青森 8 mail_rate >= 95',
    '青森 8 single_bid <= 15',
  ]);
});

test('a report’s actual is the newest, with its date, and months are counts', () => {
  const text = `令和8年度 上期 実施状況報告書\n全国健康保険協会 青森支部\n(令和8年9月末時点)\n${table(
    ['項目', 'KPI', '8月', '9月', '実績(累計)', '前年度実績', '達成率', '評価'],
    ['生活習慣病予防健診実施率', '62.5%以上', '25.1%', '▲31.4%', '31.4%', '60.1%', '50.2%', 'A'],
  )}`;
  const { kpis, counts } = ingested(text);
  expect(kpis[0]).toMatchObject({
    target: { value: 62.5 },
    actual: { value: 31.4, asOf: '9月末時点', previousValue: 60.1 },
  });
  expect(counts.map(({ period, value }) => [period, value])).toEqual([
    ['8月', 25.1],
    ['9月', -31.4],
  ]);
});

test.each([
  [
    'two figures in one cell',
    table(['指標', '令和8年度目標'], ['生活習慣病予防健診実施率', '61.0% 62.5%']),
    /1つに決まりません/,
  ],
  [
    'a column without a heading',
    table(['指標', '', '備考'], ['生活習慣病予防健診実施率', '62.5%', '国と同じ']),
    /目標か実績か/,
  ],
  [
    'a target of several years',
    table(['指標', '令和7・令和8年度目標'], ['生活習慣病予防健診実施率', '62.5%以上']),
    /どの年度/,
  ],
  [
    'a unit that is another’s',
    table(['指標', '令和8年度目標'], ['生活習慣病予防健診実施率', '120事業所']),
    /単位/,
  ],
  [
    'another insurer',
    table(['指標', '令和8年度目標'], ['船員保険の特定健診実施率', '52.0%以上']),
    /協会けんぽの支部の数値ではありません/,
  ],
])('%s gives no row, and is told with its reason', (_, body, reason) => {
  const { kpis, doubts } = ingested(`令和8年度 青森支部事業計画\n\n${body}`);
  expect(kpis.filter(({ target }) => target.value !== null && target.unit !== '事業所')).toEqual([]);
  expect(doubts.map((doubt) => doubt.reason).join()).toMatch(reason);
});

test.each([
  [
    '千円 in the heading',
    ['事業名', '令和8年度予算額（千円）', '令和7年度予算額（千円）'],
    ['健診の案内', '4,900', '5,200'],
  ],
  [
    '千円 in the cells',
    ['事業名', '令和7年度予算額', '令和8年度予算額'],
    ['健診の案内', '5,200千円', '4,900千円'],
  ],
  [
    '万円 in the heading',
    ['事業名', '令和8年度予算額（万円）', '令和7年度予算額（万円）'],
    ['健診の案内', '490', '520'],
  ],
  [
    '百万円 in the cells',
    ['事業名', '令和7年度予算額', '令和8年度予算額'],
    ['健診の案内', '5.2百万円', '4.9百万円'],
  ],
  [
    '百万円 above, and its parts',
    ['事業（単位：百万円）', 'Ｒ７当初', 'Ｒ８案'],
    ['健診の案内', '5.2', '4.9'],
  ],
])('a budget with %s is in yen, sums are no items', (_, headings, row) => {
  const total = row.map((cell, at) => (at === 0 ? '合計' : cell));
  const part = row.map((cell, at) => (at === 0 ? '（うち新規）' : cell));
  const group = row.map((cell, at) => (at === 0 ? '健診関係計' : cell));
  const { budgets } = ingested(
    `令和8年度 青森支部 保険者機能強化予算\n${table(headings, row, part, group, total)}`,
  );
  expect(budgets).toEqual([
    expect.objectContaining({ name: '健診の案内', amountYen: 4_900_000, previousAmountYen: 5_200_000 }),
  ]);
});

test('amounts without a unit anywhere near are left to a reader', () => {
  const { budgets, doubts } = ingested(
    `令和8年度 青森支部 保険者機能強化予算\n${table(['事業名', '令和8年度予算額'], ['健診の案内', '4,900'])}`,
  );
  expect([budgets, doubts.map(({ reason }) => reason)]).toEqual([[], ['金額の単位が分かりません']]);
});

test('what was done, its rating and what comes next stay apart', () => {
  const text = `令和8年度 青森支部 事業実施状況報告書\n${table(
    ['取組', '実施状況', '評価', '今後の取組予定'],
    ['案内を送る', '5月に送った', 'B', '9月にも送る'],
  )}`;
  const { measures, commitments } = ingested(text);
  expect(measures).toEqual([
    expect.objectContaining({
      plan: '案内を送る',
      progress: '5月に送った',
      evaluation: 'B',
      next: '9月にも送る',
    }),
  ]);
  expect(commitments.map(({ from, to }) => [from, to])).toEqual([['2026-09-01', '2026-09-30']]);
});

test('next steps whose times stand in a column of their own, by number or alone', () => {
  const text = `令和7年度 青森支部 事業実施状況報告書\n${table(
    ['取組', '実施状況', '今後の予定', '時期'],
    ['広報', '冊子を作った。', '①冊子を配る。 ②教室を開く。 ③講師を派遣する。', '①7/11 ②第3四半期 ③―'],
    ['催告', '電話をかけた。', '催告状を送る（1回目）。', '8月下旬'],
    ['催告', '電話をかけた。', '同（2回目）', '令和8年2月'],
    ['面談', '3件行った。', '面談を行う。足りない場合は、12月に増やす。', '11月から12月'],
    ['会場', '2か所を見た。', '会場を7月末までに決め、案内を8月に送る。', '左記'],
  )}`;
  expect(ingested(text).commitments.map((own) => [own.text, own.from, own.to])).toEqual([
    ['冊子を配る(7月11日)。', '2025-07-11', '2025-07-11'],
    ['教室を開く(第3四半期)。', '2025-10-01', '2025-12-31'],
    ['催告状を送る(1回目)(8月下旬)。', '2025-08-21', '2025-08-31'],
    ['催告状を送る(2回目)(令和8年2月)', '2026-02-01', '2026-02-28'],
    ['面談を行う(11月から12月)。', '2025-11-01', '2025-12-31'],
    ['会場を7月末までに決め', '2025-04-01', '2025-07-31'],
    ['案内を8月に送る。', '2025-08-01', '2025-08-31'],
  ]);
});

test('rows with a label each, in blocks beside what they are about', () => {
  const form = formBuilder();
  form.paragraph('令和7年度 青森支部事業計画の進み具合（第2四半期）');
  const block = (name: string, ...rows: [label: string, text: string][]) =>
    rows.map(([label, text], at) => [
      ...(at === 0 ? [{ text: name, rowSpan: rows.length }] : []),
      { text: label },
      { text },
    ]);
  form.table([
    [{ text: '事業' }, { text: '進み具合', columnSpan: 2 }],
    ...block(
      '1 広報',
      ['【目標】', '冊子を広める。'],
      ['【実施状況】', '5月に作った。'],
      ['【評価】', '△\n遅れた'],
      ['【今後の予定】', '11月に配る。'],
    ),
    ...block('2 催告', ['【実施状況】', '電話をかけた。'], ['【今後の予定】', '12月に送る。']),
  ]);
  const made = { file: 'made-up.xlsx', form: form.build(), sidecar: {}, digest: '0' };
  const { measures, commitments } = readGeneral(made, loadCatalogue());
  expect(measures.map(({ plan, progress, evaluation, next }) => [plan, progress, evaluation, next])).toEqual([
    ['1 広報', '5月に作った。', '△', '11月に配る。'],
    ['2 催告', '電話をかけた。', null, '12月に送る。'],
  ]);
  expect(commitments.map(({ to }) => to)).toEqual(['2025-11-30', '2025-12-31']);
});

test('contracts with their times and without amounts, those that are over left out', () => {
  const text = `令和7年度 青森支部 事業実施状況報告書\n${table(
    ['件名', '契約期間・納期', '状況'],
    ['封入の作業', '令和7年4月1日～令和7年6月20日', '完了'],
    ['電話での勧奨', '令和7年8月1日～令和8年1月30日', '契約済み'],
    ['データの取得', '令和8年3月13日まで', '契約済み'],
  )}`;
  expect(ingested(text).commitments.map(({ subject, from, to }) => [subject, from, to])).toEqual([
    ['電話での勧奨', '2025-08-01', '2026-01-30'],
    ['データの取得', '2025-04-01', '2026-03-13'],
  ]);
});

test.each([
  [
    'the first half’s columns',
    ['項目', '令和8年度の取組', '上期の実施状況', '評価', '下期の予定'],
    ['1(2) 窓口', '案内を置く。', '4月から置いた。', 'B', '11月に替える。'],
    { plan: '案内を置く。', progress: '4月から置いた。', evaluation: 'B', next: '11月に替える。' },
  ],
  [
    'next steps beside KPIs',
    ['KPI', '令和8年度目標', '令和8年度実績', '評価', '下期に行うこと'],
    ['郵送化率', '95.0%以上', '94.1%', 'C', '12月に案内を送る。'],
    { plan: '郵送化率', progress: '94.1％', evaluation: 'C', next: '12月に案内を送る。' },
  ],
])('a measure of %s', (_, headings, row, measure) => {
  const { measures } = ingested(`令和8年度 青森支部 上期事業報告\n${table(headings, row)}`);
  expect(measures).toEqual([expect.objectContaining(measure)]);
});

test('how far a contract is makes no measure of a budget', () => {
  const text = `令和8年度 青森支部 予算の執行状況（単位：円）\n${table(
    ['区分', '取組', '予算額', '執行(予定)額', '状況'],
    ['健診', '集団健診', '4,730,000', '1,958,000', '契約済'],
    ['', '提供依頼', '2,255,000', '―', '調達中'],
  )}`;
  const { measures, budgets } = ingested(text);
  expect(measures).toEqual([]);
  expect(budgets.map(({ section, executedYen, status }) => [section, executedYen, status])).toEqual([
    [expect.stringMatching(/ 健診$/), 1_958_000, '契約済み'],
    [expect.stringMatching(/ 健診$/), null, '調達中'],
  ]);
});

test('a measure as a table of its own: a label before each cell, and the paper’s date for 今月', () => {
  const block = (title: string, progress: string, next: string) =>
    `${table([title, '進捗評価', 'B'], ['実施状況', progress], ['今後の取組予定', next])}\n\n`;
  const text = [
    '令和7年度 静岡支部 事業計画の取組状況\n全国健康保険協会 静岡支部\n令和7年9月10日\n\n第1 基盤的保険者機能\n\n',
    block('1-1 窓口の混雑の緩和', '6月に2回、手順を確かめた。', '繁忙期の手順を11月中にまとめる。'),
    block('1-2 個人情報の保護', '研修を開いた。', '自主点検を今月末までに行う。'),
  ].join('');
  const { measures, commitments } = ingested(text);
  expect(measures).toMatchObject([
    {
      plan: '1-1 窓口の混雑の緩和',
      progress: '6月に2回、手順を確かめた。',
      evaluation: 'B',
      next: '繁忙期の手順を11月中にまとめる。',
    },
    { plan: '1-2 個人情報の保護', progress: '研修を開いた。', evaluation: 'B' },
  ]);
  expect(commitments.map(({ section, to }) => [section.at(-1), to])).toEqual([
    ['1-1 窓口の混雑の緩和', '2025-11-30'],
    ['1-2 個人情報の保護', '2025-09-30'],
  ]);
});

test('a plan names last year’s targets to compare; they are stated where that year is told of, and by reports and comparisons of plans', () => {
  const body = table(
    ['指標', '令和7年度目標', '令和8年度目標'],
    ['生活習慣病予防健診実施率', '61.0%以上', '62.5%以上'],
  );
  const plan = ingested(PLAN + body);
  expect(plan.kpis.map(({ fy }) => fy)).toEqual([8]);
  expect(plan.doubts).toMatchObject([{ line: 5, reason: expect.stringContaining('令和7年度の目標') }]);
  expect(rowsOf(`令和8年度 青森支部 KPI一覧\n${body}`)).toEqual([
    '青森 7 checkup_rate >= 61',
    '青森 8 checkup_rate >= 62.5',
  ]);
  const titled = '令和8年度 青森支部事業計画\n\n令和8年度KPI（令和7年度の目標を併記）\n';
  expect(rowsOf(titled + body)).toEqual(['青森 7 checkup_rate >= 61', '青森 8 checkup_rate >= 62.5']);
  const recorded = table(
    ['指標', '令和8年度', '令和7年度', ''],
    ['', '目標(案)', '目標', '見込'],
    ['生活習慣病予防健診実施率', '62.5%以上', '61.0%以上', '60.4%'],
  );
  expect(rowsOf(PLAN + recorded)).toEqual(['青森 8 checkup_rate >= 62.5', '青森 7 checkup_rate >= 61']);
  const compared = `${body}\n${['窓口での受付率', '【新設】', '対前年度以下'].join('\t')}`;
  expect(rowsOf(PLAN + compared)).toEqual([
    '青森 7 checkup_rate >= 61',
    '青森 8 checkup_rate >= 62.5',
    '青森 8 counter_rate <= prev_year',
  ]);
});

test('what stands in brackets behind a target is part of it; a deed may be told at length', () => {
  const body = table(
    ['項目', '目標', '備考'],
    ['生活習慣病予防健診実施率', '62.5%以上（うち上期30.0%）', ''],
    ['バイオシミラー', '使用促進事業を開始し、医療機関や関係者への働きかけを実施する', ''],
    ['SNSによる毎月の情報発信', '毎月行う', ''],
  );
  expect(rowsOf(`令和8年度 青森支部事業計画\n\n${body}`)).toEqual([
    '青森 8 checkup_rate >= 62.5',
    '青森 8 biosimilar do null',
    '青森 8 sns do null',
  ]);
});

test('a goal of years to come is none of the plan’s', () => {
  const body = table(
    ['指標', '令和8年度目標', '令和11年度目標'],
    ['生活習慣病予防健診実施率', '62.5%以上', '70.0%以上'],
  );
  const { kpis, doubts } = ingested(`令和8年度 青森支部 KPI一覧\n${body}`);
  expect(kpis.map(({ fy, target }) => [fy, target.value])).toEqual([[8, 62.5]]);
  expect(doubts).toMatchObject([{ reason: expect.stringContaining('令和11年度まで') }]);
});

test('the end of the year below 目標 is when the target is to be reached', () => {
  const body = table(
    ['支部', '令和8年度目標', ''],
    ['', 'ジェネリック医薬品使用割合', '窓口での受付率'],
    ['', '年度末時点', '(%)'],
    ['青森', '対前年度以上', '3.0'],
    ['秋田', '89.0%以上', '2.5'],
  );
  expect(rowsOf(`令和8年度 支部別KPI\n${body}`)).toEqual([
    '青森 8 generic_rate >= prev_year',
    '青森 8 counter_rate <= 3',
    '秋田 8 generic_rate >= 89',
    '秋田 8 counter_rate <= 2.5',
  ]);
});

test.each([
  ['in the name', '窓口での受付率（対前年度以下）', '3.4以下'],
  ['in the cell', '窓口での受付率', '3.4％以下（対前年度以下）'],
])('what the target is held against stands in brackets %s', (_, name, cell) => {
  const body = table(['指標', '令和8年度目標', '備考'], [name, cell, '']);
  expect(ingested(PLAN + body).kpis[0]?.target).toMatchObject({
    op: '<=',
    value: 3.4,
    relative: 'prev_year',
  });
});

test('each year with columns of its own has its budget; a year of amounts alone is what the next is compared with', () => {
  const body = [
    '令和8年度 青森支部 保険者機能強化予算（案）',
    '（単位：千円）',
    '',
    table(
      ['事業名', '令和8年度', '令和7年度', '', '令和6年度'],
      ['', '予算案', '予算額', '執行額', '予算額'],
      ['健診の案内の', '1,930', '1,845', '1,612', '1,700'],
      ['作成と発送', '', '', '', ''],
      ['見える化の資料', '―', '960', '―', '―'],
      ['合計', '1,930', '2,805', '1,612', '1,700'],
    ),
  ].join('\n');
  expect(
    ingested(body).budgets.map(({ name, fy, amountYen, executedYen, previousAmountYen }) => [
      name,
      fy,
      amountYen,
      executedYen,
      previousAmountYen,
    ]),
  ).toEqual([
    ['健診の案内の作成と発送', 8, 1_930_000, null, 1_845_000],
    ['健診の案内の作成と発送', 7, 1_845_000, 1_612_000, 1_700_000],
    ['見える化の資料', 7, 960_000, null, null],
  ]);
});

test('a row of one cell right below the headings names the rows below it', () => {
  const body = table(
    ['分野', '事業名', '令和8年度 予算案', '令和7年度 予算', '増減'],
    ['【保健事業予算】', '', '', '', ''],
    ['健診', '集団健診', '9,820', '8,460', '1,360'],
  );
  const { budgets } = ingested(`令和8年度 青森支部 予算案（単位：千円）\n${body}`);
  expect(
    budgets.map(({ name, amountYen, previousAmountYen }) => [name, amountYen, previousAmountYen]),
  ).toEqual([['集団健診', 9_820_000, 8_460_000]]);
});

test('how many people a rate means is no target beside it', () => {
  const body = table(
    ['区分', '生活習慣病予防健診実施率', '', '事業者健診データ取得率', ''],
    ['', '人数（人）', '率（％）', '件数（件）', '率（％）'],
    ['令和8年度目標', '192,960', '64.0%以上', '21,708', '7.2%以上'],
    ['12月末累計', '149,845', '49.7%', '10,553', '3.5%'],
  );
  expect(rowsOf(`令和8年度 青森支部 KPIの進捗\n\n${body}`)).toEqual([
    '青森 8 checkup_rate >= 64',
    '青森 8 employer_data_rate >= 7.2',
  ]);
});

test('columns of spaces under a typed rule are columns, and the rule is none of their rows', () => {
  const body = [
    '取組名                      令和7年度              令和8年度',
    '                            予算額      執行額     予算額',
    '------------------------------------------------------------',
    '健診の案内の発送             1,845       1,612      1,930',
    '集団健診の会場               2,640       2,310      2,700',
    '------------------------------------------------------------',
  ].join('\n');
  const { budgets } = ingested(`令和8年度 青森支部 予算\n（単位：千円）\n\n${body}`);
  expect(budgets.map(({ fy, amountYen }) => [fy, amountYen])).toEqual([
    [8, 1_930_000],
    [7, 1_845_000],
    [8, 2_700_000],
    [7, 2_640_000],
  ]);
});

test('sections headed by a branch are that branch’s', () => {
  const own = (branch: string, figure: string) =>
    `${branch}支部\n\n${table(['指標', '令和8年度目標', '備考'], ['生活習慣病予防健診実施率', figure, ''])}\n`;
  expect(rowsOf(`令和8年度 KPI目標一覧\n\n${own('青森', '62.5%')}\n${own('秋田', '66.0%')}`)).toEqual([
    '青森 8 checkup_rate >= 62.5',
    '秋田 8 checkup_rate >= 66',
  ]);
});

test('the evaluation of a KPI is kept, whatever its column is called', () => {
  const body = table(
    ['指標', '目標', '実績', '達成見込'],
    ['生活習慣病予防健診実施率', '62.5%以上', '31.0%', '△'],
    ['窓口での受付率', '3.0%以下', '2.4%', '○'],
  );
  const { measures } = ingested(`令和8年度上期 青森支部 実施状況報告\n\n${body}`);
  expect(measures.map(({ plan, progress, evaluation }) => [plan, progress, evaluation])).toEqual([
    ['生活習慣病予防健診実施率', '31.0％', '△'],
    ['窓口での受付率', '2.4％', '○'],
  ]);
});

test('running text with labels: what comes next under each title, and no layout where there is one alone', () => {
  const part = (title: string, next: string) =>
    `${title}\n【実施状況】\n・5月に送った。\n【今後の予定】\n・${next}\n\n`;
  const head = '令和7年度 青森支部 事業実施状況報告書（第1四半期）\n全国健康保険協会青森支部\n\n';
  const colon = '■ 催告\n実施状況：電話をかけた。\n今後の予定：8月下旬に催告状を送る。\n';
  const text = [
    head,
    part('1．健全な財政運営', '評議会を7月11日に開く。\n・チラシの9月号に\n載せる。'),
    part('2．広報', '随時知らせる。'),
    colon,
    '3．予算の執行状況\n特にない。\n',
  ];
  expect(ingested(text.join('')).commitments.map((own) => [own.section.at(-1), own.text, own.to])).toEqual([
    ['1.健全な財政運営', '評議会を7月11日に開く。', '2025-07-11'],
    ['1.健全な財政運営', 'チラシの9月号に載せる。', '2025-09-30'],
    ['■ 催告', '8月下旬に催告状を送る。', '2025-08-31'],
  ]);
  expect(ingested(head + part('1．広報', '9月に配る。')).commitments).toEqual([]);
});

test('items of a list under a heading are measures: what was done in a report, what is set out in a plan', () => {
  const list = [
    '1 サービス水準の向上',
    '・9月に電話応対の研修を開',
    'いた。',
    '・案内を窓口に置く。',
    '■KPI：郵送化率を95.0％以上とする',
    '2 その他',
    '・窓口での受付率を3.0％以下とする。',
    '・備考',
  ].join('\n');
  const of = (title: string) =>
    ingested(`令和8年度 青森支部 ${title}\n\n${list}`).measures.map(({ plan, progress }) => [plan, progress]);
  expect(of('上期実施状況報告')).toEqual([
    ['1 サービス水準の向上', '9月に電話応対の研修を開いた。'],
    ['案内を窓口に置く。', null],
  ]);
  expect(of('事業計画')).toEqual([
    ['9月に電話応対の研修を開いた。', null],
    ['案内を窓口に置く。', null],
  ]);
});

test('a title with its evaluation behind it heads its labels', () => {
  const part = (title: string, sign: string) =>
    `${title}　評価：${sign}\n［計画］案内を置く。\n［実施状況］5月に置いた。\n［今後］9月に替える。\n\n`;
  const { measures } = ingested(
    `令和8年度 青森支部 実施状況報告\n\n${part('(1)窓口', '△')}${part('(2)広報', '○')}`,
  );
  expect(measures.map(({ section, plan, evaluation }) => [section, plan, evaluation])).toEqual([
    [['(1)窓口'], '案内を置く。', '△'],
    [['(2)広報'], '案内を置く。', '○'],
  ]);
});

test('labels before a bar, with what goes on below it: until a line has no bar', () => {
  const part = (title: string, next: string) =>
    `［${title}\n　計　　画｜進める。\n　実施状況｜・5月に送った。\n　　　　　｜・6月に集めた。\n　今　　後｜・${next}\n\n`;
  const text = [
    '令和7年度 青森支部 事業実施状況報告書（第1四半期）\n全国健康保険協会青森支部\n\n',
    part('１－１］健全な財政運営', '評議会を7月11日に開\n　　　　　｜く。\n　　　　　｜・9月に知らせる。'),
    part('１－２］広報', '随時知らせる。'),
    '第2部 その他\n10月に変わることがある。\n',
  ];
  const { measures, commitments } = ingested(text.join(''));
  expect(measures.map(({ plan, progress }) => [plan, progress])).toEqual(
    Array(2).fill(['進める。', '・5月に送った。\n・6月に集めた。']),
  );
  expect(commitments.map((own) => [own.text, own.to])).toEqual([
    ['評議会を7月11日に開く。', '2025-07-11'],
    ['9月に知らせる。', '2025-09-30'],
  ]);
});
