import { describe, expect, test } from 'vitest';
import { CHANNELS, directMessageId, USERS } from '../../src/playground/emulator/workspace.ts';
import { type AccessPolicy, STAFF_ONLY } from '../../src/slack/access/policy.ts';
import { type RunOptions, runApp, STAFF, shown, TOKYO } from '../slack/running-app.ts';

const GUEST = USERS.guest.id;
const STRANGER = USERS.external.id;
const QUESTION = '東京支部のジェネリックKPIは？';
const MENTION = `<@U0PLANBOT> ${QUESTION}`;

const withPolicy = (policy: Partial<AccessPolicy>): RunOptions => ({
  deps: { access: { ...STAFF_ONLY, ...policy } },
});

describe('guests', () => {
  const place = { channel: CHANNELS.kanagawa, user: GUEST };

  test('get one polite refusal that nobody else sees, and no answer', async () => {
    const { slack, app, store, settled } = await runApp();
    await app.start();
    for (const text of [MENTION, `${MENTION} お願いします`, `${MENTION} ？`]) {
      await slack.postMessage({ ...place, text });
    }
    expect(await settled(CHANNELS.kanagawa)).toEqual([]);
    const told = slack.ephemerals({});
    expect(told.map(({ ephemeralTo, text }) => [ephemeralTo, text])).toEqual([
      [GUEST, expect.stringContaining('ゲストの方にはご利用いただけません')],
    ]);
    expect(await store.audit.entries()).toMatchObject([
      { action: 'refused', actor: GUEST, subject: CHANNELS.kanagawa, detail: 'ゲストのため' },
    ]);
  });

  test('are told again on another day', async () => {
    let at = Date.now();
    const { slack, app } = await runApp({ now: () => new Date(at) });
    await app.start();
    for (const told of [1, 2]) {
      await slack.postMessage({ ...place, text: MENTION });
      await slack.waitUntil(() => slack.ephemerals({}).length === told);
      at += 25 * 60 * 60 * 1_000;
    }
  });

  test('are not told when they talk to others, only not heard', async () => {
    const { slack, app, settled, store } = await runApp();
    await app.start();
    const question = await slack.postMessage({ channel: CHANNELS.kanagawa, user: STAFF, text: MENTION });
    await slack.waitForMessage((one) => one.threadTs === question.message.ts && one.user !== STAFF);
    await slack.postMessage({ ...place, text: 'おつかれさまです' });
    await slack.postMessage({ ...place, text: 'じゃあ前の年は？', threadTs: question.message.ts });
    expect(await settled(CHANNELS.kanagawa)).toHaveLength(1);
    expect(slack.ephemerals({})).toEqual([]);
    expect(await store.audit.entries()).toEqual([]);
  });

  test('are refused by the command, each time they use it, and by buttons', async () => {
    const { slack, app, store } = await runApp();
    await app.start();
    for (const text of ['東京 ジェネリック', '']) {
      const answer = await slack.runCommand({ command: '/kpi', text, ...place });
      expect(answer).toMatchObject({ acknowledged: true, payload: { response_type: 'ephemeral' } });
    }
    expect(slack.modals(GUEST)).toEqual([]);
    const question = await slack.postMessage({ channel: CHANNELS.kanagawa, user: STAFF, text: MENTION });
    const message = await slack.waitForMessage(
      (one) => one.threadTs === question.message.ts && one.user !== STAFF,
    );
    const click = { message, actionId: 'feedback', value: 'good', user: GUEST };
    expect(await slack.clickButton(click)).toMatchObject({ acknowledged: true });
    await app.stop();
    expect(await store.feedback.list()).toEqual([]);
    expect(await store.audit.entries()).toHaveLength(1);
  });

  test('are refused by a shortcut and in the Home tab, where nothing of before stays', async () => {
    const { slack, app, store } = await runApp();
    await app.start();
    const shortcut = { callbackId: 'report_figures', user: GUEST };
    expect(await slack.runShortcut(shortcut)).toMatchObject({ acknowledged: true });
    const modal = await slack.waitForView((view) => view.type === 'modal');
    expect(JSON.stringify(modal.payload.blocks)).toContain('ゲストの方にはご利用いただけません');
    for (let round = 0; round < 2; round += 1) await slack.openHome({ user: GUEST, tab: 'home' });
    await slack.waitUntil(() =>
      JSON.stringify(slack.home(GUEST)?.payload.blocks ?? '').includes('ゲストの方にはご利用いただけません'),
    );
    await app.stop();
    expect(await store.audit.entries()).toMatchObject([
      { action: 'refused', actor: GUEST, subject: '' },
      { action: 'refused', actor: GUEST, subject: directMessageId(GUEST) },
    ]);
  });

  test('are told in a direct message too, whatever their Home tab said before', async () => {
    const { slack, app } = await runApp();
    await app.start();
    await slack.openHome({ user: GUEST, tab: 'home' });
    await slack.waitUntil(() => slack.home(GUEST) !== null);
    await slack.postMessage({ channel: directMessageId(GUEST), user: GUEST, text: QUESTION });
    const told = await slack.waitForEphemeral(({ ephemeralTo }) => ephemeralTo === GUEST);
    expect(told.text).toContain('ゲストの方にはご利用いただけません');
  });

  test('who had a form open when they became one are refused in its place', async () => {
    let at = Date.now();
    const { slack, app, mention, reply, store } = await runApp({ now: () => new Date(at) });
    await app.start();
    const message = await reply((await mention(QUESTION)).message.ts);
    await slack.clickButton({ message, actionId: 'feedback', value: 'bad', user: STAFF });
    const view = await slack.waitForView((one) => one.payload.callback_id === 'feedback_form');
    for (const user of slack.workspace.users) if (user.id === STAFF) user.role = 'guest';
    at += 61 * 60 * 1_000;
    const values = { words: '違います' };
    expect(await slack.submitView({ view, user: STAFF, values })).toMatchObject({ acknowledged: true });
    expect(JSON.stringify(slack.modals(STAFF))).toContain('ゲストの方にはご利用いただけません');
    await app.stop();
    expect(await store.feedback.list()).toMatchObject([{ comment: null }]);
    expect(await store.audit.entries()).toMatchObject([{ action: 'refused', actor: STAFF }]);
  });

  test('are served where that is allowed', async () => {
    const { slack, app, settled } = await runApp(withPolicy({ guests: true }));
    await app.start();
    await slack.postMessage({ ...place, text: MENTION });
    expect((await settled(CHANNELS.kanagawa)).map(shown)).toEqual([expect.stringContaining('80.0％以上')]);
  });
});

describe('people of other workspaces', () => {
  test('get one polite refusal in the shared channel', async () => {
    const { slack, app, settled, store } = await runApp();
    await app.start();
    await slack.postMessage({ channel: CHANNELS.shared, user: STRANGER, text: MENTION });
    expect(await settled(CHANNELS.shared)).toEqual([]);
    expect(slack.ephemerals({ user: STRANGER }).map(({ text }) => text)).toEqual([
      expect.stringContaining('職員の方だけ'),
    ]);
    expect(await store.audit.entries()).toMatchObject([{ actor: STRANGER, detail: '社外の利用者のため' }]);
  });

  test('get nothing in a direct message either', async () => {
    const { slack, app, settled } = await runApp();
    await app.start();
    await slack.postMessage({ channel: directMessageId(STRANGER), user: STRANGER, text: QUESTION });
    expect(await settled(directMessageId(STRANGER))).toEqual([]);
    expect(slack.ephemerals({ user: STRANGER })).toHaveLength(1);
  });

  test('do not read answers to colleagues: a shared channel has none', async () => {
    const { slack, app, settled } = await runApp();
    await app.start();
    await slack.postMessage({ channel: CHANNELS.shared, user: STAFF, text: MENTION });
    expect(await settled(CHANNELS.shared)).toEqual([]);
    expect(slack.ephemerals({ user: STAFF }).map(({ text }) => text)).toEqual([
      expect.stringContaining('社外の方が参加しているチャンネル'),
    ]);
  });

  test.each<[string, Partial<AccessPolicy>]>([
    ['strangers are allowed', { strangers: true }],
    ['their workspace is listed', { workspaces: ['T0KYOKAI1', 'T0GAIBU01'], channels: [CHANNELS.shared] }],
  ])('are served where %s', async (_, policy) => {
    const { slack, app, settled } = await runApp(withPolicy(policy));
    await app.start();
    await slack.postMessage({ channel: CHANNELS.shared, user: STRANGER, text: MENTION });
    expect((await settled(CHANNELS.shared)).map(shown)).toEqual([expect.stringContaining('80.0％以上')]);
  });
});

describe('lists', () => {
  test('of channels close all others but direct messages', async () => {
    const { slack, app, mention, reply, store } = await runApp(withPolicy({ channels: [CHANNELS.gunma] }));
    await app.start();
    const { message } = await mention(QUESTION);
    await slack.waitForEphemeral((one) =>
      one.text.includes('このチャンネルではplanbotをご利用いただけません'),
    );
    await slack.postMessage({ channel: directMessageId(STAFF), user: STAFF, text: QUESTION });
    await slack.waitForMessage((one) => one.channel === directMessageId(STAFF) && one.user !== STAFF);
    await slack.postMessage({ channel: CHANNELS.gunma, user: STAFF, text: MENTION });
    await slack.waitForMessage((one) => one.channel === CHANNELS.gunma && one.user !== STAFF);
    await app.stop();
    expect(slack.messages(TOKYO)).toEqual([message]);
    expect(reply).toBeDefined();
    expect(await store.audit.entries()).toMatchObject([{ detail: '許可されていないチャンネルのため' }]);
  });

  test('of workspaces stop the start with a token of another', async () => {
    const { app } = await runApp(withPolicy({ workspaces: ['T0GAIBU01'] }));
    await expect(app.start()).rejects.toThrow('PLANBOT_WORKSPACES');
  });
});

describe('when Slack cannot tell who somebody is', () => {
  test('nobody is answered, and the person is asked to come again', async () => {
    const { slack, app, mention, settled, store } = await runApp();
    await app.start();
    slack.injectFault({ method: 'users.info', kind: 'error', code: 'internal_error', times: 5 });
    await mention(QUESTION);
    expect(await settled(TOKYO)).toEqual([]);
    expect(slack.ephemerals({ user: STAFF }).map(({ text }) => text)).toEqual([
      expect.stringContaining('ただいま確かめられません'),
    ]);
    expect(await store.audit.entries()).toEqual([]);
  });

  test('a question waits where Slack only needs a moment', async () => {
    const { slack, app, mention, reply } = await runApp();
    await app.start();
    slack.injectFault({ method: 'users.info', kind: 'server_error', times: 1 });
    const { message } = await mention(QUESTION);
    expect(shown(await reply(message.ts))).toContain('80.0％以上');
  });

  test('a command does not wait, since Slack would show a fault', async () => {
    const { slack, app } = await runApp();
    await app.start();
    slack.injectFault({ method: 'users.info', kind: 'server_error', times: 1 });
    const answer = await slack.runCommand({ command: '/kpi', text: '東京', channel: TOKYO, user: STAFF });
    expect(answer.payload).toMatchObject({ text: expect.stringContaining('ただいま確かめられません') });
  });

  test('who was known today is served on, and is asked for once an hour', async () => {
    let at = Date.now();
    const { slack, app, mention, reply } = await runApp({ now: () => new Date(at) });
    await app.start();
    for (let round = 0; round < 3; round += 1) {
      const { message } = await mention(QUESTION);
      await reply(message.ts);
    }
    const asked = () => slack.calls().filter(({ method }) => method === 'users.info').length;
    expect(asked()).toBe(1);
    at += 61 * 60 * 1_000;
    slack.injectFault({ method: 'users.info', kind: 'error', code: 'internal_error', times: 5 });
    const { message } = await mention(QUESTION);
    await reply(message.ts);
    expect(asked()).toBeGreaterThan(1);
  });
});
