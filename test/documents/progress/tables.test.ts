import { describe, expect, test } from 'vitest';
import { targets } from '../made-up-plan.ts';
import { BUDGET_HEADER, KPI_HEADER, reportOf } from './made-up-report.ts';

const MEASURE = 'Ⅰ．窓口の改善\n① 案内板を直す。\n\n① 直した。\n\n○\n';

describe('KPI tables', () => {
  test('state target, actual and the year before, with the month', () => {
    const rows = [
      '１）サービススタンダードの達成率を100％とする 100％ 99.5％ 99.4％',
      '２）サービススタンダードの平均所要日数７日以内を維',
      '持する',
      '7日以内 6.5日 6.8日',
      '３）申請書の窓口での受付率を対前年度以下とする 4.0％以下 4.2％ 【新設】',
    ].join('\n\n');
    const { kpis } = reportOf(`${MEASURE}\n${KPI_HEADER}\n${rows}`);
    expect(kpis).toMatchObject([
      {
        indicator: 'service_standard',
        target: { op: '=', value: 100 },
        actual: { value: 99.5, previousValue: 99.4, asOf: '5月時点' },
      },
      {
        indicator: 'avg_days',
        target: { op: '<=', value: 7, unit: '日' },
        actual: { value: 6.5, previousValue: 6.8 },
      },
      {
        indicator: 'counter_rate',
        target: { op: '<=', value: 4, text: '4.0％以下' },
        actual: { value: 4.2, previousValue: null, previousText: '【新設】' },
      },
    ]);
    expect(kpis[0]?.section).toEqual(['1.基盤的保険者機能の盤石化', 'Ⅰ.窓口の改善']);
  });

  test.each([
    ['生活習慣病予防健診実施率を55.0％以上とする 55.0％以上 ― 52.0％', 'checkup_rate >= 55%', '―', null],
    [
      '健康宣言事業所数を9,000事業所以上とする 9,000社以上 8,750社 8,600社',
      'declaration_offices >= 9000社',
      '8,750社',
      8750,
    ],
    ['SNSを運用し、毎月情報発信を行う 実施 上表のとおり 【新設】', 'sns do', '上表のとおり', null],
  ])('%s', (row, target, text, value) => {
    const document = reportOf(`${MEASURE}\n${KPI_HEADER}\n${row}`);
    expect(targets(document)).toEqual([target]);
    expect(document.kpis[0]?.actual).toMatchObject({ text, value });
  });
});

describe('counts', () => {
  function counts(table: string) {
    return reportOf(`${MEASURE}\n${table}`).counts.map(
      ({ table: title, label, period, value, unit, asOf }) => [title, label, period, value, unit, asOf],
    );
  }

  test('by quarter, with the month they reach to', () => {
    const table =
      '申請の処理\n\n４～６月 ７～９月 10～12月 １～３月\n\n決定件数 1,200件 1,340件（７月）\n\n達成件数 1,190件 1,330件（７月）';
    expect(counts(table)).toEqual([
      ['申請の処理', '決定件数', '4~6月', 1200, '件', null],
      ['申請の処理', '決定件数', '7~9月', 1340, '件', '7月'],
      ['申請の処理', '達成件数', '4~6月', 1190, '件', null],
      ['申請の処理', '達成件数', '7~9月', 1330, '件', '7月'],
    ]);
  });

  test('by month', () => {
    const table = '通信の数\n\n４月 ５月 ６月 ７月 ８月 ９月 10月 11月 12月 １月 ２月 ３月\n\n配信数 ２ ３';
    expect(counts(table)).toEqual([
      ['通信の数', '配信数', '4月', 2, null, null],
      ['通信の数', '配信数', '5月', 3, null, null],
    ]);
  });

  test('one figure below several stands for all of their months; a page number that ran in is none', () => {
    const table = '通信の数\n\n４月 ５月 ６月 ７月 ８月 ９月\n\n配信数 ２ ３ ４\n\n登録者数 910人 27';
    expect(counts(table).slice(3)).toEqual([['通信の数', '登録者数', '4月~6月', 910, '人', null]]);
  });

  test('by place, with the month of each', () => {
    const table =
      '島の健診 実施月 対象者数（人） 受診者数（受診率）\n\n北島 令和７年４月 554 集計中\n\n南島 令和７年９月予定 ― ―';
    expect(counts(table)).toMatchObject([
      ['島の健診', '北島', '対象者数', 554, null, '令和7年4月'],
      ['島の健診', '北島', '受診者数', null, null, '令和7年4月'],
      ['島の健診', '南島', '対象者数', null, null, '令和7年9月予定'],
      ['島の健診', '南島', '受診者数', null, null, '令和7年9月予定'],
    ]);
  });
});

describe('budgets', () => {
  function budgets(rows: string, title = '健診事業関連予算① （単位：円）') {
    return reportOf(`${MEASURE}\n${BUDGET_HEADER}\n${rows}\n\n${title}`).budgets;
  }

  test('have name, amount, executed, status and the year before', () => {
    const rows = [
      'はがきの印刷',
      '',
      '受けていない人に、誕生月の初めに案内のはがきを送',
      'る。',
      '',
      '1,250,000 310,000 契約済み 900,000',
      '',
      '会場の借り上げ',
      '',
      '仕事の後に受けられる日を、月に二回ほど温泉地に設ける。',
      '',
      '480,000 ― 未着手 450,000',
    ].join('\n');
    expect(budgets(rows)).toMatchObject([
      {
        section: '健診事業関連予算',
        name: 'はがきの印刷',
        amountYen: 1_250_000,
        executedYen: 310_000,
        status: '契約済み',
        previousAmountYen: 900_000,
      },
      {
        name: '会場の借り上げ',
        amountYen: 480_000,
        executedYen: null,
        status: '未着手',
        previousAmountYen: 450_000,
      },
    ]);
  });

  test('have names that a narrow column broke, and a note on what was executed', () => {
    const rows =
      '離れた島での健診の\n会場費と船の費用\n\n健診の車が行けない島で、船を使って健診を行うための費用。\n\n480,000 90,000 契約済み\n※５月実施分まで\n\n450,000';
    expect(budgets(rows)).toMatchObject([
      {
        name: '離れた島での健診の会場費と船の費用',
        executedYen: 90_000,
        note: '5月実施分まで',
        previousAmountYen: 450_000,
      },
    ]);
  });

  test('in thousands of yen are yen', () => {
    const found = budgets(
      '事務経費 健診機関を訪ねる旅費 21,300 ― ― 14,000',
      '健診事業関連予算 （単位：千円）',
    );
    expect(found).toMatchObject([
      { name: '事務経費', amountYen: 21_300_000, status: null, previousAmountYen: 14_000_000 },
    ]);
  });
});
