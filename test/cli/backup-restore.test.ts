import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder } from '../store/data-folder.ts';
import { planbot } from './command-line.ts';
import { writePlan } from './made-up-plan.ts';

const QUESTION = '青森支部の令和7年度のジェネリックの目標は？';

test('a backup that is restored elsewhere answers as the store did', async () => {
  const [data, other] = [freshFolder(), freshFolder()];
  await planbot(['ingest', writePlan(freshFolder()), '--data', data]);
  const file = join(freshFolder(), '控え.sqlite');
  const backup = await planbot(['backup', file, '--by', '佐藤', '--data', data]);
  expect([backup.code, backup.out]).toEqual([
    0,
    [expect.stringMatching(/^控えを書き出しました: .*控え\.sqlite（0\.\dMB）$/)],
  ]);
  const restore = await planbot(['restore', file, '--by', '鈴木', '--data', other]);
  expect(restore.code).toBe(0);
  expect(restore.out[0]).toContain('控え.sqlite（資料 1、報告された数値 0、利用者 0、お知らせ 0）');
  const [answered, answer] = [
    await planbot(['ask', QUESTION, '--data', data]),
    await planbot(['ask', QUESTION, '--data', other]),
  ];
  expect(answer.out.join('\n')).toContain('81.5');
  expect(answer.out).toEqual(answered.out);
  const said = async (folder: string) => {
    const { out } = await planbot(['export', 'audit', '--data', folder]);
    return out.map((line) => JSON.parse(line)).map(({ actor, action }) => `${actor} ${action}`);
  };
  expect((await said(data)).at(-1)).toBe('佐藤 store_backed_up');
  expect((await said(other)).at(-1)).toBe('鈴木 store_restored');
});

test('the store that was there is named, so that people know what to remove', async () => {
  const data = freshFolder();
  await planbot(['ingest', writePlan(freshFolder()), '--data', data]);
  const file = join(freshFolder(), '控え.sqlite');
  await planbot(['backup', file, '--data', data]);
  const { out } = await planbot(['restore', file, '--data', data]);
  expect(out[1]).toBe(
    `これまでのデータは ${data}/planbot.sqlite.202507311200 に残しました。不要になったら削除してください`,
  );
});

test.each([
  ['no file', ['backup'], 2, '控えを書き出すファイルを1つ指定してください'],
  ['two files', ['restore', 'a', 'b'], 2, '復元する控えのファイルを1つ指定してください'],
  ['nothing to back up', ['backup', 'x.sqlite'], 1, '控えをとるデータがまだありません'],
  ['a file that is not there', ['restore', '/nowhere/x.sqlite'], 1, 'ファイルがありません'],
])('%s is refused in one line', async (_, args, code, why) => {
  const outcome = await planbot([...args, '--data', freshFolder()]);
  expect([outcome.code, outcome.out]).toEqual([code, []]);
  expect(outcome.err).toEqual([expect.stringContaining(why)]);
});
