import { describe, expect, test } from 'vitest';
import type { AskInput } from '../../src/model/ask.ts';
import { DEFAULT_CHANNEL } from '../../src/model/settings.ts';
import { fixedAsk } from '../slack/fixed-ask.ts';
import {
  type Running,
  type RunOptions,
  runApp,
  STAFF,
  STAFF_DM,
  shown,
  TOKYO,
} from '../slack/running-app.ts';

const REPORTER = 'U0REPORT1';
const ADMIN = 'U0ADMIN01';
const NOW = new Date('2026-07-06T01:00:00Z');

/** With a reporter of 東京 and an administrator. */
async function start(options: RunOptions = {}): Promise<Running> {
  const running = await runApp(options);
  await running.app.start();
  const { store } = running;
  await store.members.save({ user: REPORTER, role: 'reporter', branches: ['東京'] }, 'test', NOW);
  await store.members.save({ user: ADMIN, role: 'admin', branches: [] }, 'test', NOW);
  return running;
}

async function openForm({ slack }: Running, user: string) {
  await slack.runCommand({ command: '/kpi', text: '設定', channel: TOKYO, user });
  return slack.waitForView((view) => view.user === user && view.type === 'modal');
}

const chosen = {
  branch: '東京',
  fy: 'unset',
  answer_in: 'ephemeral',
  speaks: 'when_called',
  reminders: 'off',
};

describe('/kpi 設定', () => {
  test('saves what an administrator chose, and says so', async () => {
    const running = await start();
    const view = await openForm(running, ADMIN);
    await running.slack.submitView({ view, user: ADMIN, values: { ...chosen, branch: '青森', fy: '7' } });
    const [said] = running.slack.modals(ADMIN);
    expect(JSON.stringify(said?.payload.blocks)).toContain('保存しました');
    expect(await running.store.settings.ofChannel(TOKYO)).toEqual({
      branch: '青森',
      fy: 7,
      answerIn: 'ephemeral',
      reminders: false,
      speaks: 'when_called',
    });
    expect(await running.store.settings.quietChannels()).toEqual([TOKYO]);
    expect((await running.store.audit.entries()).at(-1)).toMatchObject({
      action: 'settings_saved',
      actor: ADMIN,
    });
  });

  test('shows what holds when it is opened again', async () => {
    const running = await start();
    const settings = {
      branch: '東京',
      fy: 3,
      answerIn: 'ephemeral',
      reminders: false,
      speaks: 'when_called',
    } as const;
    await running.store.settings.saveChannel(TOKYO, settings, ADMIN, NOW);
    const view = await openForm(running, ADMIN);
    await running.slack.submitView({ view, user: ADMIN });
    expect(await running.store.settings.ofChannel(TOKYO)).toEqual(settings);
  });

  test('shows the branch that answers use where none is set', async () => {
    const running = await start();
    expect(JSON.stringify((await openForm(running, ADMIN)).payload.blocks)).toContain('自動：東京支部（');
    const looking = JSON.stringify((await openForm(running, STAFF)).payload.blocks);
    expect(looking).toContain('支部の名前がない質問の支部：東京支部（担当者の表か、チャンネル名による）');
  });

  test('offers a reporter their own branches, in a channel that is theirs or nobody’s', async () => {
    const running = await start();
    const view = await openForm(running, REPORTER);
    const offered = JSON.stringify(view.payload.blocks);
    expect(offered).toContain('東京支部');
    expect(offered).not.toContain('青森支部');
    await running.slack.submitView({ view, user: REPORTER, values: chosen });
    expect(await running.store.settings.ofChannel(TOKYO)).toMatchObject({ branch: '東京' });
  });

  test.each([
    ['a viewer', STAFF, DEFAULT_CHANNEL],
    ['a reporter of another branch', REPORTER, { ...DEFAULT_CHANNEL, branch: '青森' }],
  ])('is to be read only for %s', async (_, user, settings) => {
    const running = await start();
    await running.store.settings.saveChannel(TOKYO, settings, ADMIN, NOW);
    const view = await openForm(running, user);
    expect(view.payload.submit).toBeUndefined();
    expect(JSON.stringify(view.payload.blocks)).toContain('変更できるのは、管理者と');
  });

  test.each([
    [
      'role',
      DEFAULT_CHANNEL,
      (store: Running['store']) =>
        store.members.save({ user: REPORTER, role: 'viewer', branches: [] }, ADMIN, NOW),
    ],
    [
      'channel',
      { ...DEFAULT_CHANNEL, branch: '青森' },
      (store: Running['store']) =>
        store.settings.saveChannel(TOKYO, { ...DEFAULT_CHANNEL, branch: '青森' }, ADMIN, NOW),
    ],
  ])('looks at the rights again when the form is sent: another %s meanwhile', async (_, left, change) => {
    const running = await start();
    const view = await openForm(running, REPORTER);
    await change(running.store);
    const answer = await running.slack.submitView({ view, user: REPORTER, values: chosen });
    expect(answer.payload).toMatchObject({ response_action: 'errors' });
    expect(await running.store.settings.ofChannel(TOKYO)).toEqual(left);
    expect((await running.store.audit.entries()).at(-1)).toMatchObject({
      action: 'refused',
      actor: REPORTER,
    });
  });

  test('is for channels: in a direct message it says where to go', async () => {
    const { slack } = await start();
    await slack.runCommand({ command: '/kpi', text: '設定', channel: STAFF_DM, user: STAFF });
    const told = await slack.waitForEphemeral((one) => one.ephemeralTo === STAFF);
    expect(told.text).toContain('チャンネルで「/kpi 設定」');
  });
});

describe('what was set', () => {
  test('fills in what a question does not say: what the channel set, whose channel it is, its name, then the person', async () => {
    const inputs: AskInput['defaults'][] = [];
    const running = await start({
      ask: (input) => {
        inputs.push(input.defaults);
        return fixedAsk(input);
      },
    });
    const { slack, store, mention, reply } = running;
    const ask = async () => reply((await mention('ジェネリックKPIは？')).message.ts);
    await store.settings.savePerson(STAFF, { branch: '群馬', notices: false }, NOW);
    await ask();
    const owner = (branch: string) => ({ branch, channel: TOKYO, owner: REPORTER, deputy: null });
    const own = async (...branches: string[]) => {
      const lines = branches.map((branch, at) => ({ line: at + 2, key: branch, row: owner(branch) }));
      const digest = branches.join();
      await store.figures.import({ kind: 'owners', file: 'owners.csv', digest, by: null, lines }, NOW);
    };
    await own('青森');
    await ask();
    await own('青森', '岩手');
    await ask();
    await store.settings.saveChannel(TOKYO, { ...DEFAULT_CHANNEL, branch: '秋田', fy: 3 }, ADMIN, NOW);
    await ask();
    await slack.postMessage({ channel: STAFF_DM, user: STAFF, text: 'ジェネリックKPIは？' });
    await slack.waitForMessage((one) => one.channel === STAFF_DM && one.user !== STAFF);
    expect(inputs).toEqual([
      // #東京支部, of which nothing was set.
      { branch: '東京', fy: undefined },
      { branch: '青森', fy: undefined },
      // A channel of two branches is none's.
      { branch: '群馬', fy: undefined },
      { branch: '秋田', fy: 3 },
      { branch: '群馬', fy: undefined },
    ]);
  });

  test('answers the asker alone, who may share it', async () => {
    const { slack, store, mention, settled } = await start();
    await store.settings.saveChannel(TOKYO, { ...DEFAULT_CHANNEL, answerIn: 'ephemeral' }, ADMIN, NOW);
    await mention('東京支部のジェネリックKPIは？');
    const panel = await slack.waitForEphemeral(
      (one) => one.ephemeralTo === STAFF && shown(one).includes('80.0％'),
    );
    expect(panel.threadTs).toBeNull();
    await slack.clickButton({ message: panel, actionId: 'share', user: STAFF });
    await slack.waitForMessage((one) => one.channel === TOKYO && shown(one).includes('共有しました'));
    expect(await settled(TOKYO)).toHaveLength(1);
  });
});
