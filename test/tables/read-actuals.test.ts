import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { readSharedTable } from '../../src/tables/read-table.ts';
import { workbook } from './workbook.ts';

const catalogue = loadCatalogue();

async function read(headings: string, ...rows: string[]) {
  const bytes = Buffer.from([headings, ...rows].join('\n'));
  return readSharedTable({ name: '実績.csv', bytes }, catalogue);
}

async function actual(indicator: string, text: string) {
  const { lines, bad } = await read('支部,指標,時点,実績', `東京,${indicator},2025-09-30,"${text}"`);
  const row = lines[0]?.row;
  return bad[0]?.reason ?? (row && 'text' in row ? [row.value, row.text] : null);
}

describe('figures as people write them', () => {
  test.each([
    ['ジェネリック', '８１．２％', [81.2, '81.2％']],
    ['ジェネリック', '81.20', [81.2, '81.20％']],
    ['健康宣言事業所数', '3,120事業所', [3120, '3,120事業所']],
    ['健康宣言事業所数', '３１２０社', [3120, '3,120社']],
    ['健康宣言事業所数', '1.2万事業所', [12_000, '12,000事業所']],
    ['査定額', '8千円', [8000, '8,000円']],
    ['査定額', '0.1億円', [10_000_000, '10,000,000円']],
    ['査定額', '7,125.5円', [7125.5, '7,125.5円']],
    ['健康宣言事業所数', '3120.5', '整数で書いてください（単位は 事業所）'],
    ['ジェネリック', '-1', '0以上の数値を書いてください'],
    ['ジェネリック', '▲1.5％', '0以上の数値を書いてください'],
    ['ジェネリック', '101％', '100％以下の数値を書いてください'],
    ['ジェネリック', '80円', '単位が違います。この指標の単位の「81.2％」のように書いてください'],
  ])('%s %s', async (indicator, text, expected) => {
    expect(await actual(indicator, text)).toEqual(expected);
  });
});

test.each([0.812, 1])('a rate that a sheet may show as per cent is asked about: %s', async (rate) => {
  const rows = [
    ['支部', '指標', '時点', '実績'],
    ['東京', 'ジェネリック', '2025-09-30', rate],
  ];
  const { bad } = await readSharedTable({ name: '実績.xlsx', bytes: workbook(rows) }, catalogue);
  expect(bad.map(({ reason }) => reason)).toContainEqual(expect.stringContaining('見分けられません'));
});

test.each([
  ['第1四半期', '2025-06-30'],
  ['第2四半期末', '2025-09-30'],
  ['4Q', '2026-03-31'],
  ['年度末', '2026-03-31'],
  ['2月末', '2026-02-28'],
])('a figure as of %s is of that day', async (words, day) => {
  const { lines } = await read('支部,年度,指標,時点,実績', `東京,令和7年度,ジェネリック,${words},81.2`);
  expect(lines[0]?.row).toMatchObject({ asOf: day });
});

describe('evaluation and next step beside a figure', () => {
  const HEADINGS = '支部,指標,時点,実績,評価,今後の予定,期日';
  const ROW = '東京,ジェネリック,2025-09-30,81.2';

  test('are taken with it; a month is its last day, in the row’s year', async () => {
    const { lines } = await read(HEADINGS, `${ROW},〇,薬局を訪問する,12月`);
    expect(lines[0]?.row).toMatchObject({
      evaluation: '○',
      next: { text: '薬局を訪問する', due: '2025-12-31' },
    });
  });

  test('may be left out, and then say nothing', async () => {
    const { lines } = await read(HEADINGS, `${ROW},,,`);
    expect(Object.keys(lines[0]?.row ?? {})).not.toEqual(expect.arrayContaining(['evaluation']));
    expect(lines[0]?.row).not.toHaveProperty('next');
  });

  test.each([
    [`${ROW},良,,`, '評価', '○、△、×、― のどれかを書いてください'],
    [`${ROW},○,,2025-12-31`, '今後の予定', '空です'],
    [`${ROW},○,訪問する,いつか`, '予定の期日', '日付として読めません（例: 2025-09-30、令和7年9月末）'],
  ])('%s', async (row, column, reason) => {
    expect((await read(HEADINGS, row)).bad).toEqual([expect.objectContaining({ line: 2, column, reason })]);
  });
});

test('a user group may be in charge, as its id or as a mention', async () => {
  const { lines, bad } = await read(
    '支部,チャンネル,主担当,副担当',
    '東京,C0TOKYO01,S0TOKYO01,<!subteam^S0KIKAKU1|@kikaku>',
  );
  expect(bad).toEqual([]);
  expect(lines[0]?.row).toMatchObject({ owner: 'S0TOKYO01', deputy: 'S0KIKAKU1' });
});
