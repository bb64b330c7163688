import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { freshFolder } from '../store/data-folder.ts';
import { planbot } from './command-line.ts';

test.each([['--help'], ['-h'], ['help']])('planbot %s shows the commands', async (...args) => {
  const { code, out, err } = await planbot(args);
  expect([code, err]).toEqual([0, []]);
  expect(out.join('\n')).toMatch(/ingest PATH.*ask.*search.*export.*doctor/s);
});

test.each(Object.keys(COMMANDS))('planbot %s --help tells of it alone', async (name) => {
  const { code, out, err } = await planbot([name, '--help']);
  expect([code, err]).toEqual([0, []]);
  const text = out.join('\n');
  expect(text).toContain(`使い方: planbot ${name}`);
  for (const other of Object.keys(COMMANDS)) {
    if (other !== name) expect(text).not.toContain(`planbot ${other}`);
  }
});

test('planbot --version says which one it is', async () => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  expect((await planbot(['--version'])).out).toEqual([`planbot ${version}`]);
});

describe('wrong use ends with 2 and one line', () => {
  test.each([
    [[], 'コマンドがありません'],
    [['frobnicate'], 'コマンド frobnicate はありません'],
    [['toString'], 'コマンド toString はありません'],
    [['export'], '1つ選んでください'],
    [['export', 'everything'], 'kpi、budget、measures、counts'],
    [['export', 'kpi', '--format', 'xml'], 'jsonl、csv'],
    [['export', 'kpi', '--colour'], 'オプション --colour はありません'],
    [['export', 'kpi', '--format'], 'オプション --format'],
    [['ingest'], 'ファイルかフォルダー'],
    [['ask'], '質問がありません'],
    [['ask', '--jsonl', '東京は？'], '標準入力'],
    [['ask', '東京は？', '--at', '昨日'], '--at は'],
    [['ask', '東京は？', '--at', '2025-13-45'], '--at は'],
    [['ask', '東京は？', '--at', '2025-02-30'], '--at は'],
    [['search'], '探す語句'],
    [['search', '健診', '--top', '0'], '--top は'],
    [['doctor', 'please'], '引数はありません'],
  ])('%j', async (args, words) => {
    const { code, out, err } = await planbot([
      ...args,
      ...(args.length > 0 ? ['--data', freshFolder()] : []),
    ]);
    expect([code, out]).toEqual([2, []]);
    expect(err).toHaveLength(1);
    expect(err[0]).toContain(words);
  });
});

test('a fault ends with 1 and one line that names the file', async () => {
  const missing = join(freshFolder(), 'missing.txt');
  const { code, err } = await planbot(['ingest', missing, '--data', freshFolder()]);
  expect([code, err]).toEqual([1, [`planbot: ${missing}: ファイルがありません`]]);
});
