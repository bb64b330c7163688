import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { wordsOf } from '../charts/drawings.ts';
import { freshFolder } from '../store/data-folder.ts';
import { planbot } from './command-line.ts';

async function chart(question: string, file = '図.svg') {
  const folder = freshFolder();
  const path = join(folder, file);
  const outcome = await planbot(['chart', question, '--out', path, '--data', folder]);
  return { ...outcome, path, words: existsSync(path) ? wordsOf(readFileSync(path, 'utf8')) : [] };
}

describe('a chart in a file', () => {
  test('ranks all branches where none is named, also those without a figure', async () => {
    const { code, out, path, words } = await chart('令和3年度のジェネリックの目標をグラフで');
    expect(code).toBe(0);
    expect(out).toEqual([
      `令和3年度 ジェネリック医薬品使用割合の目標：全支部（資料のある47支部）の高い順 を ${path} に書き出しました`,
    ]);
    expect(words.filter((word) => /^▶?.+支部$/.test(word))).toHaveLength(47);
    expect(words).toEqual(expect.arrayContaining(['81.5％以上', '対前年度以上']));
    expect(words.at(-1)).toMatch(/^出典：令和3年度 事業計画/);
  });

  test('sets the branch off whose place is asked', async () => {
    const { words } = await chart('東京は47支部中何位？令和3年度のジェネリック');
    expect(words.filter((word) => word.startsWith('▶'))).toEqual(['▶東京支部']);
  });

  test.each([
    [
      '東京支部の特定健診実施率の推移(四半期の目標と実績)',
      ['第1四半期', '（5月時点）', '目安', '3.4', '33.6'],
    ],
    ['東京支部のジェネリックの推移', ['令和3年度', '令和6年度', '実績（年度末）', '80.0', '88.3']],
    ['東京と大阪と愛知のジェネリックを比べて', ['東京支部', '77.8％以上']],
    [
      '東京と神奈川の健診率を比べて',
      ['令和7年度 生活習慣病予防健診実施率の目標の比較', '63.1％以上', '56.6％以上'],
    ],
  ])('%s', async (question, expected) => {
    const { code, words } = await chart(question);
    expect(code).toBe(0);
    expect(words).toEqual(expect.arrayContaining(expected));
  });

  test('is a PNG by its name', async () => {
    const { code, path } = await chart('東京支部の健康宣言事業所数の推移', '図.PNG');
    expect(code).toBe(0);
    expect(readFileSync(path).subarray(1, 4).toString()).toBe('PNG');
  });
});

describe('nothing to draw is one line, and no file', () => {
  test.each([
    'おはよう',
    '東京支部のKPIの一覧',
    '宮城のジェネリックの推移',
    '東京支部の令和20年度のジェネリック',
    '東京のラーメン指数の推移',
  ])('%s', async (question) => {
    const { code, err, path } = await chart(question);
    expect(code).toBe(1);
    expect(err).toHaveLength(1);
    expect(err[0]).toMatch(/^planbot: グラフにできません: [^\n]+$/);
    expect(existsSync(path)).toBe(false);
  });

  test('a folder that is not there', async () => {
    const { code, err } = await chart('東京支部のジェネリックの推移', '無い/図.svg');
    expect(code).toBe(1);
    expect(err[0]).toContain('ファイルに書き込めません');
  });
});

test.each([
  [['chart', '--out', 'a.png'], '質問がありません'],
  [['chart', '東京のジェネリック'], '--out'],
  [['chart', '東京のジェネリック', '--out', 'a.gif'], '--out の拡張子 は .png、.svg のどれか'],
  [['chart', '東京のジェネリック', '--out', 'a.png', '--at', 'きのう'], '--at'],
])('wrong use: %j', async (args, why) => {
  const { code, err } = await planbot(args);
  expect(code).toBe(2);
  expect(err.join()).toContain(why);
});
