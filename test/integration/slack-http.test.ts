import { connect } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { signRequest } from '../../src/playground/emulator/transports.ts';
import { type Running, runApp, STAFF, shown, TOKYO } from '../slack/running-app.ts';

const EVENT = JSON.stringify({
  type: 'event_callback',
  team_id: 'T0KYOKAI1',
  event_id: 'Ev1',
  event: {
    type: 'message',
    channel: 'D0STAFF01',
    channel_type: 'im',
    user: STAFF,
    ts: '1.1',
    text: '東京のGEは？',
  },
});

interface Forgery {
  secret?: string;
  /** Seconds that the sender's clock is ahead. */
  ahead?: number;
  body?: string;
  headers?: Record<string, string>;
}

/** A request as Slack would send it, but for what is forged. */
async function send({ eventsUrl, slack }: Running, forgery: Forgery = {}): Promise<number> {
  const { secret = slack.signingSecret, ahead = 0, body = EVENT, headers = {} } = forgery;
  const timestamp = Math.floor(Date.now() / 1000) + ahead;
  const response = await fetch(eventsUrl, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signRequest(secret, timestamp, body),
      ...headers,
    },
  });
  return response.status;
}

describe('HTTP mode', () => {
  test('answers a signed mention in its thread, a command privately and a click in place', async () => {
    const { slack, app, mention, reply } = await runApp({ mode: 'http' });
    expect(await app.start()).toMatchObject({ mode: 'http' });
    const { message } = await mention('東京支部のジェネリックKPIは？');
    expect(shown(await reply(message.ts))).toContain('6406行目');
    const command = { command: '/kpi', text: '東京 ジェネリック', channel: TOKYO, user: STAFF };
    expect(await slack.runCommand(command)).toMatchObject({ acknowledged: true });
    const panel = await slack.waitForEphemeral((one) => shown(one).includes('80.0％以上'));
    await slack.clickButton({ message: panel, actionId: 'choice:0', user: STAFF });
  });

  test('takes a genuine request', async () => {
    const running = await runApp({ mode: 'http' });
    await running.app.start();
    expect(await send(running)).toBe(200);
    await running.app.stop();
    const posts = running.slack.calls().filter(({ method }) => method === 'chat.postMessage');
    expect(posts[0]?.args).toMatchObject({ channel: 'D0STAFF01', thread_ts: JSON.parse(EVENT).event.ts });
  });

  test.each<[string, Forgery]>([
    ['another secret', { secret: 'not-the-secret' }],
    ['no signature', { headers: { 'x-slack-signature': '' } }],
    ['a timestamp 6 minutes old', { ahead: -360 }],
    ['a timestamp 6 minutes ahead', { ahead: 360 }],
    ['a timestamp that is no number', { headers: { 'x-slack-request-timestamp': 'soon' } }],
  ])('refuses a request with %s, and nothing happens', async (_, forgery) => {
    const running = await runApp({ mode: 'http' });
    await running.app.start();
    const before = running.slack.calls().length;
    expect(await send(running, forgery)).toBe(401);
    await running.app.stop();
    expect(running.slack.calls()).toHaveLength(before);
  });

  test('refuses a body over 1 MB', async () => {
    const running = await runApp({ mode: 'http' });
    await running.app.start();
    expect(await send(running, { body: JSON.stringify({ text: 'a'.repeat(1_100_000) }) })).toBe(413);
  });

  test('refuses a signed body that is no JSON', async () => {
    const running = await runApp({ mode: 'http' });
    await running.app.start();
    expect(await send(running, { body: '{"type":' })).toBe(400);
  });

  test.each([
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '1'],
    ['a text', '"x"'],
    ['null in a form', 'payload=null', 'application/x-www-form-urlencoded'],
    ['a list in a form', 'payload=%5B%5D', 'application/x-www-form-urlencoded'],
  ])('a signed body of %s ends nothing', async (_, body, type = 'application/json') => {
    const running = await runApp({ mode: 'http' });
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    await running.app.start();
    expect(await send(running, { body, headers: { 'content-type': type } })).toBe(400);
    expect(await send(running)).toBe(200);
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test.each(['//', '///', 'http://[', '/%'])('POST and GET %s end nothing', async (path) => {
    const running = await runApp({ mode: 'http' });
    await running.app.start();
    for (const method of ['GET', 'POST']) {
      const socket = connect(Number(new URL(running.eventsUrl).port), '127.0.0.1');
      socket.end(`${method} ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
      const chunks: Buffer[] = [];
      for await (const chunk of socket) chunks.push(chunk);
      expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1.1 [45]\d\d /);
    }
    expect((await fetch(new URL('/healthz', running.eventsUrl))).status).toBe(200);
  });

  test('says at /healthz that it cannot answer where the store cannot be read', async () => {
    const { app, eventsUrl } = await runApp({
      mode: 'http',
      memory: (store) => ({ ...store, storeProblem: async () => 'ファイルがなくなっています' }),
    });
    await app.start();
    const health = await fetch(new URL('/healthz', eventsUrl));
    expect([health.status, await health.json()]).toEqual([
      503,
      {
        status: 'unavailable',
        connected: true,
        store: false,
        problems: ['データ: ファイルがなくなっています'],
      },
    ]);
  });

  test('says at /healthz that it takes requests, and nothing at other addresses', async () => {
    const { app, eventsUrl } = await runApp({ mode: 'http' });
    await app.start();
    const health = await fetch(new URL('/healthz', eventsUrl));
    expect([health.status, await health.json()]).toEqual([
      200,
      { status: 'ok', connected: true, store: true, problems: [] },
    ]);
    expect((await fetch(new URL('/admin', eventsUrl))).status).toBe(404);
  });

  test('a port that is taken is named in one line', async () => {
    const first = await runApp({ mode: 'http' });
    await first.app.start();
    const port = Number(new URL(first.eventsUrl).port);
    const second = await runApp({ mode: 'http', config: { port } });
    await expect(second.app.start()).rejects.toThrow(`PORT ${port} で待ち受けできません`);
  });
});

test('without an app token and a signing secret the app says which to set', async () => {
  const config = { appToken: undefined, signingSecret: undefined };
  await expect(runApp({ config })).rejects.toThrow(
    'SLACK_APP_TOKEN（ソケットモード）か SLACK_SIGNING_SECRET（HTTP）',
  );
});
