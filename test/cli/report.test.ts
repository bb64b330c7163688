import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSheet } from 'read-excel-file/node';
import { describe, expect, test } from 'vitest';
import { freshFolder } from '../store/data-folder.ts';
import { planbot } from './command-line.ts';

async function report(args: string[], file?: string) {
  const folder = freshFolder();
  const path = join(folder, file ?? '');
  const out = file === undefined ? [] : ['--out', path];
  return { ...(await planbot(['report', ...args, ...out, '--data', folder])), path };
}

describe('a report as a file', () => {
  test('of a spreadsheet holds figures as numbers', async () => {
    const { code, out, path } = await report(['東京', '--fy', '7', '--quarter', '1'], '資料.xlsx');
    expect(code).toBe(0);
    expect(out).toEqual([`令和7年度 第1四半期 KPIの進捗状況（東京支部） を ${path} に書き出しました`]);
    const rows = await readSheet(readFileSync(path));
    const committee = rows.find(([name]) => name === '健康保険委員の委嘱事業所数');
    expect(committee?.slice(1, 5)).toEqual([12680, 12978, '5月時点', 12680]);
    expect(rows.filter(([, target]) => typeof target === 'number')).toHaveLength(17);
  });

  test.each(['資料.csv', '資料.HTML'])('as %s has the same rows', async (file) => {
    const { code, path } = await report(['東京支部'], file);
    expect(code).toBe(0);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('12,978社');
    expect(text).toContain('1992行目');
  });

  test('replaces a file that is there only with --force', async () => {
    const folder = freshFolder();
    const path = join(folder, '資料.csv');
    writeFileSync(path, '手で直した表');
    const args = ['report', '東京', '--out', path, '--data', folder];
    const { code, err } = await planbot(args);
    expect([code, err]).toEqual([1, [expect.stringContaining('すでにあります')]]);
    expect(readFileSync(path, 'utf8')).toBe('手で直した表');
    expect((await planbot([...args, '--force'])).code).toBe(0);
    expect(readFileSync(path, 'utf8')).toContain('12,978社');
  });

  test('that cannot be written is one line', async () => {
    const { code, err } = await report(['東京'], '無い/資料.csv');
    expect(code).toBe(1);
    expect(err).toHaveLength(1);
    expect(err[0]).toContain('ファイルに書き込めません');
  });
});

describe('a report on standard output', () => {
  test.each([
    ['本部', '令和7年度 KPIの進捗状況（本部）'],
    ['大阪', '令和3年度 KPIの進捗状況（大阪支部）'],
    ['とうきょう', '令和7年度 第1四半期 KPIの進捗状況（東京支部）'],
    ['神奈川県', '令和7年度 KPIの進捗状況（神奈川支部）'],
  ])('of %s takes the newest year and what was reported last', async (branch, title) => {
    const { code, out } = await report([branch, '--format', 'csv']);
    expect(code).toBe(0);
    expect(out.join('\n')).toContain(title);
  });

  test.each(['3', 'R3', '令和3年度', '2021'])('of the year %s', async (year) => {
    const { out } = await report(['東京', '--fy', year, '--format', 'html']);
    expect(out.join('\n')).toContain('<h1>令和3年度 KPIの進捗状況（東京支部）</h1>');
  });

  test('holds figures that staff reported since', async () => {
    const folder = freshFolder();
    const table = ['支部,年度,指標,時点,実績', '東京,7,生活習慣病予防健診実施率,2025-09-30,31.4％'].join(
      '\n',
    );
    const file = join(folder, '実績.csv');
    writeFileSync(file, table);
    expect((await planbot(['import', file, '--data', folder])).err).toEqual([]);
    const { out } = await planbot(['report', '東京', '--format', 'csv', '--data', folder]);
    expect(out.join('\n')).toMatch(/生活習慣病予防健診実施率,63\.1％以上,31\.4％,9月末時点,57\.2％/);
    expect(out.join('\n')).toContain('令和7年度 第2四半期');
    const first = await planbot(['report', '東京', '--quarter', '1', '--format', 'csv', '--data', folder]);
    expect(first.out.join('\n')).toMatch(/生活習慣病予防健診実施率,63\.1％以上,―,―,57\.2％/);
  });
});

test('a year without a KPI is said, with the years that there are', async () => {
  const { code, err, path } = await report(['東京', '--fy', '6'], '資料.csv');
  expect(code).toBe(1);
  expect(err).toEqual([
    'planbot: 東京支部 令和6年度のKPIは資料にありません。資料にあるのは令和3年度、令和7年度です',
  ]);
  expect(existsSync(path)).toBe(false);
});

test.each([
  [['--format', 'csv'], '支部を1つ書いてください'],
  [['東京', '大阪', '--format', 'csv'], '支部を1つ書いてください'],
  [['江戸', '--format', 'csv'], '支部「江戸」は支部の一覧にありません'],
  [['=1+1', '--format', 'csv'], '支部の一覧にありません'],
  [['東京'], '--out'],
  [['東京', '--format', 'xlsx'], '--format は csv、html のどれか'],
  [['東京', '--format', 'csv', '--out', 'a.csv'], '一緒に使えません'],
  [['東京', '--out', 'a.pdf'], '--out の拡張子'],
  [['東京', '--fy', '百', '--format', 'csv'], '--fy は'],
  [['東京', '--quarter', '5', '--format', 'csv'], '--quarter は 1 から 4'],
  [['東京', '--to', 'x'], 'オプション --to はありません'],
])('wrong use: %j', async (args, why) => {
  const { code, err } = await report(args);
  expect(code).toBe(2);
  expect(err.join()).toContain(why);
});
