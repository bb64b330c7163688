import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportCsv } from '../../src/progress-tables/report-csv.ts';
import { HOSTILE, measure, planned, printed, reportOf } from './made-up-report.ts';

function read(text: string): string[][] {
  return parse(text, { bom: true, relax_column_count: true });
}

test('a row a KPI, each complete, with the mark by which Excel knows UTF-8', () => {
  const kpis = [
    printed('checkup_rate', 9, '5月時点', { previous: 57 }),
    printed('employer_data_rate', 3, '5月時点'),
  ];
  const csv = reportCsv(
    reportOf({ kpis, measures: [measure('①', { evaluation: '○', next: '案内を送る' })] }),
  );
  expect(csv.startsWith('\uFEFF柱,項目,KPI指標,令和7年度目標,令和7年度実績,時点,令和6年度実績,評価,')).toBe(
    true,
  );
  const rows = read(csv);
  expect(rows[1]).toEqual([
    '1.基盤の強化',
    'Ⅰ.健診 ＞ （1）受診',
    '生活習慣病予防健診実施率',
    '60％以上',
    '9％',
    '5月時点',
    '57％',
    '①○',
    '遅れ ▲',
    '①案内を送る',
    '[1] 3ページ・12行目',
  ]);
  expect(rows[2]?.slice(7)).toEqual(['①○', '遅れ ▲', '①案内を送る', '[1] 3ページ・12行目']);
  expect(rows.flat().join()).toContain('出典 [1] 令和7年度 事業計画（東京支部）');
});

test('no cell begins as a formula does', () => {
  const kpis = HOSTILE.map((text) =>
    planned(`other:${text}`, {
      section: [text, text],
      target: { ...planned('sns').target, value: null, text, proviso: text },
    }),
  );
  for (const cell of read(reportCsv(reportOf({ kpis }))).flat()) {
    expect(cell.normalize('NFKC').trimStart()).not.toMatch(/^[=+\-@]/);
  }
});

test('whatever the words, a cell is text and the table keeps its shape', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
      const target = { ...planned('sns').target, value: null, text };
      const csv = reportCsv(reportOf({ kpis: [planned(`other:x${text}`, { section: [text], target })] }));
      const [, row = []] = read(csv);
      expect(row).toHaveLength(11);
      for (const cell of row) expect(cell.trimStart()).not.toMatch(/^[=+\-@＝＋－＠]/);
    }),
  );
});
