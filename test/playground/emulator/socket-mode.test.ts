import { App, SocketModeReceiver } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalSlack } from '../../../src/playground/emulator/local-slack.ts';
import { CHANNELS, directMessageId, USERS } from '../../../src/playground/emulator/workspace.ts';
import { eventually } from '../../helpers/eventually.ts';
import { boltApp, NOON, silent, startSlack } from '../../helpers/local-slack.ts';

describe('a Bolt app over the local Slack’s socket', () => {
  let slack: LocalSlack;
  let app: App;
  const user = USERS.staff.id;

  beforeEach(async () => {
    slack = await startSlack();
    app = boltApp(slack);
  });
  afterEach(async () => {
    await app.stop();
    await slack.stop();
  });

  it('hears a mention and answers in the thread', async () => {
    app.event('app_mention', async ({ event, say }) => {
      await say({ text: '88.3％以上です', thread_ts: event.ts });
    });
    await app.start();
    const { message, events } = await slack.postMessage({
      channel: CHANNELS.tokyo,
      user,
      text: `<@${slack.workspace.bot.userId}> 目標は？`,
    });
    expect(events.map((event) => event.type)).toEqual(['message', 'app_mention']);
    const answer = await slack.waitForMessage((one) => one.user === slack.workspace.bot.userId);
    expect(answer.threadTs).toBe(message.ts);
    expect(answer.text).toBe('88.3％以上です');
  });

  it('hears a direct message without a mention event', async () => {
    app.message(async ({ say }) => {
      await say('はい');
    });
    await app.start();
    const channel = directMessageId(user);
    const { events } = await slack.postMessage({
      channel,
      user,
      text: `<@${slack.workspace.bot.userId}> こんにちは`,
    });
    expect(events.map((event) => event.event.channel_type)).toEqual(['im']);
    const answer = await slack.waitForMessage((one) => one.text === 'はい');
    expect(answer.channel).toBe(channel);
  });

  it('sends no event from a channel the bot is not in', async () => {
    await app.start();
    const { events } = await slack.postMessage({
      channel: CHANNELS.chat,
      user,
      text: `<@${slack.workspace.bot.userId}> いますか`,
    });
    expect(events).toEqual([]);
  });

  it('runs a command and shows its acknowledgement to that user alone', async () => {
    app.command('/kpi', async ({ command, ack }) => {
      await ack(`受け付けました：${command.text}`);
    });
    await app.start();
    const done = await slack.runCommand({ command: '/kpi', text: '東京', channel: CHANNELS.tokyo, user });
    expect(done.acknowledged).toBe(true);
    expect(slack.ephemerals({ user }).map((one) => one.text)).toEqual(['受け付けました：東京']);
    expect(slack.messages(CHANNELS.tokyo)).toEqual([]);
  });

  it('delivers the same event again, with its number and reason', async () => {
    const seen: [string, number | undefined, string | undefined][] = [];
    app.event('app_mention', async ({ body, context }) => {
      seen.push([body.event_id, context.retryNum, context.retryReason]);
    });
    await app.start();
    const { events } = await slack.postMessage({
      channel: CHANNELS.tokyo,
      user,
      text: `<@${slack.workspace.bot.userId}>`,
    });
    const mention = events.find((event) => event.type === 'app_mention');
    if (!mention) throw new Error('no mention was sent');
    await slack.redeliver(mention);
    await eventually(() =>
      expect(seen).toEqual([
        [mention.eventId, 0, ''],
        [mention.eventId, 1, 'http_timeout'],
      ]),
    );
  });

  it('delivers what was said while no socket was open, once one is', async () => {
    app.message(async ({ say }) => {
      await say('お待たせしました');
    });
    const { events } = await slack.postMessage({ channel: directMessageId(user), user, text: '質問です' });
    expect(events[0]?.deliveries).toEqual(['no_connection']);
    await app.start();
    await slack.waitForMessage((one) => one.text === 'お待たせしました');
    expect(events[0]?.deliveries).toEqual(['no_connection', 'acknowledged']);
  });

  it('refuses an app with a wrong app token', async () => {
    const wrong = boltApp({ ...slack, appToken: 'xapp-wrong' });
    await expect(wrong.start()).rejects.toThrow('invalid_auth');
  });
});

describe('a workspace that is started again', () => {
  it('uses no event id of an earlier one, which the app may remember', async () => {
    const ids: (string | undefined)[] = [];
    for (const moment of [NOON, new Date(NOON.getTime() + 1)]) {
      const slack = await startSlack({ now: () => moment });
      const said = { channel: CHANNELS.tokyo, user: USERS.staff.id, text: 'x' };
      ids.push((await slack.postMessage(said)).events[0]?.eventId);
      await slack.stop();
    }
    expect(ids[0]).toMatch(/^Ev\w+$/);
    expect(ids[1]).not.toBe(ids[0]);
  });
});

describe('a socket that Slack closes', () => {
  it.each([{ abrupt: false }, { abrupt: true }])('is opened anew by the app ($abrupt)', async (how) => {
    const slack = await startSlack();
    const receiver = new SocketModeReceiver({
      appToken: slack.appToken,
      logger: silent,
      clientPingTimeout: 20,
      installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
    });
    const app = new App({
      token: slack.botToken,
      receiver,
      logger: silent,
      clientOptions: { slackApiUrl: slack.apiUrl },
    });
    app.message(async ({ say }) => {
      await say('戻りました');
    });
    await app.start();
    slack.disconnectSockets(how);
    await slack.waitUntil(
      () => slack.calls().filter((call) => call.method === 'apps.connections.open').length === 2,
    );
    await slack.waitForConnection();
    await slack.postMessage({
      channel: directMessageId(USERS.staff.id),
      user: USERS.staff.id,
      text: 'いますか',
    });
    await slack.waitForMessage((one) => one.text === '戻りました');
    await app.stop();
    await slack.stop();
  });
});
