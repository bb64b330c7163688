import { describe, expect, test } from 'vitest';
import type { Question } from '../../src/model/question.ts';
import { catalogue, parse, parserOver } from './parser.ts';

function figure(branch: string | null, fy: number | null, indicator: string, aspect: string) {
  return { kind: 'figure', branch, fy, indicators: [indicator], aspect };
}

describe('one figure', () => {
  test.each([
    ['東京支部のジェネリックKPIは？', figure('東京', null, 'generic_rate', 'target')],
    ['埼玉 後発品 目標 R3', figure('埼玉', 3, 'generic_rate', 'target')],
    [
      'お手数ですが、千葉の2021年度の郵送化率の目標をご教示ください',
      figure('千葉', 3, 'mail_rate', 'target'),
    ],
    ['新潟の一者応札の例外は？', figure('新潟', null, 'single_bid', 'proviso')],
    ['東京の査定率の実績は？', figure('東京', null, 'assessment_rate', 'actual')],
    ['東京の窓口受付率は目標クリアできてる？', figure('東京', null, 'counter_rate', 'progress')],
    ['東京の特定健診の達成率', figure('東京', null, 'dependents_checkup', 'achievement')],
    ['東京の査定率はいつ時点？', figure('東京', null, 'assessment_rate', 'as_of')],
    ['東京のサビスタの根拠は？', figure('東京', null, 'service_standard', 'source')],
    [
      '健康保険委員がいる会社の被保険者の割合の目標、栃木はいくつ',
      figure('栃木', null, 'committee_coverage', 'target'),
    ],
    ['群馬の柔整の3部位以上・月15日以上の割合は？', figure('群馬', null, 'judo_rate', 'all')],
    ['全国のジェネリックの目標は？', figure('本部', null, 'generic_rate', 'target')],
    ['ジェネリックの目標は？', figure(null, null, 'generic_rate', 'target')],
  ])('%s', (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  test('a word with several meanings keeps them all', () => {
    expect(parse('東京の健診率は？')).toMatchObject({
      kind: 'figure',
      indicators: ['checkup_rate', 'dependents_checkup', 'employer_data_rate'],
    });
  });

  test.each([
    ['沖縄 委員の被保険者割合 目標', '沖縄', ['committee_coverage']],
    ['協会けんぽ全体の健康宣言事業所数の目標', '本部', ['declaration_offices']],
    ['横浜の特定健診の受診率は？', '神奈川', ['dependents_checkup']],
  ])('%s', (text, branch, indicators) => {
    expect(parse(text)).toMatchObject({ kind: 'figure', branch, indicators });
  });

  test('two such words mean what they share', () => {
    expect(parse('東京の特定保健指導（被保険者）の目標は？')).toMatchObject({
      indicators: ['guidance_insured'],
    });
  });

  test("a plan's own KPI is known by its name, by its end, and by what its kind is called", () => {
    expect(parse('北海道の喫煙率の目標は？')).toMatchObject({ indicators: ['other:被保険者の喫煙率'] });
    expect(parse('埼玉の特保のKPIは？')).toMatchObject({
      indicators: ['guidance_insured', 'guidance_dependents', 'other:特定保健指導実施率'],
    });
  });
});

describe('many branches or years', () => {
  test.each<[string, Partial<Question>]>([
    ['宮城のR7の被扶養者特定健診は全国の目標より高い？', { kind: 'compare', branches: ['宮城', '本部'] }],
    ['神奈川の健康宣言事業所、令和6と7の差', { kind: 'compare', fys: [6, 7] }],
    [
      '長野と新潟のジェネリックと健診の目標をくらべて',
      {
        kind: 'compare',
        indicators: ['generic_rate', 'checkup_rate', 'dependents_checkup', 'employer_data_rate'],
      },
    ],
    [
      '東京と神奈川の事業者健診データの取得率、どっちが高い？',
      { kind: 'compare', branches: ['東京', '神奈川'] },
    ],
    [
      '群馬の健康宣言事業所数の目標、前年度と比べていくつ増えてる？令和７の話',
      { kind: 'compare', fys: [6, 7] },
    ],
    ['東京と大阪のジェネリックの目標の差は？', { kind: 'compare', aspect: 'target' }],
    ['郵送化率の目標が高い支部トップ5', { kind: 'rank', branches: [], order: 'high', top: 5 }],
    [
      '四国のジェネリックの目標を低い順に',
      { kind: 'rank', branches: ['徳島', '香川', '愛媛', '高知'], order: 'low' },
    ],
    ['高知と徳島の査定率の目標を低い順に', { kind: 'rank', order: 'low' }],
    ['岡山は健康宣言事業所数の目標で何位？', { kind: 'rank', standing: '岡山' }],
    [
      'ジェネリックの目標が80％以上の支部は？',
      { kind: 'list', condition: { type: 'value', op: '>=', value: 80 } },
    ],
    [
      '関東で特定健診の目標が30%を超えているのは？',
      { kind: 'list', condition: { type: 'value', op: '>', value: 30 } },
    ],
    ['ジェネリックの目標が対前年度以上の支部はどこ？', { kind: 'list', condition: { type: 'prev_year' } }],
    ['喫煙率をKPIにしている支部は？', { kind: 'list', condition: { type: 'has' } }],
    ['郵送化率の目標の平均は？', { kind: 'aggregate', how: 'mean' }],
    ['ジェネリックの目標が一番低い支部は？', { kind: 'aggregate', how: 'min' }],
    [
      '九州・沖縄でジェネリックの目標が高い順',
      { kind: 'rank', branches: ['福岡', '佐賀', '長崎', '熊本', '大分', '宮崎', '鹿児島', '沖縄'] },
    ],
  ])('%s', (text, expected) => {
    expect(parse(text)).toMatchObject(expected);
  });
});

describe('lists of KPIs, progress, budgets, text and talk', () => {
  test.each<[string, Partial<Question>]>([
    ['東京のKPI一覧', { kind: 'kpis', filter: 'all' }],
    ['東京', { kind: 'kpis', filter: 'all' }],
    ['東京支部のKPIは？', { kind: 'kpis', branch: '東京', filter: 'all' }],
    ['東京支部の令和7年度の目標を教えて', { kind: 'kpis', branch: '東京', fy: 7, filter: 'all' }],
    ['KPIは？', { kind: 'kpis', branch: null, filter: 'all' }],
    ['東京支部の残業時間の目標は？', { kind: 'unknown', what: 'metric' }],
    ['遅れているKPIは？', { kind: 'kpis', branch: null, filter: 'unmet' }],
    ['令和7年度に群馬で新しく増えたKPIは？', { kind: 'kpis', fy: 7, filter: 'new' }],
    ['本部にあって宮城にないKPIは？', { kind: 'difference', have: '本部', lack: '宮城' }],
    ['東京で実績が出ている指標は？', { kind: 'kpis', branch: '東京', filter: 'reported' }],
    ['東京で実績が出ていない指標は？', { kind: 'kpis', branch: '東京', filter: 'unreported' }],
    ['宮城で前の年から上がったKPIは？', { kind: 'kpis', branch: '宮城', filter: 'changed' }],
    ['東京支部の予算で前年より一番増えた事業は', { kind: 'budget', want: 'increased' }],
    ['東京支部の被保険者数は', { kind: 'unknown', what: 'metric' }],
    ['福岡の健康保険委員、目標は何人', { kind: 'unknown', what: 'metric' }],
    ['特定健診と生活習慣病予防健診の違いは？', { kind: 'definition' }],
    ['どの支部の資料がありますか', { kind: 'documents', branches: [], fys: [] }],
    ['東京支部の資料は何がある？', { kind: 'documents', branches: ['東京'] }],
    ['令和5年度の資料はある？', { kind: 'documents', fys: [5] }],
    ['兵庫支部は何人いますか', { kind: 'unknown', what: 'fact' }],
    ['東京支部のまとめ', { kind: 'kpis', branch: '東京', filter: 'all' }],
    ['東京支部のジェネリックの取組をまとめて', { kind: 'passage' }],
    ['三重支部のKPIは全部でいくつ？', { kind: 'kpis', branch: '三重', filter: 'all' }],
    ['東京の広報の取り組みは今どうなってる？', { kind: 'measures', branch: '東京', want: 'done' }],
    ['東京支部のコラボヘルスの実施状況', { kind: 'measures', branch: '東京', want: 'done' }],
    ['東京で評価が×の取組は？理由は？', { kind: 'measures', marks: ['×'], want: 'evaluation' }],
    ['東京で評価が○じゃないものは？', { kind: 'measures', marks: ['△', '×', '―'] }],
    [
      '返納金の回収、東京は次に何をやる予定？',
      { kind: 'measures', want: 'next', indicators: ['claim_recovery'] },
    ],
    ['東京で下期に予定している取組は？', { kind: 'measures', want: 'next', quarters: [3, 4] }],
    ['東京の併給調整の件数は？', { kind: 'counts', quarter: null }],
    ['東京の第２四半期の特定保健指導の実施人数は？', { kind: 'counts', quarter: 2 }],
    ['東京の広報関連予算の合計は？', { kind: 'budget', want: 'total' }],
    ['東京の未着手の予算はどれ？', { kind: 'budget', want: 'status', status: '未着手' }],
    ['東京のラジオの予算の執行率は？', { kind: 'budget', want: 'rate' }],
    ['執行額が予算を超えたものは？', { kind: 'budget', want: 'over' }],
    ['富山は扶養家族の健診をどう進める？', { kind: 'passage', branches: ['富山'] }],
    ['東京支部の電話番号は？', { kind: 'unknown', what: 'fact' }],
    ['広島の支部長の名前は？', { kind: 'unknown', what: 'fact' }],
    ['愛知の平成30年度の郵送化率は？', { kind: 'unknown', what: 'year' }],
    ['岐阜の胃がん検診の受診率の目標は？', { kind: 'unknown', what: 'metric' }],
    ['静岡市の国保の特定健診受診率は？', { kind: 'unknown', what: 'metric' }],
    ['横浜市の特定健診受診率の目標は？', { kind: 'unknown', what: 'metric' }],
    ['福井の歯科健診の受診率の目標は？', { kind: 'unknown', what: 'metric' }],
    ['岡山の健活企業の特定健診受診率の支部目標は？', { kind: 'passage' }],
    ['東京のバイオシミラーの使用率は？', { kind: 'unknown', what: 'metric' }],
    ['査定率とは？', { kind: 'definition', indicators: ['assessment_rate'] }],
    ['こんにちは', { kind: 'talk', about: 'greeting' }],
    ['ありがとうございました', { kind: 'talk', about: 'thanks' }],
    ['使い方を教えて', { kind: 'talk', about: 'help' }],
    ['　', { kind: 'talk', about: 'empty' }],
  ])('%s', (text, expected) => {
    expect(parse(text)).toMatchObject(expected);
  });
});

describe('the catalogue', () => {
  test('grows by data: a new synonym and a new indicator are understood without code', () => {
    const [first] = catalogue.indicators;
    if (first === undefined) throw new Error('no indicators');
    const grown = parserOver({
      ...catalogue,
      indicators: [
        ...catalogue.indicators.map((known) =>
          known.id === 'mail_rate' ? { ...known, synonyms: [...known.synonyms, 'ポスト投函率'] } : known,
        ),
        {
          ...first,
          id: 'online_rate',
          name: '電子申請率',
          official: [{ name: '電子申請の利用率' }],
          synonyms: ['オンライン率'],
          statement: ['電子申請 率'],
        },
      ],
    });
    expect(grown('東京のポスト投函率の目標は？')).toEqual(figure('東京', null, 'mail_rate', 'target'));
    expect(grown('東京のオンライン率の目標は？')).toEqual(figure('東京', null, 'online_rate', 'target'));
    expect(parse('東京のオンライン率の目標は？')).toMatchObject({ kind: 'unknown' });
  });
});
