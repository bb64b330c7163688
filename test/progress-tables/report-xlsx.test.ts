import { readSheet } from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { reportXlsx } from '../../src/progress-tables/report-xlsx.ts';
import { HOSTILE, measure, planned, printed, reportOf } from './made-up-report.ts';
import { textIn } from './unzip.ts';

const SHEET = 'xl/worksheets/sheet1.xml';

async function cellsOf(bytes: Uint8Array) {
  return await readSheet(Buffer.from(bytes));
}

const report = reportOf({
  kpis: [
    printed('checkup_rate', 9, '5月時点', { previous: 57 }),
    printed('employer_data_rate', 3, '5月時点'),
    planned('sns', {
      section: ['2.広報'],
      target: { ...planned('sns').target, op: 'do', value: null, text: '実施する' },
    }),
  ],
  measures: [measure('①', { evaluation: '○', next: '案内を送る' })],
});

test('read back, it holds title, heads, sections, figures as numbers, notes and documents', async () => {
  const rows = await cellsOf(await reportXlsx(report));
  expect(rows[0]?.[0]).toBe(report.title);
  expect(rows[1]?.[0]).toBe(report.subtitle);
  expect(rows[2]).toEqual([
    'KPI指標',
    '令和7年度\n目標',
    '令和7年度\n実績',
    '時点',
    '令和6年度\n実績',
    '評価',
    '判定\n（計算）',
    '今後の取組予定',
    '出典',
  ]);
  expect(rows[3]?.[0]).toBe('1.基盤の強化');
  expect(rows[4]?.[0]).toBe('Ⅰ.健診 ＞ （1）受診');
  expect(rows[5]).toEqual([
    '生活習慣病予防健診実施率',
    60,
    9,
    '5月時点',
    57,
    '①○',
    '遅れ ▲',
    '①案内を送る',
    '[1] 3ページ・12行目',
  ]);
  expect(rows[6]?.slice(0, 3)).toEqual(['事業者健診データ取得率', 60, 3]);
  expect(rows[8]?.slice(1, 5)).toEqual(['実施する', '―', '―', '―']);
  const said = rows.flat().join('\n');
  expect(said).toContain('※「―」は、資料に記載がないことを示します。');
  expect(said).toContain('出典 [1] 令和7年度 事業計画（東京支部）');
});

test('numbers show the words around them', async () => {
  const styles = textIn(await reportXlsx(report), 'xl/styles.xml');
  expect(styles).toContain('formatCode="0&quot;％以上&quot;"');
  expect(styles).toContain('wrapText="1"');
});

test('prints on A4 landscape, one page wide, its head on every page', async () => {
  const bytes = await reportXlsx(report);
  const sheet = textIn(bytes, SHEET);
  expect(sheet).toContain('<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>');
  expect(sheet).toMatch(
    /<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"\/><headerFooter>/,
  );
  expect(textIn(bytes, 'xl/workbook.xml')).toContain(
    '<definedName name="_xlnm.Print_Titles" localSheetId="0">\'KPI進捗\'!$3:$3</definedName>',
  );
  expect(sheet).toContain('<mergeCell ref="F6:F7"/>');
});

test('every cell shows all its lines: rows grow with their words', async () => {
  const long = reportOf({
    kpis: [printed('checkup_rate', 9, '5月時点')],
    measures: [measure('①', { next: '長い予定。'.repeat(50) })],
  });
  const heightOf = async (of: typeof report) =>
    Number(/<row r="6" ht="(\d+)"/.exec(textIn(await reportXlsx(of), SHEET))?.[1]);
  expect(await heightOf(long)).toBeGreaterThan((await heightOf(report)) * 2);
  expect(await heightOf(long)).toBeLessThanOrEqual(409);
});

test('hostile words stay words: no formula, no number, no broken file', async () => {
  const kpis = HOSTILE.map((text) =>
    planned(`other:${text}`, {
      section: [text, text],
      target: { ...planned('sns').target, value: null, text },
    }),
  );
  const hostile = reportOf({ kpis });
  const bytes = await reportXlsx(hostile);
  expect(textIn(bytes, SHEET)).not.toContain('<f');
  expect(textIn(bytes, 'xl/styles.xml')).toContain('formatCode="@"');
  const words = (await cellsOf(bytes)).flat().filter((cell) => cell !== null);
  expect(words.every((cell) => typeof cell === 'string')).toBe(true);
  expect(words).toEqual(
    expect.arrayContaining(['=HYPERLINK("http://x.invalid","y")', '＝1+1', '<script>alert(1)</script>']),
  );
});
