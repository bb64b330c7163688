import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalSlack } from '../../../src/playground/emulator/local-slack.ts';
import { CHANNELS, directMessageId, USERS } from '../../../src/playground/emulator/workspace.ts';
import { fullManifest, silent, startSlack } from '../../helpers/local-slack.ts';

function clientOf(slack: LocalSlack, token = slack.botToken): WebClient {
  return new WebClient(token, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, logger: silent });
}

describe('the local Web API', () => {
  let slack: LocalSlack;
  let client: WebClient;
  let posted: string;

  beforeAll(async () => {
    slack = await startSlack();
    client = clientOf(slack);
    posted = String((await client.chat.postMessage({ channel: CHANNELS.headOffice, text: '元の文' })).ts);
  });
  afterAll(() => slack.stop());

  it('says who the bot is', async () => {
    const { workspace } = slack;
    const { ok, user_id, bot_id, team_id } = await client.auth.test();
    expect({ ok, user_id, bot_id, team_id }).toEqual({
      ok: true,
      user_id: workspace.bot.userId,
      bot_id: workspace.bot.botId,
      team_id: workspace.team.id,
    });
  });

  const inTokyo = { channel: CHANNELS.tokyo, text: 'x' };
  it.each<[string, string, Record<string, unknown>, string]>([
    ['an unknown channel', 'chat.postMessage', { ...inTokyo, channel: 'C404' }, 'channel_not_found'],
    [
      'a channel the bot is not in',
      'chat.postMessage',
      { ...inTokyo, channel: CHANNELS.chat },
      'not_in_channel',
    ],
    ['an archived channel', 'chat.postMessage', { ...inTokyo, channel: CHANNELS.archived }, 'is_archived'],
    ['no channel', 'chat.postMessage', { text: 'x' }, 'invalid_arguments'],
    ['no text', 'chat.postMessage', { channel: CHANNELS.tokyo, text: ' ' }, 'no_text'],
    ['40,001 characters', 'chat.postMessage', { ...inTokyo, text: 'x'.repeat(40_001) }, 'msg_too_long'],
    ['bad blocks', 'chat.postMessage', { ...inTokyo, blocks: [{ type: 'hologram' }] }, 'invalid_blocks'],
    ['blocks that are no JSON', 'chat.postMessage', { ...inTokyo, blocks: '[' }, 'invalid_blocks_format'],
    ['a thread that is not there', 'chat.postMessage', { ...inTokyo, thread_ts: '1.2' }, 'thread_not_found'],
    [
      'metadata without payload',
      'chat.postMessage',
      { ...inTokyo, metadata: { event_type: 'x' } },
      'invalid_metadata_format',
    ],
    [
      'an ephemeral for someone outside the channel',
      'chat.postEphemeral',
      { ...inTokyo, user: USERS.external.id },
      'user_not_in_channel',
    ],
    [
      'an update of a message that is not there',
      'chat.update',
      { ...inTokyo, ts: '1.2' },
      'message_not_found',
    ],
    [
      'an update past 4,000 characters',
      'chat.update',
      { channel: CHANNELS.headOffice, ts: 'POSTED', text: 'x'.repeat(4001) },
      'msg_too_long',
    ],
    [
      'history of a channel the bot is not in',
      'conversations.history',
      { channel: CHANNELS.chat },
      'not_in_channel',
    ],
    [
      'replies to nothing',
      'conversations.replies',
      { channel: CHANNELS.tokyo, ts: '1.2' },
      'thread_not_found',
    ],
    ['an unknown person', 'users.info', { user: 'U404' }, 'user_not_found'],
    [
      'a trigger that was never given',
      'views.open',
      { trigger_id: 'x', view: { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] } },
      'invalid_trigger_id',
    ],
    [
      'a modal without blocks',
      'views.open',
      { trigger_id: 'x', view: { type: 'modal' } },
      'invalid_arguments',
    ],
    ['a method it does not know', 'admin.users.list', {}, 'unknown_method'],
  ])('refuses %s', async (_name, method, args, code) => {
    const call = client.apiCall(method, args.ts === 'POSTED' ? { ...args, ts: posted } : args);
    await expect(call).rejects.toMatchObject({ data: { ok: false, error: code } });
  });

  it('says in its messages what is wrong with blocks', async () => {
    const call = client.chat.postMessage({ ...inTokyo, blocks: [{ type: 'hologram' }] });
    await expect(call).rejects.toMatchObject({
      data: {
        response_metadata: { messages: ['[ERROR] unsupported type: hologram [json-pointer:/blocks/0/type]'] },
      },
    });
  });

  it.each([
    ['no token', '', 'not_authed'],
    ['a wrong one', 'xoxb-wrong', 'invalid_auth'],
    ['the app’s', 'xapp-playground', 'not_allowed_token_type'],
  ])('refuses %s', async (_name, token, code) => {
    await expect(clientOf(slack, token).auth.test()).rejects.toMatchObject({ data: { error: code } });
  });

  it('keeps metadata for those who ask for it, and pages history from the newest on', async () => {
    const channel = CHANNELS.gunma;
    const metadata = { event_type: 'reminder', event_payload: { key: 'k1' } };
    const first = await client.chat.postMessage({ channel, text: '一', metadata });
    await client.chat.postMessage({ channel, text: '返信', thread_ts: String(first.ts) });
    await client.chat.postMessage({ channel, text: '二' });
    const page = await client.conversations.history({ channel, limit: 1, include_all_metadata: true });
    expect(page.messages?.map((one) => one.text)).toEqual(['二']);
    const cursor = String(page.response_metadata?.next_cursor);
    const rest = await client.conversations.history({ channel, cursor, include_all_metadata: true });
    expect(rest.messages?.map((one) => [one.text, one.metadata?.event_payload])).toEqual([
      ['一', { key: 'k1' }],
    ]);
    const bare = await client.conversations.history({ channel });
    expect(bare.messages?.some((one) => one.metadata)).toBe(false);
    const thread = await client.conversations.replies({ channel, ts: String(first.ts) });
    expect(thread.messages?.map((one) => one.text)).toEqual(['一', '返信']);
  });

  it('opens the direct message with a person', async () => {
    const { channel } = await client.conversations.open({ users: USERS.admin.id });
    expect(channel?.id).toBe(directMessageId(USERS.admin.id));
  });

  it('updates and deletes what the bot posted, and nothing else', async () => {
    const { message } = await slack.postMessage({
      channel: CHANNELS.tokyo,
      user: USERS.staff.id,
      text: '人の文',
    });
    const foreign = { channel: CHANNELS.tokyo, ts: message.ts };
    await expect(client.chat.update({ ...foreign, text: 'x' })).rejects.toThrow('cant_update_message');
    await expect(client.chat.delete(foreign)).rejects.toThrow('cant_delete_message');
    const own = { channel: CHANNELS.headOffice, ts: posted };
    await client.chat.update({ ...own, text: '直した文' });
    expect(slack.messages(CHANNELS.headOffice).map((one) => one.text)).toEqual(['直した文']);
    await client.chat.delete(own);
    expect(slack.messages(CHANNELS.headOffice)).toEqual([]);
  });

  it('gives every message a ts of its own, in order, on a clock that stands still', async () => {
    const ts = await Promise.all(
      Array.from(
        { length: 20 },
        async () => (await client.chat.postMessage({ channel: CHANNELS.planning, text: 'x' })).ts,
      ),
    );
    const kept = slack.messages(CHANNELS.planning).map((one) => one.ts);
    expect(new Set(ts).size).toBe(20);
    expect(kept).toEqual([...kept].sort());
  });
});

describe('scopes of the manifest', () => {
  it.each([
    ['chat.postMessage', { channel: CHANNELS.tokyo, text: 'x' }, 'chat:write'],
    ['conversations.history', { channel: CHANNELS.tokyo }, 'channels:history'],
    ['conversations.history', { channel: CHANNELS.planning }, 'groups:history'],
    ['conversations.open', { users: USERS.staff.id }, 'im:write'],
    ['users.info', { user: USERS.staff.id }, 'users:read'],
    [
      'assistant.threads.setSuggestedPrompts',
      { channel_id: directMessageId(USERS.staff.id), prompts: [] },
      'assistant:write',
    ],
  ])('%s without its scope is refused', async (method, args, scope) => {
    const slack = await startSlack({ manifest: fullManifest([scope]) });
    const call = clientOf(slack).apiCall(method, args);
    await expect(call).rejects.toMatchObject({ data: { error: 'missing_scope', needed: scope } });
    await slack.stop();
  });

  it('an event without its scope is refused at the start', async () => {
    const manifest = fullManifest(['app_mentions:read']);
    await expect(startSlack({ manifest })).rejects.toMatchObject({ code: 'bad_configuration' });
  });
});
