import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EMPTY_QUERY, encodeQuery } from '../../src/model/query.ts';
import { openStore } from '../../src/store/store.ts';
import { freshFolder } from '../store/data-folder.ts';
import { workbook } from '../tables/workbook.ts';
import { planbot } from './command-line.ts';
import { writePlan } from './made-up-plan.ts';

function writeTable(content: readonly string[] | Buffer, name = '利用者.csv'): string {
  const path = join(freshFolder(), name);
  writeFileSync(path, Buffer.isBuffer(content) ? content : `${content.join('\n')}\n`);
  return path;
}

async function exported(data: string, ...args: string[]): Promise<Record<string, unknown>[]> {
  const { out } = await planbot(['export', ...args, '--data', data]);
  return out.map((line) => JSON.parse(line));
}

test('members are imported, changed and taken back, each told with who did it', async () => {
  const data = freshFolder();
  const first = writeTable([
    '利用者ID,役割,支部,氏名',
    '<@U0TOKYO|hanako>,報告者,"東京、神奈川支部、東京",健保 花子',
    'U0ADMIN,管理者,,',
    'U0READER,viewer,,',
  ]);
  const added = await planbot(['import', first, '--by', '佐藤', '--data', data]);
  expect([added.code, added.out.join('\n')]).toEqual([0, expect.stringContaining('追加 3')]);
  const second = writeTable([
    '利用者ID,役割,支部',
    'U0TOKYO,報告者,青森',
    'U0ADMIN,取消,',
    'U0READER,閲覧者,',
  ]);
  const { out } = await planbot(['import', second, '--by', '鈴木', '--data', data]);
  expect(out.join('\n').split('\n')).toEqual([
    '利用者.csv（利用者）',
    '  追加 0　変更 1　取消 1　変わりなし 1',
    '  変更 2行目: U0TOKYO 報告者（東京、神奈川） → 報告者（青森）',
    '  取消 3行目: U0ADMIN 管理者',
  ]);
  expect(await exported(data, 'members')).toEqual([
    { user: 'U0READER', role: 'viewer', branches: '' },
    { user: 'U0TOKYO', role: 'reporter', branches: '青森' },
  ]);
  const audit = await exported(data, 'audit');
  expect(audit.map(({ action, actor, subject, detail }) => [action, actor, subject, detail])).toEqual([
    ['member_saved', '佐藤', 'U0TOKYO', '未登録 → 報告者（東京、神奈川）'],
    ['member_saved', '佐藤', 'U0ADMIN', '未登録 → 管理者'],
    ['member_saved', '佐藤', 'U0READER', '未登録 → 閲覧者'],
    ['table_imported', '佐藤', '利用者.csv', '利用者の表：追加 3、変更 0、取消 0、変わりなし 0'],
    ['member_saved', '鈴木', 'U0TOKYO', '報告者（東京、神奈川） → 報告者（青森）'],
    ['member_saved', '鈴木', 'U0ADMIN', '管理者 → 取消'],
    ['table_imported', '鈴木', '利用者.csv', '利用者の表：追加 0、変更 1、取消 1、変わりなし 1'],
  ]);
});

test('every bad cell of a table of members is listed, and nothing is imported', async () => {
  const data = freshFolder();
  const path = writeTable([
    '利用者ID,役割,支部',
    'hanako,報告者,東京',
    'U0TOKYO,部長,東京',
    'U0AOMORI,報告者,',
    'U0IWATE,報告者,"岩手、江戸"',
    'U0ADMIN,管理者,東京',
    'U0TWICE,閲覧者,',
    'U0TWICE,管理者,',
  ]);
  const { code, out, err } = await planbot(['import', path, '--data', data]);
  expect(code).toBe(1);
  expect(out).toEqual([
    '2行目「利用者ID」: hanako … SlackのメンバーID（Uで始まる英数字）を書いてください',
    '3行目「役割」: 部長 … 閲覧者、報告者、管理者 のどれかを書いてください（取り消すときは「取消」）',
    '4行目「支部」: 空です',
    '5行目「支部」: 岩手、江戸 … 支部の一覧にありません',
    '6行目「支部」: 東京 … 支部を書くのは報告者だけです',
    '8行目: U0TWICE 管理者  … 7行目と同じものについての行です',
  ]);
  expect(err).toEqual([expect.stringContaining('6行に誤りがあるため、何も取り込みませんでした')]);
  expect(await exported(data, 'members')).toEqual([]);
  expect(await exported(data, 'audit')).toEqual([]);
});

test('the template is a table that can be imported, and so is what was exported', async () => {
  const data = freshFolder();
  const template = await planbot(['import', '--template', 'members']);
  const filled = template.out.map((line) => line.replace('健保 花子', '健保 太郎'));
  await planbot(['import', writeTable(filled), '--data', data]);
  const members = await exported(data, 'members');
  expect(members).toEqual([{ user: 'U0123ABCD', role: 'reporter', branches: '東京、神奈川' }]);
  const csv = await planbot(['export', 'members', '--format', 'csv', '--data', data]);
  expect(csv.out[0]).toMatch(/^user,role,branches\n/);
  const again = await planbot(['import', writeTable(csv.out), '--data', data]);
  expect(again.out.join('\n')).toContain('変わりなし 1');
});

test('members are read from Excel', async () => {
  const data = freshFolder();
  const path = writeTable(
    workbook([
      ['利用者ID', '役割', '支部'],
      ['U0TOKYO', '報告者', '東京'],
    ]),
    '利用者.xlsx',
  );
  expect((await planbot(['import', path, '--data', data])).code).toBe(0);
  expect(await exported(data, 'members')).toHaveLength(1);
});

test('an ingest is told, with the account where no name was given', async () => {
  const data = freshFolder();
  const plan = writePlan(freshFolder());
  await planbot(['ingest', plan, '--by', '佐藤', '--data', data]);
  await planbot(['ingest', plan, '--data', data]);
  const audit = await exported(data, 'audit');
  expect(audit).toMatchObject([
    { action: 'document_ingested', actor: '佐藤', detail: expect.stringMatching(/^新しい資料：追加 \d+/) },
    { action: 'document_ingested', actor: expect.stringMatching(/./), detail: '変わりなし' },
  ]);
  expect(audit[1]?.actor).not.toBe('佐藤');
});

test('feedback is exported with what was asked, in words', async () => {
  const data = freshFolder();
  const store = await openStore({ dataDir: data });
  const scope = { ...EMPTY_QUERY.scope, branches: ['東京'], fys: [7] };
  const query = { ...EMPTY_QUERY, indicators: ['generic_rate'], scope };
  const answer = { channel: 'C0TOKYO', questionTs: null, asker: 'U0ONE' };
  const asked = [encodeQuery(query), '東京支部の予算は？'];
  for (const [at, words] of asked.entries()) {
    const when = new Date(Date.UTC(2025, 6, 1, at));
    await store.answers.save({ ...answer, ts: `${at}.0`, asked: words }, when);
    const given = {
      user: 'U0ONE',
      channel: 'C0TOKYO',
      ts: `${at}.0`,
      verdict: 'good',
      comment: null,
    } as const;
    await store.feedback.save(given, when);
  }
  await store.close();
  expect(await exported(data, 'feedback')).toMatchObject([
    { ts: '0.0', asked: '東京支部 令和7年度 ジェネリック医薬品使用割合' },
    { ts: '1.0', asked: '東京支部の予算は？' },
  ]);
});

test('what people wrote under an answer is exported, and is no formula to a spreadsheet', async () => {
  const data = freshFolder();
  const store = await openStore({ dataDir: data });
  const given = { user: 'U0ONE', channel: 'C0TOKYO', ts: '1.0', verdict: 'bad' } as const;
  await store.feedback.save({ ...given, comment: '=1+1' }, new Date('2025-07-01T00:00:00Z'));
  await store.close();
  expect(await exported(data, 'feedback')).toEqual([
    {
      at: '2025-07-01T00:00:00.000Z',
      verdict: 'bad',
      asked: null,
      comment: '=1+1',
      user: 'U0ONE',
      channel: 'C0TOKYO',
      ts: '1.0',
    },
  ]);
  const { out } = await planbot(['export', 'feedback', '--format', 'csv', '--data', data]);
  expect(out.join('\n')).toBe(
    "at,verdict,asked,comment,user,channel,ts\n2025-07-01T00:00:00.000Z,bad,,'=1+1,U0ONE,C0TOKYO,1.0",
  );
});
