import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalSlack } from '../../../src/playground/emulator/local-slack.ts';
import type { EventRecord } from '../../../src/playground/emulator/state.ts';
import { CHANNELS, directMessageId, USERS } from '../../../src/playground/emulator/workspace.ts';
import { boltApp, fullManifest, NOON, startSlack } from '../../helpers/local-slack.ts';

const user = USERS.staff.id;
const channel = CHANNELS.tokyo;
const dm = directMessageId(user);
const kinds = (events: EventRecord[]): string[] => events.map(({ event }) => event.type);

describe('shortcuts, reactions, people and the agent’s pane', () => {
  let slack: LocalSlack;
  let app: App;
  let now: Date;

  beforeEach(async () => {
    now = NOON;
    slack = await startSlack({ now: () => now });
    app = boltApp(slack);
  });
  afterEach(async () => {
    await app.stop();
    await slack.stop();
  });

  it('a message shortcut brings the message, and its answer stays with who took it', async () => {
    app.shortcut({ callback_id: 'look_up', type: 'message_action' }, async ({ ack, shortcut, respond }) => {
      await ack();
      if (shortcut.type === 'message_action')
        await respond(`${shortcut.channel.name}：${shortcut.message.text}：${shortcut.message_ts}`);
    });
    await app.start();
    const { message } = await slack.postMessage({ channel, user, text: 'ジェネリックの目標' });
    await slack.runShortcut({ callbackId: 'look_up', user: USERS.admin.id, message });
    const answer = await slack.waitForEphemeral((one) => one.ephemeralTo === USERS.admin.id);
    expect(answer).toMatchObject({ channel, text: `東京支部：ジェネリックの目標：${message.ts}` });
  });

  it('a global shortcut opens a form and knows no channel', async () => {
    let seen: object = {};
    app.shortcut({ callback_id: 'report', type: 'shortcut' }, async ({ ack, shortcut, client }) => {
      seen = shortcut;
      await ack();
      const title = { type: 'plain_text' as const, text: '報告' };
      await client.views.open({
        trigger_id: shortcut.trigger_id,
        view: { type: 'modal', title, blocks: [] },
      });
    });
    await app.start();
    await slack.runShortcut({ callbackId: 'report', user });
    expect(await slack.waitForView((view) => view.user === user)).toMatchObject({ type: 'modal' });
    expect(seen).not.toHaveProperty('channel');
    expect(seen).not.toHaveProperty('response_url');
  });

  it.each([
    ['that the manifest lacks', { callbackId: 'other', user }],
    ['of the other kind', { callbackId: 'look_up', user }],
  ])('there is no shortcut %s', async (_name, use) => {
    await expect(slack.runShortcut(use)).rejects.toThrow('マニフェストにないショートカットです');
  });

  it('nothing is offered without the scope for it', async () => {
    await expect(startSlack({ manifest: fullManifest(['commands']) })).rejects.toMatchObject({
      code: 'bad_configuration',
    });
  });

  it('reactions of people come and go', async () => {
    await app.start();
    const { message } = await slack.postMessage({ channel, user, text: 'x' });
    const [added] = await slack.react({ message, user, name: 'x' });
    expect(added?.event).toMatchObject({
      type: 'reaction_added',
      reaction: 'x',
      item_user: user,
      item: { type: 'message', channel, ts: message.ts },
    });
    await expect(slack.react({ message, user, name: 'x' })).rejects.toMatchObject({
      text: 'already_reacted',
    });
    expect(message.reactions).toEqual([{ name: 'x', users: [user] }]);
    expect(kinds(await slack.react({ message, user, name: 'x', remove: true }))).toEqual([
      'reaction_removed',
    ]);
    expect(message.reactions).toEqual([]);
  });

  it.each([
    [USERS.staff.id, { is_restricted: false, is_ultra_restricted: false, team_id: 'T0KYOKAI1' }],
    [USERS.guest.id, { is_restricted: true, is_ultra_restricted: false, team_id: 'T0KYOKAI1' }],
    [USERS.external.id, { is_restricted: false, is_stranger: false, team_id: 'T0GAIBU01' }],
  ])('%s is known for what he is', async (id, expected) => {
    expect((await app.client.users.info({ user: id })).user).toMatchObject(expected);
  });

  it('who has left is still known, and who shares no channel with the bot is a stranger', async () => {
    const change = (id: string) => slack.workspace.users.find((one) => one.id === id);
    Object.assign(change(USERS.staff.id) ?? {}, { deleted: true });
    Object.assign(change(USERS.guest.id) ?? {}, { singleChannel: true });
    const shared = slack.workspace.channels.find((one) => one.id === CHANNELS.shared);
    shared?.members.splice(shared.members.indexOf(USERS.external.id), 1);
    const info = async (id: string) => (await app.client.users.info({ user: id })).user;
    expect(await info(USERS.staff.id)).toMatchObject({ deleted: true });
    expect(await info(USERS.guest.id)).toMatchObject({ is_ultra_restricted: true });
    expect(await info(USERS.external.id)).toMatchObject({ is_stranger: true });
  });

  it('what is said in a channel with another workspace says whose it is', async () => {
    const wrapped: object[] = [];
    app.event('message', async ({ body }) => void wrapped.push(body));
    await app.start();
    await slack.postMessage({ channel: CHANNELS.shared, user: USERS.external.id, text: 'x' });
    await slack.postMessage({ channel, user, text: 'x' });
    expect(wrapped).toMatchObject([
      { is_ext_shared_channel: true, event: { user_team: 'T0GAIBU01', source_team: 'T0GAIBU01' } },
      { is_ext_shared_channel: false, event: { team: 'T0KYOKAI1' } },
    ]);
    const { channel: place } = await app.client.conversations.info({ channel: CHANNELS.shared });
    expect(place).toMatchObject({ is_ext_shared: true, is_shared: true });
  });

  it('a status stands until the answer, or for two minutes of silence', async () => {
    const { message } = await slack.postMessage({ channel: dm, user, text: '東京' });
    const place = { channel: dm, threadTs: message.ts };
    const say = (status: string) =>
      app.client.assistant.threads.setStatus({ channel_id: dm, thread_ts: message.ts, status });
    await say('調べています');
    expect(slack.status(place)).toBe('調べています');
    now = new Date(NOON.getTime() + 120_001);
    expect(slack.status(place)).toBeNull();
    await say('調べています');
    await app.client.chat.postMessage({ channel: dm, thread_ts: message.ts, text: '答え' });
    expect(slack.status(place)).toBeNull();
  });

  it.each<[string, string, object, string]>([
    ['a status in no thread', 'setStatus', { thread_ts: '1.000001', status: 'x' }, 'invalid_thread_ts'],
    ['a status that is not given', 'setStatus', { thread_ts: '1.000001' }, 'invalid_arguments'],
    ['a title in no thread', 'setTitle', { thread_ts: '1.000001', title: 'x' }, 'invalid_thread_ts'],
    [
      'five prompts',
      'setSuggestedPrompts',
      { prompts: Array(5).fill({ title: 'x', message: 'y' }) },
      'invalid_arguments',
    ],
    [
      'prompts in a channel',
      'setSuggestedPrompts',
      { channel_id: channel, prompts: [] },
      'channel_not_found',
    ],
  ])('%s is refused', async (_name, method, args, code) => {
    const call = app.client.apiCall(`assistant.threads.${method}`, { channel_id: dm, ...args });
    await expect(call).rejects.toMatchObject({ data: { error: code } });
  });

  it('an agent that names a thread for its prompts is told nothing, and nothing is shown', async () => {
    Object.assign(slack.manifest.features, { agent_view: { agent_description: 'x' } });
    const prompts: [{ title: string; message: string }] = [{ title: '東京', message: '東京は？' }];
    const set = (more: object) =>
      app.client.apiCall('assistant.threads.setSuggestedPrompts', { channel_id: dm, prompts, ...more });
    await set({ thread_ts: '1.000001' });
    expect(slack.agentPane(user)).toBeNull();
    await set({ title: '例' });
    expect(slack.agentPane(user)).toEqual({ title: '例', prompts });
  });

  it('the Home tab comes with what it last showed', async () => {
    await app.start();
    const first = await slack.openHome({ user });
    expect(first[0]?.event).not.toHaveProperty('view');
    await app.client.views.publish({
      user_id: user,
      view: { type: 'home', blocks: [], private_metadata: 'm' },
    });
    const [again] = await slack.openHome({ user });
    expect(again?.event).toMatchObject({ tab: 'home', view: { type: 'home', private_metadata: 'm' } });
    slack.manifest.features.app_home.home_tab_enabled = false;
    expect(await slack.openHome({ user })).toEqual([]);
  });

  it('an update without blocks takes the blocks away and marks the message; with blocks it does not', async () => {
    const blocks = [{ type: 'divider' as const }];
    const { ts } = await app.client.chat.postMessage({ channel, text: '一', blocks });
    const place = { channel, ts: String(ts) };
    const shown = () => slack.messages(channel)[0];
    await app.client.chat.update({ ...place, blocks: [...blocks, ...blocks] } as never);
    expect([shown()?.blocks.length, shown()?.editedTs]).toEqual([2, null]);
    await app.client.chat.update({ ...place, text: '二' });
    expect([shown()?.text, shown()?.blocks.length]).toEqual(['二', 0]);
    expect(shown()?.editedTs).not.toBeNull();
  });

  it('an ephemeral message can be neither updated nor deleted by its ts', async () => {
    const { message_ts } = await app.client.chat.postEphemeral({ channel, user, text: 'x' });
    const place = { channel, ts: String(message_ts) };
    await expect(app.client.chat.update({ ...place, text: 'y' })).rejects.toThrow('message_not_found');
    await expect(app.client.chat.delete(place)).rejects.toThrow('message_not_found');
  });

  it('deletes what the bot posted, with a stone where a thread stands', async () => {
    const { ts } = await app.client.chat.postMessage({ channel, text: '答え' });
    await slack.postMessage({ channel, user, text: '返信', threadTs: String(ts) });
    await app.client.chat.delete({ channel, ts: String(ts) });
    const { messages } = await app.client.conversations.replies({ channel, ts: String(ts) });
    expect(messages).toMatchObject([
      { subtype: 'tombstone', text: 'This message was deleted.' },
      { text: '返信' },
    ]);
    await expect(app.client.chat.delete({ channel, ts: String(ts) })).rejects.toThrow('cant_delete_message');
  });
});
