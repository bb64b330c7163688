import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalSlack } from '../../../src/playground/emulator/local-slack.ts';
import type { EventRecord } from '../../../src/playground/emulator/state.ts';
import { signRequest } from '../../../src/playground/emulator/transports.ts';
import { CHANNELS, USERS } from '../../../src/playground/emulator/workspace.ts';
import { eventually } from '../../helpers/eventually.ts';
import { silent, startSlack } from '../../helpers/local-slack.ts';

const SECRET = 'a'.repeat(32);

describe('events over HTTP', () => {
  let slack: LocalSlack;
  let app: App;
  let seen: [string, number | undefined][];
  const mention = { channel: CHANNELS.tokyo, user: USERS.staff.id, text: '<@U0PLANBOT> 目標は？' };

  async function start(signingSecret: string): Promise<void> {
    const receiver = new HTTPReceiver({ signingSecret: SECRET, port: 0, logger: silent });
    const server = await receiver.start(0);
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const eventsUrl = `http://127.0.0.1:${port}/slack/events`;
    // Bolt refuses timestamps that are more than 5 minutes old, so the workspace keeps the real time here.
    slack = await startSlack({ mode: 'http', eventsUrl, signingSecret, now: () => new Date() });
    app = new App({
      token: slack.botToken,
      receiver,
      logger: silent,
      clientOptions: { slackApiUrl: slack.apiUrl },
    });
    app.event('app_mention', async ({ body, context, say, event }) => {
      seen.push([body.event_id, context.retryNum]);
      await say({ text: 'お答えします', thread_ts: event.ts });
    });
    app.command('/kpi', async ({ ack }) => ack({ response_type: 'ephemeral', text: '受け付けました' }));
  }

  beforeEach(() => {
    seen = [];
  });
  afterEach(async () => {
    await app.stop();
    await slack.stop();
  });

  it('are signed, so that Bolt takes them', async () => {
    await start(SECRET);
    const { events } = await slack.postMessage(mention);
    expect(events.map((event) => event.deliveries)).toEqual([['acknowledged'], ['acknowledged']]);
    await slack.waitForMessage((one) => one.text === 'お答えします');
  });

  it('go only to an address that answers the challenge', async () => {
    await start(SECRET);
    expect(await slack.verifyAddress()).toBe(true);
    await slack.stop();
    slack = await startSlack({ mode: 'http', eventsUrl: `${slack.apiUrl}auth.test`, signingSecret: SECRET });
    expect(await slack.verifyAddress()).toBe(false);
  });

  it('do not come again where the app says so', async () => {
    await start(SECRET);
    const deaf = createServer((_request, response) => {
      response.writeHead(500, { 'x-slack-no-retry': '1' }).end();
    });
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
    const { port } = deaf.address() as AddressInfo;
    await slack.stop();
    slack = await startSlack({ mode: 'http', eventsUrl: `http://127.0.0.1:${port}/` });
    const { events } = await slack.postMessage(mention);
    await slack.redeliver(events[0] as EventRecord);
    expect(events[0]?.deliveries).toEqual(['http_500', 'http_500']);
    deaf.closeAllConnections();
    deaf.close();
  });

  it('with a bad signature get 401, and nothing happens', async () => {
    await start('b'.repeat(32));
    const { events } = await slack.postMessage(mention);
    expect(events[1]?.deliveries[0]).toBe('http_401');
    expect(seen).toEqual([]);
    expect(slack.calls().map((call) => call.method)).toEqual(['auth.test']);
    expect(slack.messages(CHANNELS.tokyo)).toHaveLength(1);
  });

  it('carry the number of the retry', async () => {
    await start(SECRET);
    const { events } = await slack.postMessage(mention);
    const event = events.find((one) => one.type === 'app_mention');
    if (!event) throw new Error('no mention was sent');
    await slack.redeliver(event);
    await eventually(() =>
      expect(seen).toEqual([
        [event.eventId, undefined],
        [event.eventId, 1],
      ]),
    );
  });

  it('bring commands, whose acknowledgement is shown', async () => {
    await start(SECRET);
    const { channel, user } = mention;
    const done = await slack.runCommand({ command: '/kpi', text: '東京', channel, user });
    expect(done).toMatchObject({ acknowledged: true, payload: { text: '受け付けました' } });
    expect(slack.ephemerals({ user }).map((one) => one.text)).toEqual(['受け付けました']);
  });
});

describe('signRequest', () => {
  it('signs the example of Slack’s documentation as it says', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    expect(signRequest('8f742231b10e8888abcd99yyyzzz85a5', 1531420618, body)).toBe(
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    );
  });
});
