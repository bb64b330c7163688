import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/model/errors.ts';
import { fixedAsk } from '../slack/fixed-ask.ts';
import { runApp, STAFF, STAFF_DM, shown, TOKYO } from '../slack/running-app.ts';

describe('delivered again', () => {
  test('an event is answered once, whatever its retry number', async () => {
    const { slack, app, mention, reply, settled } = await runApp();
    await app.start();
    const { message, events } = await mention('東京支部のジェネリックKPIは？');
    for (const event of events) {
      await slack.redeliver(event);
    }
    await reply(message.ts);
    for (const event of events) {
      await slack.redeliver(event, { reason: 'http_timeout' });
    }
    expect(events.map((event) => event.type).sort()).toEqual(['app_mention', 'message']);
    expect(await settled(TOKYO)).toHaveLength(1);
  });

  test('an event that first comes with a retry number is answered', async () => {
    const { slack, app } = await runApp();
    const sent = slack.postMessage({ channel: STAFF_DM, user: STAFF, text: '東京のGEは？' });
    expect((await sent).events[0]?.deliveries).toEqual(['no_connection']);
    await app.start();
    const answer = await slack.waitForMessage(
      (message) => message.channel === STAFF_DM && message.user !== STAFF,
    );
    expect(shown(answer)).toContain('80.0％以上');
  });
});

describe('when Slack is busy or refuses', () => {
  test('a 429 delays the reply and does not lose it', async () => {
    const { slack, app, mention, reply, settled } = await runApp();
    await app.start();
    slack.injectFault({ method: 'chat.postMessage', kind: 'rate_limit', retryAfterSeconds: 1, times: 1 });
    const { message } = await mention('東京支部のジェネリックKPIは？');
    expect(shown(await reply(message.ts))).toContain('80.0％以上');
    expect(await settled(TOKYO)).toHaveLength(1);
  });

  test.each([
    ['thread', TOKYO, '<@U0PLANBOT> 東京のGEは？'],
    ['direct message', STAFF_DM, '東京のGEは？'],
  ])('a lost reply of Slack does not make the answer come twice: %s', async (_, channel, text) => {
    const { slack, app, settled } = await runApp();
    await app.start();
    slack.injectFault({ method: 'chat.postMessage', kind: 'drop_response', times: 1 });
    await slack.postMessage({ channel, user: STAFF, text });
    const answers = await settled(channel);
    expect(answers.map((answer) => answer.text)).toEqual([expect.stringContaining('80.0％以上')]);
  });

  test('a 503 is tried again', async () => {
    const { slack, app, mention, reply } = await runApp();
    await app.start();
    slack.injectFault({ method: 'chat.postMessage', kind: 'server_error', times: 1 });
    const { message } = await mention('東京支部のジェネリックKPIは？');
    await reply(message.ts);
  });

  test('refused blocks come again in the classic form', async () => {
    const { slack, app, mention, reply } = await runApp();
    await app.start();
    slack.injectFault({ method: 'chat.postMessage', kind: 'error', code: 'invalid_blocks', times: 1 });
    const { message } = await mention('ジェネリックの目標が高い順に');
    const answer = await reply(message.ts);
    expect(new Set(answer.blocks.map((block) => block.type))).toEqual(
      new Set(['section', 'context', 'actions']),
    );
    expect(shown(answer)).toContain('88.9％以上');
  });

  test('newer blocks are sent as they are where Slack takes them', async () => {
    const { app, mention, reply } = await runApp();
    await app.start();
    const { message } = await mention('ジェネリックの目標が高い順に');
    const types = (await reply(message.ts)).blocks.map((block) => block.type);
    expect(types).toContain('data_table');
    expect(types).toContain('data_visualization');
  });

  test('dropped sockets are opened again, and questions are answered', async () => {
    const { slack, app, mention, reply } = await runApp();
    await app.start();
    slack.disconnectSockets();
    const { message } = await mention('東京支部のジェネリックKPIは？');
    await slack.waitForConnection();
    expect(
      shown(
        await slack.waitForMessage((one) => one.threadTs === message.ts && one.user !== STAFF, {
          timeoutMs: 15_000,
        }),
      ),
    ).toContain('80.0％以上');
    const next = await mention('東京支部のジェネリックKPIは？');
    await reply(next.message.ts);
  });
});

describe('when planbot fails', () => {
  const secret = '秘密の質問';

  test('the user reads one polite sentence, the log has the cause without question or stack', async () => {
    const fault = new AppError('store_unavailable', {
      message: 'データベースがロックされています',
      file: 'planbot.sqlite',
    });
    const { app, mention, reply, logged, settled } = await runApp({ ask: () => Promise.reject(fault) });
    await app.start();
    const { message } = await mention(secret);
    const apology = await reply(message.ts);
    expect(apology.text).toBe(
      '申し訳ありません。うまく調べられませんでした。少し時間をおいて、もう一度お試しください。',
    );
    expect(await settled(TOKYO)).toHaveLength(1);
    const log = logged.join('');
    expect(log).toContain('データベースがロックされています');
    expect(log).not.toContain(secret);
    expect(log).not.toMatch(/\bat .*\.[jt]s:\d+/);
    expect(log).not.toMatch(/xoxb-|xapp-/);
  });

  test('a memory that fails altogether is told to the user, not passed over in silence', async () => {
    const locked = () => Promise.reject(new AppError('store_unavailable', { message: 'ロックされています' }));
    const { app, mention, settled } = await runApp({
      memory: (store) => ({
        ...store,
        requests: { ...store.requests, claim: locked },
        threads: { ...store.threads, load: locked },
      }),
    });
    await app.start();
    await mention('東京支部のジェネリックKPIは？');
    expect((await settled(TOKYO)).map((message) => message.text)).toEqual([
      expect.stringContaining('うまく調べられませんでした'),
    ]);
  });

  test('an answer is shown, without an apology, when it cannot be remembered', async () => {
    const full = () => Promise.reject(new Error('disk full'));
    const { app, mention, settled } = await runApp({
      memory: (store) => ({
        ...store,
        threads: { ...store.threads, save: full },
        unanswered: { ...store.unanswered, keep: full },
      }),
    });
    await app.start();
    await mention('東京支部のジェネリックKPIは？');
    const posted = await settled(TOKYO);
    expect(posted).toHaveLength(1);
    expect(posted[0]?.text).toContain('80.0％以上');
  });
});

describe('stop', () => {
  test('waits for the answers that are under way', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { slack, app, mention } = await runApp({
      ask: async (input) => {
        await gate;
        return fixedAsk(input);
      },
    });
    await app.start();
    const { message } = await mention('東京支部のジェネリックKPIは？');
    const stopped = app.stop();
    release();
    await stopped;
    expect(slack.messages(TOKYO).at(-1)).toMatchObject({
      threadTs: message.ts,
      text: expect.stringContaining('80.0％以上'),
    });
  });

  test('may come before the start, and twice', async () => {
    const { app } = await runApp();
    await app.stop();
    await app.start();
    await app.stop();
    await app.stop();
  });
});

describe('a token that Slack refuses', () => {
  test.each([
    ['bot', { botToken: 'xoxb-wrong-token' }, /SLACK_BOT_TOKEN.*invalid_auth/],
    ['app', { appToken: 'xapp-wrong-token' }, /SLACK_APP_TOKEN.*invalid_auth/],
    ['bot', { botToken: 'xapp-playground' }, /SLACK_BOT_TOKEN.*not_allowed_token_type/],
    ['app', { appToken: 'xoxb-playground' }, /SLACK_APP_TOKEN.*not_allowed_token_type/],
  ])('stops the start with one line that names the %s token and not its value', async (_, config, line) => {
    const { app, logged } = await runApp({ config });
    const fault: unknown = await app.start().catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(AppError);
    expect((fault as AppError).toLine()).toMatch(line);
    expect((fault as AppError).toLine()).not.toMatch(/wrong-token|\n/);
    expect(logged.join('')).not.toContain('wrong-token');
  });

  test('a Slack that cannot be reached is named so', async () => {
    const { app } = await runApp({ config: { slackApiUrl: 'http://127.0.0.1:9/api/' } });
    await expect(app.start()).rejects.toThrow('Slackに接続できませんでした');
  });
});
