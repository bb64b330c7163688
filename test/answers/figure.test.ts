import { describe, expect, test } from 'vitest';
import { formatSource } from '../../src/model/source.ts';
import { answeredTo, answerTo } from './made-up-world.ts';

describe('one figure', () => {
  test('is said with branch, year, indicator, source and the assumption that was made', async () => {
    const answer = await answeredTo('東京支部のジェネリックKPIは？');
    expect(answer.headline).toBe('目標 87.5％以上');
    expect(answer.rows).toMatchObject([{ branch: '東京', fy: 7, indicator: 'generic_rate', value: 87.5 }]);
    expect(answer.note).toContain('最新の令和7年度');
    const [source] = answer.sources;
    for (const part of [
      '東京支部',
      '令和7年度',
      'ジェネリック',
      '87.5％以上',
      source ? formatSource(source) : 'no source',
    ]) {
      expect(answer.text).toContain(part);
    }
  });

  test('of a year that is said is that year’s', async () => {
    expect((await answeredTo('東京のR3のGE')).headline).toBe('目標 79.0％以上');
  });

  test('keeps its exception', async () => {
    expect((await answeredTo('新潟の一者応札の目標は？')).text).toContain('入札が少ない年は1件以下');
  });

  test('that only exists combined answers the word that names both', async () => {
    expect((await answeredTo('埼玉の特定保健指導のKPIは？')).rows).toMatchObject([
      { indicator: 'other:特定保健指導実施率' },
    ]);
  });

  test('of an ambiguous word comes with the others, as buttons too', async () => {
    const answer = await answeredTo('群馬の健診率は？');
    expect(answer.rows.map((row) => row.value)).toEqual([62.5, 31]);
    expect(answer.choices.map(({ label }) => label)).toContain('被扶養者の特定健診実施率');
  });

  test('without a branch is asked back, each button a complete question', async () => {
    const answer = await answerTo('ジェネリックの目標は？');
    expect(answer.kind).toBe('clarify');
    const [first] = answer.choices;
    expect((await answeredTo(first?.ask ?? '')).rows).toMatchObject([{ indicator: 'generic_rate' }]);
  });

  test('every button of every answer leads to an answer or an honest no', async () => {
    for (const text of [
      '東京のジェネリックの目標は？',
      '郵送化率の目標を高い順に',
      '東京で遅れているKPIは？',
      '令和3年度の富山と新潟の郵送化率を比べて',
    ]) {
      for (const { ask } of (await answerTo(text)).choices) {
        expect((await answerTo(ask)).text, ask).not.toBe('');
      }
    }
  });
});

describe('a figure that is not there', () => {
  test.each([
    ['富山の令和4年度のジェネリックの目標は？', '令和3年度'],
    ['群馬の令和7年度の郵送化率は？', '令和6年度'],
    ['富山の特定健診の目標は？', '近いKPI'],
    ['岐阜の胃がん検診の受診率の目標は？', '資料にありません'],
    ['富山の胃がん検診の受診率の目標は？', '近いKPI'],
    ['東京支部の電話番号は？', '資料にお尋ねの情報はありません'],
    ['富山の平成30年度のジェネリックの目標は？', '令和3年度'],
    ['富山のジェネリックの実績は？', '目標は81.0％以上'],
    ['東京の第２四半期の保健指導の実施人数は？', '資料にありません'],
    ['富山の傷病手当金の支給件数は？', '資料にありません'],
  ])('%s is refused, with the nearest that exists', async (text, nearest) => {
    const answer = await answerTo(text);
    expect(answer.kind).toBe('not_found');
    expect(answer.text).toContain(nearest);
  });
});

describe('progress', () => {
  test('holds the actual against the target, with gap, mark, as-of date and yardstick', async () => {
    const answer = await answeredTo('東京の窓口受付率は目標クリアできてる？');
    for (const part of ['2.4％', '５月時点', '1.9％以下', '0.5ポイント', '遅れ', '【新設】'])
      expect(answer.text).toContain(part);
  });

  test('measures a rate that grows over the year by the share that is over', async () => {
    const answer = await answeredTo('東京の被保険者の特定保健指導の実績は？');
    expect(answer.text).toContain('順調');
    expect(answer.text).toContain('目安は2');
    expect(answer.text).toContain('取組の評価：①×');
  });

  test('measures a stock by what was to be added', async () => {
    expect((await answeredTo('東京の健康宣言の進捗は？')).text).toContain('目安は1,050');
  });

  test('the actual of a year may stand in the next year’s report', async () => {
    const answer = await answeredTo('東京の令和6年度の被保険者の特定保健指導の実績は？');
    expect(answer.headline).toBe('前年度実績 11.0％');
    expect(answer.note).toContain('令和7年度の資料');
  });

  test('lists what is behind, new or unreported', async () => {
    const behind = await answeredTo('遅れているKPIは？');
    expect(behind.rows.map((row) => row.indicator)).toEqual(['counter_rate', 'declaration_offices']);
    expect(behind.note).toContain('東京支部でお答えしました');
    expect((await answeredTo('東京で実績が未報告のKPIは？')).rows).toMatchObject([
      { indicator: 'generic_rate' },
    ]);
    expect((await answeredTo('令和7年度に群馬で新しく増えたKPIは？')).rows).toMatchObject([
      { indicator: 'dependents_checkup' },
    ]);
  });

  test('finds measures by mark, and what comes next', async () => {
    const marked = await answeredTo('東京で評価が×の取組は？');
    expect(marked.text).toContain('会場での面談');
    expect(marked.text).not.toContain('動画');
    expect((await answeredTo('東京の被保険者の特定保健指導、次に何をする予定？')).text).toContain(
      '上期に実施する',
    );
  });

  test('gives counts with their breakdown', async () => {
    const answer = await answeredTo('東京の被保険者の保健指導、4〜6月に何人やった？内訳も');
    for (const part of ['120人', '80人', '５月末時点']) expect(answer.text).toContain(part);
  });
});
