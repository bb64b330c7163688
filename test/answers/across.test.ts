import { describe, expect, test } from 'vitest';
import { answeredTo, answerTo } from './made-up-world.ts';

describe('comparisons', () => {
  test('name the higher one and compute the difference in the right unit', async () => {
    const answer = await answeredTo('富山と新潟の郵送化率の目標を比べて');
    expect(answer.headline).toBe('新潟支部のほうが1.5ポイント高いです（96.5 − 95.0）。');
    expect(answer.chart?.series[0]?.points).toEqual([
      { label: '富山支部', value: 95 },
      { label: '新潟支部', value: 96.5 },
    ]);
  });

  test('of years say how much more', async () => {
    const answer = await answeredTo('群馬の生活習慣病予防健診の目標、令和6年度と令和7年度を比べて');
    expect(answer.headline).toBe('令和6年度から令和7年度へ1.5ポイント増えています（62.5 − 61.0）。');
  });

  test('take the year that all branches have, and say so', async () => {
    const answer = await answeredTo('東京と富山のジェネリックの目標を比べて');
    expect(answer.rows.map((row) => [row.branch, row.fy, row.value])).toEqual([
      ['東京', 3, 79],
      ['富山', 3, 81],
    ]);
    expect(answer.note).toContain('令和3年度');
  });

  test('do not subtract from a relative target', async () => {
    const answer = await answeredTo('富山と新潟のジェネリックの目標を比べて');
    expect(answer.headline).toContain('差は計算できません');
    expect(answer.text).toContain('対前年度以上');
  });

  test('of KPIs go both ways', async () => {
    const answer = await answeredTo('令和3年度、新潟にあって富山にないKPIは？');
    expect(answer.rows).toMatchObject([{ branch: '新潟', indicator: 'single_bid' }]);
    expect(answer.text).toContain('逆に');
  });
});

describe('rankings', () => {
  test('are in order, each figure with its place, relative targets apart', async () => {
    const answer = await answeredTo('令和3年度のジェネリックの目標を高い順に並べて');
    expect(answer.rows.map((row) => row.branch)).toEqual(['富山', '東京', '新潟']);
    expect(answer.text).toMatch(
      /1位 富山支部 81.0％以上.*2位 東京支部 79.0％以上.*順位の外.*新潟支部 対前年度以上/s,
    );
    expect(answer.table?.rows.at(-1)?.map(({ text }) => text)).toEqual(['―', '新潟支部', '対前年度以上']);
  });

  test('turn round, stop, and tell where one stands', async () => {
    expect((await answeredTo('令和3年度の郵送化率の目標を低い順に')).rows.map((row) => row.value)).toEqual([
      95, 96.5, 98,
    ]);
    expect((await answeredTo('令和3年度の郵送化率の目標が高い支部トップ1')).rows).toHaveLength(1);
    expect((await answeredTo('令和3年度、新潟は郵送化率の目標で何位？')).headline).toContain('2位');
  });

  test('of nothing but relative targets say that there is no order', async () => {
    expect((await answeredTo('令和3年度の保険証回収率を全支部で高い順に')).headline).toContain(
      '順位はつけられません',
    );
  });
});

describe('lists and aggregates', () => {
  test.each([
    ['令和3年度に郵送化率の目標が96％以上の支部は？', ['東京', '新潟']],
    ['令和3年度に郵送化率の目標が96.5％より高い支部は？', ['東京']],
    ['令和3年度に郵送化率の目標が96％未満の支部は？', ['富山']],
    ['令和3年度にジェネリックの目標が対前年度以上の支部は？', ['新潟']],
  ])('%s', async (text, branches) => {
    const answer = await answeredTo(text);
    expect(answer.rows.map((row) => row.branch)).toEqual(branches);
    for (const branch of branches) expect(answer.text).toContain(branch);
  });

  test('say when none meets the condition, and how many were looked at', async () => {
    expect((await answeredTo('令和3年度に郵送化率の目標が99％以上の支部は？')).headline).toBe(
      '該当する支部はありません（3支部を確認しました）。',
    );
  });

  test('show their arithmetic', async () => {
    expect((await answeredTo('令和3年度の郵送化率の目標の平均は？')).headline).toBe(
      '平均 96.5%（数値のある3支部の合計 289.5 ÷ 3）',
    );
    expect((await answeredTo('令和3年度の郵送化率の目標が一番低い支部は？')).headline).toContain(
      '富山支部 95.0％以上',
    );
  });

  test('of an indicator that no document has are refused', async () => {
    expect((await answerTo('令和3年度の平均所要日数を全支部で並べて')).kind).toBe('not_found');
  });
});

describe('threads', () => {
  test('go on with another branch, and say the year that this one has', async () => {
    const answer = await answeredTo('東京の令和7年度のジェネリックの目標は？', 'じゃあ富山は？');
    expect(answer.rows).toMatchObject([{ branch: '富山', fy: 3 }]);
    expect(answer.note).toContain('令和3年度');
  });

  test('refuse a year that was named', async () => {
    expect((await answerTo('富山のジェネリックの目標は？', '令和7年度は？')).kind).toBe('not_found');
  });
});
