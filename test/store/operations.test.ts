import { expect, onTestFinished, test } from 'vitest';
import type { Member } from '../../src/model/member.ts';
import type { PostedAnswer } from '../../src/model/posted-answer.ts';
import { DEFAULT_CHANNEL, DEFAULT_PERSON } from '../../src/model/settings.ts';
import { freshFolder } from './data-folder.ts';
import { openTestStore, postgresUrl, runRaw } from './test-store.ts';

function at(day: number, hour = 0): Date {
  return new Date(Date.UTC(2025, 6, day, hour));
}

async function open(dataDir = freshFolder()) {
  const store = await openTestStore(dataDir);
  onTestFinished(() => store.close());
  return store;
}

const REPORTER: Member = { user: 'U0TOKYO', role: 'reporter', branches: ['東京', '青森'] };

test('whoever is not registered is a viewer', async () => {
  const store = await open();
  expect(await store.members.get('U0NOBODY')).toEqual({ user: 'U0NOBODY', role: 'viewer', branches: [] });
  expect(await store.members.list()).toEqual([]);
});

test('a member is kept, and each change of one is told', async () => {
  const dataDir = freshFolder();
  const store = await open(dataDir);
  await store.members.save(REPORTER, 'U0ADMIN', at(1));
  await store.members.save(REPORTER, 'U0ADMIN', at(2));
  await store.members.save({ user: 'U0TOKYO', role: 'admin', branches: [] }, 'U0ADMIN', at(3));
  await store.members.save({ user: 'U0AOMORI', role: 'viewer', branches: [] }, 'U0ADMIN', at(4));
  const restarted = await open(dataDir);
  expect(await restarted.members.list()).toEqual([
    { user: 'U0AOMORI', role: 'viewer', branches: [] },
    { user: 'U0TOKYO', role: 'admin', branches: [] },
  ]);
  const told = (await restarted.audit.entries()).map(({ subject, detail }) => `${subject} ${detail}`);
  expect(told).toEqual([
    'U0TOKYO 未登録 → 報告者（東京、青森）',
    'U0TOKYO 報告者（東京、青森） → 管理者',
    'U0AOMORI 未登録 → 閲覧者',
  ]);
});

test('a change that cannot be told is not made', async () => {
  const store = await open();
  await runRaw(store, 'drop table audit_entry');
  await expect(store.members.save(REPORTER, 'U0ADMIN', at(1))).rejects.toThrow();
  const loud = { ...DEFAULT_CHANNEL, reminders: false };
  await expect(store.settings.saveChannel('C0TOKYO', loud, 'U0ADMIN', at(1))).rejects.toThrow();
  expect(await store.members.list()).toEqual([]);
  expect(await store.settings.quietChannels()).toEqual([]);
});

test('audit entries come back in the order of writing, with their time', async () => {
  const store = await open();
  const refused = { action: 'refused', actor: 'U0GUEST', subject: 'C0TOKYO', detail: '社外の方' } as const;
  await store.audit.append(refused, at(2));
  await store.audit.append({ ...refused, action: 'answer_deleted' }, at(1));
  expect(await store.audit.entries()).toEqual([
    { ...refused, id: 1, at: at(2).toISOString() },
    { ...refused, action: 'answer_deleted', id: 2, at: at(1).toISOString() },
  ]);
  await store.audit.append({ ...refused, subject: 'C0AOMORI' }, at(3));
  expect((await store.audit.entries(2)).map(({ id }) => id)).toEqual([2, 3]);
  expect(await store.audit.entries(0)).toEqual([]);
});

test.each([
  ['changed', "update audit_entry set detail = ''"],
  ['removed', 'delete from audit_entry'],
  postgresUrl === undefined
    ? ['written over', "insert or replace into audit_entry values (1, '', '', '', '', '')"]
    : ['emptied', 'truncate audit_entry'],
])('no audit entry can be %s, whoever tries', async (_, statement) => {
  const store = await open();
  const entry = { action: 'refused', actor: 'U0GUEST', subject: 'C0TOKYO', detail: '社外の方' } as const;
  await store.audit.append(entry, at(1));
  await expect(runRaw(store, statement)).rejects.toThrow('append-only');
  expect(await store.audit.entries()).toMatchObject([entry]);
});

test('a channel has the defaults until something is set, and each change is told once', async () => {
  const store = await open();
  expect(await store.settings.ofChannel('C0TOKYO')).toEqual(DEFAULT_CHANNEL);
  const settings = {
    branch: '東京',
    fy: 7,
    answerIn: 'ephemeral',
    reminders: false,
    speaks: 'when_called',
  } as const;
  await store.settings.saveChannel('C0TOKYO', settings, 'U0ADMIN', at(1));
  await store.settings.saveChannel('C0TOKYO', settings, 'U0ADMIN', at(2));
  await store.settings.saveChannel('C0AOMORI', DEFAULT_CHANNEL, 'U0ADMIN', at(2));
  expect(await store.settings.ofChannel('C0TOKYO')).toEqual(settings);
  expect(await store.settings.ofChannel('C0AOMORI')).toEqual(DEFAULT_CHANNEL);
  expect(await store.settings.quietChannels()).toEqual(['C0TOKYO']);
  expect(await store.audit.entries()).toMatchObject([
    {
      action: 'settings_saved',
      actor: 'U0ADMIN',
      subject: 'C0TOKYO',
      detail:
        '支部 指定なし、年度 最新、答え スレッド、続き 答える、お知らせ 入 → 支部 東京、年度 令和7年度、答え 本人だけ、続き 呼ばれたときだけ、お知らせ 切',
    },
  ]);
});

test('settings that an earlier version wrote get the defaults of what it did not know', async () => {
  const store = await open();
  await store.settings.saveChannel('C0TOKYO', { ...DEFAULT_CHANNEL, branch: '東京' }, 'U0ADMIN', at(1));
  await runRaw(store, 'update channel_settings set body = \'{"branch":"東京"}\'');
  expect(await store.settings.ofChannel('C0TOKYO')).toEqual({ ...DEFAULT_CHANNEL, branch: '東京' });
});

test('who wants the notices of a branch is who chose it and did not turn them off', async () => {
  const store = await open();
  expect(await store.settings.ofPerson('U0ONE')).toEqual(DEFAULT_PERSON);
  await store.settings.savePerson('U0ONE', { branch: '東京', notices: true }, at(1));
  await store.settings.savePerson('U0TWO', { branch: '東京', notices: true }, at(1));
  await store.settings.savePerson('U0TWO', { branch: '東京', notices: false }, at(2));
  await store.settings.savePerson('U0TWO', { branch: '東京', notices: false }, at(3));
  await store.settings.savePerson('U0THREE', { branch: '青森', notices: true }, at(1));
  expect(await store.settings.ofPerson('U0TWO')).toEqual({ branch: '東京', notices: false });
  const ofTwo = (await store.audit.entries()).filter(({ actor }) => actor === 'U0TWO');
  expect(ofTwo.map(({ action, detail }) => [action, detail])).toEqual([
    ['settings_saved', '担当の支部 指定なし、本人へのお知らせ 切 → 担当の支部 東京、本人へのお知らせ 入'],
    ['settings_saved', '担当の支部 東京、本人へのお知らせ 入 → 担当の支部 東京、本人へのお知らせ 切'],
  ]);
  expect(await store.settings.noticeReaders('東京')).toEqual(['U0ONE']);
  expect(await store.settings.noticeReaders('本部')).toEqual([]);
});

const ANSWER: PostedAnswer = {
  channel: 'C0TOKYO',
  ts: '2.0',
  questionTs: '1.0',
  asker: 'U0ONE',
  asked: '東京支部の令和7年度のジェネリック医薬品使用割合は？',
};

test('an answer is found by its place and by its question, until it is removed', async () => {
  const dataDir = freshFolder();
  const store = await open(dataDir);
  await store.answers.save({ ...ANSWER, ts: '3.0' }, at(2));
  await store.answers.save(ANSWER, at(1));
  await store.answers.save({ ...ANSWER, channel: 'C0AOMORI' }, at(1));
  await store.answers.save({ ...ANSWER, ts: '4.0', questionTs: null }, at(1));
  const restarted = await open(dataDir);
  expect(await restarted.answers.find('C0TOKYO', '2.0')).toEqual(ANSWER);
  expect(await restarted.answers.answersTo('C0TOKYO', '1.0')).toEqual([ANSWER, { ...ANSWER, ts: '3.0' }]);
  await restarted.answers.remove('C0TOKYO', '2.0');
  expect(await restarted.answers.find('C0TOKYO', '2.0')).toBeNull();
  expect(await restarted.answers.answersTo('C0TOKYO', '1.0')).toEqual([{ ...ANSWER, ts: '3.0' }]);
});

test('an answer that is given anew in its place belongs to the new question', async () => {
  const store = await open();
  await store.answers.save(ANSWER, at(1));
  await store.answers.save({ ...ANSWER, asked: '青森は？' }, at(2));
  expect(await store.answers.find('C0TOKYO', '2.0')).toEqual({ ...ANSWER, asked: '青森は？' });
});

test('an answer fades four weeks after it was given', async () => {
  const store = await open();
  await store.answers.save(ANSWER, at(1));
  await store.answers.save({ ...ANSWER, ts: '3.0' }, at(2, 1));
  await store.answers.save({ ...ANSWER, ts: '4.0' }, at(30));
  expect(await store.answers.find('C0TOKYO', '2.0')).toBeNull();
  expect(await store.answers.find('C0TOKYO', '3.0')).not.toBeNull();
});

test('the questions of a person come newest first, each once', async () => {
  const store = await open();
  for (const [day, asker, asked] of [
    [1, 'U0ONE', '予算は？'],
    [2, 'U0ONE', '健診は？'],
    [3, 'U0TWO', 'ほかの方の質問'],
    [4, 'U0ONE', '予算は？'],
    [5, 'U0ONE', '目標は？'],
  ] as const) {
    await store.answers.save({ ...ANSWER, ts: `${day}.0`, asker, asked }, at(day));
  }
  expect(await store.answers.recentQuestions('U0ONE', 10)).toEqual(['目標は？', '予算は？', '健診は？']);
  expect(await store.answers.recentQuestions('U0ONE', 2)).toEqual(['目標は？', '予算は？']);
});

test('what a reader thought is kept once a person and answer, with the question', async () => {
  const store = await open();
  await store.answers.save(ANSWER, at(1));
  const given = { user: 'U0ONE', channel: 'C0TOKYO', ts: '2.0', verdict: 'good', comment: null } as const;
  await store.feedback.save(given, at(2));
  await store.feedback.save({ ...given, user: 'U0TWO' }, at(3));
  await store.answers.remove('C0TOKYO', '2.0');
  await store.feedback.save({ ...given, verdict: 'bad', comment: '年度が違います' }, at(4));
  await store.feedback.save({ ...given, ts: '9.0' }, at(5));
  expect(await store.feedback.list()).toEqual([
    { ...given, user: 'U0TWO', asked: ANSWER.asked, at: at(3).toISOString() },
    { ...given, verdict: 'bad', comment: '年度が違います', asked: ANSWER.asked, at: at(4).toISOString() },
    { ...given, ts: '9.0', asked: null, at: at(5).toISOString() },
  ]);
});
