import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { tableDrawing } from '../../src/charts/draw-answer.ts';
import type { Answered, AnswerRow, AnswerTable } from '../../src/model/answer.ts';

const catalogue = loadCatalogue();

function row(branch: string, over: Partial<AnswerRow> = {}): AnswerRow {
  const source = { file: '合本.txt', line: 7, page: null, title: `令和3年度 事業計画（${branch}支部）` };
  return {
    branch,
    fy: 3,
    indicator: 'generic_rate',
    aspect: 'target',
    op: '>=',
    value: 80,
    unit: '%',
    relative: null,
    actual: null,
    asOf: null,
    source,
    ...over,
  };
}

function ranked(names: string[], what = '目標', rows = names.map((name) => row(name))): Answered {
  const table: AnswerTable = {
    caption: '順位',
    columns: [
      { name: '順位', kind: 'number' },
      { name: '支部', kind: 'text' },
      { name: what, kind: 'number' },
    ],
    rows: names.map((name, at) => [
      { text: `${at + 1}位`, value: at + 1 },
      { text: `${name}支部`, value: null },
      { text: `${80 - at}.0％以上`, value: 80 - at },
    ]),
  };
  const sources = rows.map(({ source }) => source);
  return {
    kind: 'answered',
    topic: 'rank',
    title: '令和3年度 順位',
    headline: null,
    details: [],
    lines: [],
    table,
    chart: null,
    note: null,
    rows,
    passages: [],
    sources,
    choices: [],
    text: '順位',
  };
}

function withColumn(answer: Answered): Answered {
  const { table } = answer;
  if (table === null) return answer;
  const columns = [...table.columns, { name: '実績', kind: 'number' as const }];
  return {
    ...answer,
    table: { ...table, columns, rows: table.rows.map((cells) => [...cells, { text: '1％', value: 1 }]) },
  };
}

const draw = (answer: Answered) => tableDrawing(answer, { catalogue, highlight: [] });

describe('a table as bars', () => {
  test('keeps the order, the words as printed and where each figure stands', () => {
    const drawn = draw(ranked(['富山', '東京']));
    expect(drawn?.chart.series).toEqual([
      {
        name: '目標',
        points: [
          { label: '富山支部', value: 80 },
          { label: '東京支部', value: 79 },
        ],
      },
    ]);
    expect(drawn?.rows.get('東京支部')).toEqual({ rank: '2位', figure: '79.0％以上', place: '7行目' });
    expect(drawn?.chart.unit).toBe('%');
  });

  test('names each document, and of many the first and the file', () => {
    expect(draw(ranked(['富山', '東京']))?.sources).toEqual([
      '令和3年度 事業計画（富山支部）',
      '令和3年度 事業計画（東京支部）',
    ]);
    expect(draw(ranked(['富山', '東京', '大阪', '愛知']))?.sources).toEqual([
      '令和3年度 事業計画（富山支部）、ほか3資料',
    ]);
  });

  test('of computed figures shows the figure itself, in its own unit', () => {
    const drawn = draw(ranked(['富山', '東京'], '目標との差'));
    expect(drawn?.chart.unit).toBe('ポイント');
    expect(drawn?.rows.get('富山支部')?.figure).toBe('');
  });

  test('points at the actual where it stands elsewhere', () => {
    const actualSource = { file: '報告.csv', line: 3, page: 2, title: '報告の表' };
    const rows = ['富山', '東京'].map((name) => row(name, { actualSource }));
    expect(draw(ranked(['富山', '東京'], '実績', rows))?.rows.get('富山支部')?.place).toBe('2ページ・3行目');
  });

  test.each([
    ['one figure', ranked(['東京'])],
    ['no table', { ...ranked(['富山', '東京']), table: null }],
    ['two columns of figures', withColumn(ranked(['富山', '東京']))],
    ['two rows of one name', ranked(['東京', '東京'])],
    [
      'several indicators',
      ranked(['富山', '東京'], '目標', [row('富山'), row('東京', { indicator: 'avg_days' })]),
    ],
  ])('is nothing for %s', (_, answer) => {
    expect(draw(answer)).toBeNull();
  });
});
