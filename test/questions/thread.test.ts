import { describe, expect, test } from 'vitest';
import type { Question } from '../../src/model/question.ts';
import { parse } from './parser.ts';

function lastOf(...turns: string[]): Question {
  return turns.reduce<Question | null>((previous, text) => parse(text, previous), null) ?? parse('');
}

describe('a thread', () => {
  test.each<[string[], Partial<Question>]>([
    [
      ['令和3年度の群馬の健診実施率の目標は？', 'じゃあ栃木は？', '事業者健診データのほうは？'],
      { kind: 'figure', branch: '栃木', fy: 3, indicators: ['employer_data_rate'] },
    ],
    [
      ['群馬の令和7年度の健康宣言事業所数は？', '前の年は？'],
      { branch: '群馬', fy: 6, indicators: ['declaration_offices'] },
    ],
    [
      ['東京の令和７年度、被保険者の特定保健指導の実績は？', '被扶養者だと？'],
      { indicators: ['guidance_dependents'], aspect: 'actual' },
    ],
    [['富山の被扶養者の特定健診の目標教えて', '保健指導は？'], { indicators: ['guidance_dependents'] }],
    [['東京の窓口受付率は？', 'それの根拠は？'], { kind: 'figure', branch: '東京', aspect: 'source' }],
    [
      ['大阪のジェネリックの目標は？', '全支部では？'],
      { kind: 'rank', branches: [], indicators: ['generic_rate'] },
    ],
    [['大阪のジェネリックの目標は？', '全国で何位？'], { kind: 'rank', standing: '大阪' }],
    [['東京のジェネリックの目標は？', '大阪との差は？'], { kind: 'compare', branches: ['東京', '大阪'] }],
    [
      ['富山と新潟の郵送化率を比べて', '石川も入れて'],
      { kind: 'compare', branches: ['富山', '新潟', '石川'] },
    ],
    [['郵送化率の目標が高い支部トップ5', '下位3つは？'], { kind: 'rank', order: 'low', top: 3 }],
    [['東京のラジオの予算は？', '執行率は？'], { kind: 'budget', branch: '東京', want: 'rate' }],
    [['東京で遅れているKPIは？', '群馬は？'], { kind: 'kpis', branch: '群馬', filter: 'unmet' }],
    [
      ['東京の返納金の回収率は？', '次に何をする予定？'],
      { kind: 'measures', branch: '東京', indicators: ['claim_recovery'] },
    ],
    [
      ['東京の健診事業の予算合計は？', '特定保健指導は？'],
      { kind: 'budget', branch: '東京', want: 'total', about: '特定保健指導の予算' },
    ],
    [['東京のラジオの予算は？', 'LINEは？'], { kind: 'budget', branch: '東京', about: 'LINEの予算' }],
    [
      ['群馬の令和7年度の被扶養者特定健診の目標は？', '前年度からどれだけ上がった？'],
      { kind: 'compare', branches: ['群馬'], fys: [6, 7] },
    ],
    [['島根のGE', '鳥取'], { kind: 'figure', branch: '鳥取', indicators: ['generic_rate'] }],
  ])('%s', (turns, expected) => {
    expect(lastOf(...turns)).toMatchObject(expected);
  });

  test.each<[string, string, { branches: string[]; fys: number[] }, Partial<Question>]>([
    [
      '青森の健診実施率の目標は？',
      'どっちが高い？',
      { branches: ['青森', '山形'], fys: [] },
      { kind: 'compare', branches: ['山形', '青森'] },
    ],
    ['愛知のGEは？', '差は？', { branches: ['愛知', '静岡'], fys: [] }, { branches: ['静岡', '愛知'] }],
    [
      '三重のGEは？',
      '一番高いのは？',
      { branches: ['三重', '愛知', '岐阜'], fys: [] },
      { kind: 'rank', branches: ['岐阜', '愛知', '三重'] },
    ],
    [
      '神奈川の令和6年度の健康宣言事業所数は？',
      'いくつ増えた？',
      { branches: ['神奈川'], fys: [6, 7] },
      { kind: 'compare', branches: ['神奈川'], fys: [6, 7] },
    ],
    [
      '東京のGEの目標は？',
      '目標との差は？',
      { branches: ['東京'], fys: [] },
      { kind: 'figure', aspect: 'gap' },
    ],
  ])('%s → %s sets what was talked about side by side', (before, text, recent, expected) => {
    expect(parse(text, parse(before), recent)).toMatchObject(expected);
  });

  test('does not touch a question that is complete', () => {
    const alone = parse('富山の令和3年度の郵送化率の目標は？');
    expect(parse('富山の令和3年度の郵送化率の目標は？', parse('東京の令和7年度の査定率の実績は？'))).toEqual(
      alone,
    );
  });

  test('does not hold on to a greeting', () => {
    expect(lastOf('東京のジェネリックの目標は？', 'ありがとう')).toEqual({ kind: 'talk', about: 'thanks' });
  });
});
