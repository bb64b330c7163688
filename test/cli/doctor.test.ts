import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder } from '../knowledge/data-folder.ts';
import { planbot } from './command-line.ts';
import { writePlan } from './made-up-plan.ts';

test('a fresh clone is sound, and it says what it answers from', async () => {
  const { code, out, err } = await planbot(['doctor', '--data', freshFolder()]);
  expect([code, err]).toEqual([0, []]);
  expect(out.every((line) => line.startsWith('○ '))).toBe(true);
  expect(out.join('\n')).toMatch(/トークンは未設定[\s\S]*指標[\s\S]*資料はまだありません/);
});

test('documents are listed with the day they were ingested', async () => {
  const data = freshFolder();
  await planbot(['ingest', writePlan(freshFolder()), '--data', data]);
  const { out } = await planbot(['doctor', '--data', data]);
  expect(out.join('\n')).toMatch(/aomori\.txt .*青森支部.* 取り込み 2025年7月31日（0日前）/);
});

test('everything that is wrong is said at once, without the token', async () => {
  const data = freshFolder();
  writeFileSync(join(data, 'planbot.sqlite'), 'x'.repeat(4096));
  const token = 'xoxp-do-not-show-me';
  const { code, out, err } = await planbot(['doctor', '--data', data], { env: { SLACK_BOT_TOKEN: token } });
  const wrong = out.filter((line) => line.startsWith('× '));
  expect(wrong.map((line) => line.split(':')[0])).toEqual(['× 設定', '× データ']);
  expect([code, err]).toEqual([1, [expect.stringContaining('2件')]]);
  expect([...out, ...err].join('\n')).not.toContain(token);
});
