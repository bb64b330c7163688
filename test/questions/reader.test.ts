import { describe, expect, test } from 'vitest';
import { only, partsOf, read } from './reader.ts';

type Parts = Record<string, unknown>;
type Row = readonly [turns: string | readonly string[], parts: Parts];

function turnsOf(turns: Row[0]): readonly string[] {
  return typeof turns === 'string' ? [turns] : turns;
}

/** All that the question's query says beside the empty one. */
function reads(rows: readonly Row[]): void {
  test.each(rows.map(([turns, parts]) => [turnsOf(turns).join(' → '), turns, parts] as const))(
    '%s',
    (_, turns, parts) => {
      const question = only(...turnsOf(turns));
      expect(partsOf(question.query)).toEqual(parts);
      expect(question.unread).toEqual([]);
    },
  );
}

const TARGET = { indicators: ['mail_rate'], columns: ['target'] };
const EVERY = { every: true };
const value = (limit: number, unit: string | null) => ({ type: 'number', value: limit, unit });
const compare = (op: string, right: object) => ({ type: 'compare', column: null, op, right });
const figure = (part: object) => ({ type: 'figure', branch: null, fy: null, column: null, ...part });
const statistic = (of: string, branches: string[] | null = null) => ({ type: 'statistic', of, branches });

describe('names and columns', () => {
  reads([
    [
      '東京支部のジェネリックの目標は？',
      { indicators: ['generic_rate'], columns: ['target'], scope: { branches: ['東京'] } },
    ],
    [
      '埼玉 後発品 目標 R3',
      { indicators: ['generic_rate'], columns: ['target'], scope: { branches: ['埼玉'], fys: [3] } },
    ],
    [
      '新潟の一者応札の例外は？',
      { indicators: ['single_bid'], columns: ['proviso'], scope: { branches: ['新潟'] } },
    ],
    [
      '東京の査定率はいつ時点？',
      { indicators: ['assessment_rate'], columns: ['as_of'], scope: { branches: ['東京'] } },
    ],
    [
      '東京のサビスタの根拠は？',
      { indicators: ['service_standard'], columns: ['source'], scope: { branches: ['東京'] } },
    ],
    [
      '健康保険委員がいる会社の被保険者の割合の目標、栃木はいくつ',
      { indicators: ['committee_coverage'], columns: ['target'], scope: { branches: ['栃木'] } },
    ],
    [
      '協会けんぽ全体の健康宣言事業所数の目標',
      { indicators: ['declaration_offices'], columns: ['target'], scope: { branches: ['本部'] } },
    ],
    ['横浜の特定健診の受診率は？', { indicators: ['dependents_checkup'], scope: { branches: ['神奈川'] } }],
    [
      '北海道の喫煙率の目標は？',
      { indicators: ['other:被保険者の喫煙率'], columns: ['target'], scope: { branches: ['北海道'] } },
    ],
    [
      '埼玉の特保のKPIは？',
      {
        indicators: ['guidance_insured', 'guidance_dependents', 'other:特定保健指導実施率'],
        sure: false,
        columns: ['target'],
        scope: { branches: ['埼玉'] },
      },
    ],
  ]);

  test.each([
    ['健康経営やってる会社の数の目標', 'declaration_offices'],
    ['委嘱割合の目標', 'committee_coverage'],
  ])('%s is linked softly, and that is told', (text, id) => {
    const { query, linked, unread } = only(text);
    expect(query.indicators).toEqual([id]);
    expect(linked.map(({ ids }) => ids)).toEqual([[id]]);
    expect(unread).toEqual([]);
  });

  test.each(['離職率の目標', '在庫の回転率の目標', '顧客の満足度の目標', '昼休みの長さの目標'])(
    '%s is near no indicator',
    (text) => {
      const { query, linked } = only(text);
      expect(query.indicators).toEqual([]);
      expect(linked).toEqual([]);
    },
  );
});

describe('scope', () => {
  reads([
    [
      '四国4県の郵送化率',
      { indicators: ['mail_rate'], scope: { branches: ['徳島', '香川', '愛媛', '高知'], said: '四国4県' } },
    ],
    [
      '島根以外の中国地方の郵送化率',
      {
        indicators: ['mail_rate'],
        scope: { branches: ['鳥取', '岡山', '広島', '山口'], said: '島根以外の中国地方' },
      },
    ],
    [
      '北海道から岩手までの郵送化率',
      {
        indicators: ['mail_rate'],
        scope: { branches: ['北海道', '青森', '岩手'], said: '北海道から岩手まで' },
      },
    ],
    [
      '北関東の郵送化率、群馬は抜きで',
      { indicators: ['mail_rate'], scope: { branches: ['茨城', '栃木'], said: '群馬以外の北関東' } },
    ],
    ['東京の令和3と7の郵送化率', { indicators: ['mail_rate'], scope: { branches: ['東京'], fys: [3, 7] } }],
    [
      '東京の今年度（令和６）の郵送化率',
      { indicators: ['mail_rate'], scope: { branches: ['東京'], fys: [6] } },
    ],
    [
      '東京の去年の郵送化率',
      { indicators: ['mail_rate'], scope: { branches: ['東京'], fys: [6], relative: '去年' } },
    ],
    [
      '東京の2年前の郵送化率',
      { indicators: ['mail_rate'], scope: { branches: ['東京'], fys: [5], relative: '2年前' } },
    ],
  ]);

  test('東京・大阪・愛知を除いて', () => {
    const { branches, said } = only('東京・大阪・愛知を除いて郵送化率が高い順').query.scope;
    expect(branches).toHaveLength(44);
    expect(branches.filter((name) => ['東京', '大阪', '愛知', '本部'].includes(name))).toEqual([]);
    expect(said).toBe('東京・大阪・愛知以外の支部');
  });
});

describe('conditions', () => {
  const filtered = (...filter: object[]): Parts => ({ ...TARGET, filter, scope: EVERY });
  reads([
    [
      '郵送化率の目標が60〜65％の支部',
      filtered(compare('>=', value(60, '%')), compare('<=', value(65, '%'))),
    ],
    [
      '郵送化率の目標が55％から60％の支部',
      filtered(compare('>=', value(55, '%')), compare('<=', value(60, '%'))),
    ],
    [
      '郵送化率の目標が60以上65未満の支部',
      filtered(compare('>=', value(60, null)), compare('<', value(65, null))),
    ],
    ['郵送化率の目標が500を超えない支部', filtered(compare('<=', value(500, null)))],
    ['郵送化率の目標が80％台の支部', filtered(compare('>=', value(80, '%')), compare('<', value(90, '%')))],
    ['郵送化率の目標が87％台の支部', filtered(compare('>=', value(87, '%')), compare('<', value(88, '%')))],
    ['郵送化率の目標が95％に届いていない支部', filtered(compare('<', value(95, '%')))],
    ['郵送化率の目標が95％を下回る支部', filtered(compare('<', value(95, '%')))],
    ['郵送化率の目標が95％以内の支部', filtered(compare('<=', value(95, '%')))],
    ['郵送化率の目標がぴったり95％の支部', filtered(compare('=', value(95, '%')))],
    ['郵送化率の目標が95％以外の支部', filtered(compare('!=', value(95, '%')))],
    ['郵送化率の目標が島根より低い支部', filtered(compare('<', figure({ branch: '島根' })))],
    ['郵送化率の目標が宮城と同じ支部', filtered(compare('=', figure({ branch: '宮城' })))],
    ['郵送化率の目標が平均より上の支部', filtered(compare('>', statistic('mean')))],
    ['郵送化率の目標が中央値より低い支部', filtered(compare('<', statistic('median')))],
    ['郵送化率の目標が平均以下の支部', filtered(compare('<=', statistic('mean')))],
    [
      '東京の郵送化率は目標より低い？',
      {
        indicators: ['mail_rate'],
        filter: [compare('<', figure({ column: 'target' }))],
        claim: 'holds',
        scope: { branches: ['東京'] },
      },
    ],
    [
      '郵送化率の目標が14％以上なのは福井だけですよね？',
      { ...filtered(compare('>=', value(14, '%'))), subject: ['福井'], claim: 'only' },
    ],
    [
      '何支部が郵送化率の目標を95％以上にしている？',
      { ...filtered(compare('>=', value(95, '%'))), compute: { type: 'count' } },
    ],
  ]);
});

describe('order and what is worked out', () => {
  reads([
    ['郵送化率の目標のワースト3', { ...TARGET, order: 'low', limit: 3 }],
    ['郵送化率の目標の高い3支部', { ...TARGET, order: 'high', limit: 3 }],
    ['郵送化率の目標の4位と5位', { ...TARGET, order: 'high', limit: 2, offset: 3 }],
    ['郵送化率の目標の2位から4位まで', { ...TARGET, order: 'high', limit: 3, offset: 1 }],
    ['郵送化率の目標の下から3番目', { ...TARGET, order: 'low', limit: 1, offset: 2 }],
    [
      '東京の郵送化率の目標は下から何番目？',
      { ...TARGET, subject: ['東京'], compute: { type: 'place' }, order: 'low', scope: EVERY },
    ],
    [
      '東京の郵送化率の目標が最下位ってほんと？',
      { ...TARGET, subject: ['東京'], order: 'low', limit: 1, claim: 'holds', scope: EVERY },
    ],
    ['郵送化率の目標の最大と最小の差', { ...TARGET, compute: { type: 'statistic', of: 'spread' } }],
    ['郵送化率の目標の中央値', { ...TARGET, compute: { type: 'statistic', of: 'median' } }],
    [
      '愛知の郵送化率は岐阜の何倍',
      {
        indicators: ['mail_rate'],
        compute: { type: 'ratio', against: null },
        scope: { branches: ['愛知', '岐阜'] },
      },
    ],
    [
      '東京の郵送化率の目標と全国平均との差',
      {
        ...TARGET,
        compute: { type: 'difference', against: { ...statistic('mean'), branches: [] } },
        scope: { branches: ['東京'] },
      },
    ],
    [
      '東京の郵送化率の目標は前年から何ポイント上がった？',
      {
        ...TARGET,
        compute: { type: 'difference', against: figure({ fy: 'previous' }) },
        scope: { branches: ['東京'] },
      },
    ],
    [
      '東京の郵送化率は間に合いそう？',
      { indicators: ['mail_rate'], columns: ['state'], claim: 'holds', scope: { branches: ['東京'] } },
    ],
    ['郵送化率の目標をグラフにして', { ...TARGET, show: 'chart' }],
  ]);
});

describe('other facts', () => {
  const tokyo = { branches: ['東京'] };
  reads([
    [
      '東京の予算で1億円超えのもの',
      { facts: 'budget', filter: [compare('>', value(100_000_000, '円'))], scope: tokyo },
    ],
    [
      '東京の執行率が一番高い予算は',
      { facts: 'budget', columns: ['execution_rate'], order: 'high', limit: 1, scope: tokyo },
    ],
    [
      '東京の未着手以外の予算',
      { facts: 'budget', filter: [{ type: 'budget', status: '未着手', not: true }], scope: tokyo },
    ],
    [
      '東京の広報の予算の合計',
      { facts: 'budget', about: '広報', compute: { type: 'statistic', of: 'sum' }, scope: tokyo },
    ],
    [
      '東京の評価△の取組は',
      {
        facts: 'measure',
        columns: ['evaluation'],
        filter: [{ type: 'evaluation', marks: ['△'], not: false }],
        scope: tokyo,
      },
    ],
    ['東京の取組で今後の予定は', { facts: 'measure', columns: ['next'], scope: tokyo }],
    [
      '東京の第2四半期の決定件数は？',
      {
        facts: 'count',
        about: '第2四半期 決定件数',
        scope: { branches: ['東京'], quarters: [2] },
        show: 'figure',
      },
    ],
    ['郵送化率とは', { facts: 'definition', indicators: ['mail_rate'], about: '郵送化率' }],
    ['どの資料がある？', { facts: 'document' }],
    ['報告期限は？', { facts: 'schedule' }],
    ['ありがとう', { facts: 'talk', talk: 'thanks' }],
    ['つかいかた', { facts: 'talk', talk: 'help' }],
  ]);
});

describe('a thread', () => {
  const generic = { indicators: ['generic_rate'], columns: ['target'] };
  const first = '北海道のジェネリックの目標';
  reads([
    [[first, '青森は？'], { ...generic, scope: { branches: ['青森'] } }],
    [[first, '令和3年度は？'], { ...generic, scope: { branches: ['北海道'], fys: [3] } }],
    [
      [first, '実績は？'],
      { indicators: ['generic_rate'], columns: ['actual'], scope: { branches: ['北海道'] } },
    ],
    [[first, 'ありがとう', '青森は？'], { ...generic, scope: { branches: ['青森'] } }],
    [[first, 'グラフにして'], { ...generic, show: 'chart', scope: { branches: ['北海道'] } }],
    [['ジェネリックの目標を高い順に', '2番目は？'], { ...generic, order: 'high', limit: 1, offset: 1 }],
    [
      ['ジェネリックの目標を高い順に', '四国だけで'],
      { ...generic, order: 'high', scope: { branches: ['徳島', '香川', '愛媛', '高知'], said: '四国' } },
    ],
    [
      [first, '青森は？', '足すと？'],
      {
        ...generic,
        compute: { type: 'statistic', of: 'sum' },
        show: 'list',
        scope: { branches: ['北海道', '青森'] },
      },
    ],
    [
      ['東京のラジオの予算は？', '残りは？'],
      { facts: 'budget', about: 'ラジオ', columns: ['remainder'], scope: { branches: ['東京'] } },
    ],
    [[first, '大阪じゃなくて京都。'], { ...generic, scope: { branches: ['京都'] } }],
  ]);
});

describe('a question about text', () => {
  test.each([
    [
      '三重で、人の性格と指導の効き目を調べる研究をするって本当？何に生かす？',
      '三重',
      '性格と指導の効き目を調べる研究',
    ],
    ['新人です。宮城が運送会社に目をつけているのはなぜですか', '宮城', '運送会社に目をつけている'],
    ['埼玉、社長さんのために保証の団体と組んでいるらしいけど、本当？', '埼玉', '保証の団体と組んでいる'],
    [
      '滋賀。悪くなりそうな人をお医者さんにつなぐのに、どこの役所と組んでいる？',
      '滋賀',
      '悪くなりそうな人をお医者さんにつなぐ',
    ],
    [
      '宮崎は医療以外に働き方の会議でも意見を言っている？',
      '宮崎',
      '医療以外に働き方の会議でも意見を言っている',
    ],
  ])('%s is one, and searched with its own words', (text, branch, words) => {
    const { query, unread } = only(text);
    expect(query).toMatchObject({ facts: 'passage', show: expect.not.stringMatching('which') });
    expect(query.scope.branches).toEqual([branch]);
    expect(query.about).toContain(words);
    expect(query.about).not.toContain(branch);
    expect(unread).toEqual([]);
  });

  test.each(['学校を訪ねている支部は？', '研修で教え合うのをやっている支部はどこですか'])(
    '%s asks which branches',
    (text) => {
      expect(only(text).query).toMatchObject({ facts: 'passage', show: 'which' });
    },
  );
});

describe('several questions', () => {
  test.each([
    '北海道のジェネリックの目標は？青森の郵送化率の目標は？',
    '北海道のジェネリックの目標\n青森の郵送化率の目標',
    '北海道のジェネリックの目標と青森の郵送化率の目標',
    '北海道のジェネリックの目標＆青森の郵送化率の目標',
    '北海道のジェネリックの目標 & 青森の郵送化率の目標',
    '北海道のジェネリックの目標、青森の郵送化率の目標',
    '北海道のジェネリックの目標は？あと青森の郵送化率の目標も',
  ])('%s', (text) => {
    const { questions } = read(text);
    expect(questions.map(({ query }) => [query.scope.branches, query.indicators])).toEqual([
      [['北海道'], ['generic_rate']],
      [['青森'], ['mail_rate']],
    ]);
  });

  test.each([
    '北海道と青森のジェネリックの目標',
    '北海道、青森のジェネリックの目標',
    '会議で使うので、北海道と青森のジェネリックの目標',
  ])('%s is one', (text) => {
    expect(only(text).query.scope.branches).toEqual(['北海道', '青森']);
  });
});

describe('what nothing used is told', () => {
  test.each([
    ['ジェネリックの目標の標準偏差は？', ['標準偏差']],
    ['東京のジェネリックの目標の四分位数は？', ['四分位数']],
    ['以上 未満', ['以上', '未満']],
  ])('%s', (text, unread) => {
    expect(only(text).unread).toEqual(unread);
  });
});
