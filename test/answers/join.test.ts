import { expect, test } from 'vitest';
import { answered } from '../../src/answers/card.ts';
import { joinAnswers } from '../../src/answers/join.ts';

const source = (line: number) => ({ file: 'a.txt', line, page: null, title: '令和3年度 事業計画' });

function comparison(name: string, figure: string, line: number) {
  return answered({
    topic: 'compare',
    title: `${name}の比較`,
    headline: `${name}は富山が高いです`,
    lines: [`・富山 ${figure}`],
    note: '令和3年度でお答えしました。',
    table: {
      caption: name,
      columns: [
        { name: '支部', kind: 'text' },
        { name, kind: 'number' },
      ],
      rows: [
        [
          { text: '富山', value: null },
          { text: figure, value: null },
        ],
      ],
    },
    sources: [source(line)],
  });
}

test('two comparisons become one card: one table, one note, each document once', () => {
  const joined = joinAnswers(comparison('査定率', '1％', 10), comparison('郵送化率', '95％', 20));
  expect(joined.table?.columns.map(({ name }) => name)).toEqual(['支部', '査定率', '郵送化率']);
  expect(joined.table?.rows[0]?.map(({ text }) => text)).toEqual(['富山', '1％', '95％']);
  expect(joined.text.split('\n')).toEqual([
    '査定率の比較',
    '査定率は富山が高いです',
    '郵送化率の比較：郵送化率は富山が高いです',
    '査定率の比較',
    '・富山 1％',
    '郵送化率の比較',
    '・富山 95％',
    '※令和3年度でお答えしました。',
    '出典：令和3年度 事業計画 10行目、20行目',
  ]);
});

test('a figure leads, and the plan text follows under its own title', () => {
  const figure = answered({ topic: 'kpi', title: '富山 郵送化率', headline: '目標 95％' });
  const text = answered({ topic: 'passage', title: '富山の資料から', lines: ['郵送を勧めます。'] });
  expect(joinAnswers(figure, text).text).toBe(
    ['富山 郵送化率', '目標 95％', '富山の資料から', '郵送を勧めます。'].join('\n'),
  );
});
