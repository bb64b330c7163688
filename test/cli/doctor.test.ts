import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { checkPeople } from '../../src/cli/doctor.ts';
import { DEFAULT_CHANNEL } from '../../src/model/settings.ts';
import { openStore } from '../../src/store/store.ts';
import { freshFolder } from '../store/data-folder.ts';
import { NOW, planbot } from './command-line.ts';
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

/** What doctor says of a data folder. */
async function examined(data: string): Promise<string> {
  const { out } = await planbot(['doctor', '--data', data]);
  return out.filter((line) => line.includes('データ:')).join('\n');
}

test('a bot in Slack without an admin is told how to register one', async () => {
  const data = freshFolder();
  expect(await examined(data)).toContain('○ データ: 利用者の役割 管理者 0、報告者 0');
  const store = await openStore({ dataDir: data });
  onTestFinished(() => store.close());
  const inSlack = () => checkPeople(store, loadCatalogue(), true);
  expect(await inSlack()).toEqual([
    {
      mark: '△',
      text: expect.stringMatching(
        /^管理者が登録されていません。役割「管理者」の行を「planbot import --template members」/,
      ),
    },
  ]);
  await store.members.save({ user: 'U0ADMIN', role: 'admin', branches: [] }, 'U0ADMIN', NOW);
  expect(await inSlack()).toEqual([{ mark: '○', text: '利用者の役割 管理者 1、報告者 0' }]);
});

test('reporters and channels of a branch or year that is no more are named', async () => {
  const data = freshFolder();
  await planbot(['ingest', writePlan(freshFolder()), '--data', data]);
  const store = await openStore({ dataDir: data });
  await store.members.save({ user: 'U0OLD', role: 'reporter', branches: ['青森', '旧支部'] }, 'U0ADMIN', NOW);
  await store.settings.saveChannel('C0OLD', { ...DEFAULT_CHANNEL, branch: '旧支部' }, 'U0ADMIN', NOW);
  await store.settings.saveChannel('C0YEAR', { ...DEFAULT_CHANNEL, fy: 6 }, 'U0ADMIN', NOW);
  await store.settings.saveChannel('C0FINE', { ...DEFAULT_CHANNEL, branch: '青森', fy: 7 }, 'U0ADMIN', NOW);
  await store.close();
  const said = (await examined(data)).split('\n').filter((line) => line.startsWith('△'));
  expect(said).toEqual([
    '△ データ: U0OLD さんの支部が支部の一覧にありません: 旧支部。planbot import で直してください',
    '△ データ: チャンネル C0OLD の設定の支部が一覧にありません: 旧支部',
    '△ データ: チャンネル C0YEAR は令和6年度で答える設定のままです（最新は令和7年度）',
  ]);
});

test('channels that switched reminders off are listed, with whose they are', async () => {
  const data = freshFolder();
  const store = await openStore({ dataDir: data });
  const row = { branch: '東京', channel: 'C0TOKYO', owner: 'U0TOKYO', deputy: null };
  const lines = [{ line: 2, key: '東京', row }];
  await store.figures.import({ kind: 'owners', file: 'o.csv', digest: '', by: null, lines }, NOW);
  for (const channel of ['C0TOKYO', 'C0OTHER']) {
    await store.settings.saveChannel(channel, { ...DEFAULT_CHANNEL, reminders: false }, 'U0ADMIN', NOW);
  }
  await store.close();
  expect(await examined(data)).toContain(
    '○ データ: お知らせを止めているチャンネル: C0OTHER（お知らせの宛先ではありません）、C0TOKYO（東京支部）',
  );
});

test('the age of the last backup is told, and that there is none', async () => {
  const data = freshFolder();
  expect(await examined(data)).not.toContain('控え');
  await planbot(['ingest', writePlan(freshFolder()), '--data', data]);
  expect(await examined(data)).toContain('○ データ: 控えはまだありません（作成は planbot backup）');
  const file = join(freshFolder(), '控え.sqlite');
  await planbot(['backup', file, '--data', data]);
  expect(await examined(data)).toContain(`○ データ: 最後の控え 2025-07-31（0日前） ${file}`);
  const old = freshFolder();
  const store = await openStore({ dataDir: old });
  const entry = { action: 'store_backed_up', actor: '佐藤', subject: file, detail: '' } as const;
  await store.audit.append(entry, new Date('2025-06-01T00:00:00Z'));
  await store.close();
  expect(await examined(old)).toMatch(
    /^△ データ: 最後の控え 2025-06-01（60日前） .*新しい控えを作ってください$/m,
  );
});
