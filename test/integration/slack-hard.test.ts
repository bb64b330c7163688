import { describe, expect, test, vi } from 'vitest';
import { fixedAsk } from '../slack/fixed-ask.ts';
import { runApp, STAFF, STAFF_DM, shown, TOKYO } from '../slack/running-app.ts';

const QUESTION = '東京支部のジェネリックKPIは？';

describe('a socket that closes', () => {
  test.each(['refresh_requested', 'warning', 'too_many_websockets'] as const)(
    'is opened anew, and questions are answered: %s',
    async (reason) => {
      const { slack, app, mention } = await runApp();
      await app.start();
      slack.disconnectSockets({ reason });
      await slack.waitUntil(
        () => slack.calls().filter(({ method }) => method === 'apps.connections.open').length > 0,
      );
      const { message } = await mention(QUESTION);
      if (reason === 'too_many_websockets') {
        // It would take part in the crowd: tried again in a minute.
        expect((await app.health()).problems).toEqual(['Slackとの接続: too_many_websockets']);
        return;
      }
      await slack.waitForMessage((one) => one.threadTs === message.ts && shown(one).includes('80.0％以上'), {
        timeoutMs: 15_000,
      });
    },
  );

  test.each(['invalid_auth', 'account_inactive', 'token_revoked', 'not_allowed_token_type'])(
    'and is refused ends nothing, and is told with its reason: %s',
    async (code) => {
      const { slack, app } = await runApp();
      await app.start();
      slack.injectFault({ method: 'apps.connections.open', kind: 'error', code, times: 99 });
      slack.disconnectSockets();
      await expect
        .poll(() => app.health(), { timeout: 5_000 })
        .toMatchObject({ connected: false, problems: [`Slackとの接続: ${code}`] });
      await app.stop();
    },
  );

  test('for good, since Socket Mode was turned off, is told so', async () => {
    const { slack, app } = await runApp();
    await app.start();
    slack.disconnectSockets({ reason: 'link_disabled' });
    await expect
      .poll(() => app.health())
      .toMatchObject({ connected: false, problems: ['Slackとの接続: link_disabled'] });
  });

  test('a stop in the middle of the handshake ends in order', async () => {
    const { slack, app } = await runApp();
    slack.injectFault({ method: 'apps.connections.open', kind: 'slow', delayMs: 300, times: 1 });
    const starting = app.start().catch((error: unknown) => error);
    await slack.waitForCall(({ method }) => method === 'apps.connections.open');
    await app.stop();
    expect(String(await starting)).toContain('止められました');
    expect((await app.health()).connected).toBe(false);
  });
});

test.each([
  'null',
  '[]',
  '"x"',
  '{',
  '{"type":"events_api"}',
  '{"type":"events_api","payload":null,"envelope_id":"e"}',
  '{"type":"events_api","payload":{"event":null},"envelope_id":"e"}',
  '{"type":"interactive","payload":null,"envelope_id":"e"}',
  '{"type":"slash_commands","payload":[1],"envelope_id":"e"}',
])('%s on the socket ends nothing', async (text) => {
  const { slack, app, mention, reply } = await runApp();
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  await app.start();
  slack.sendOnSocket(text);
  const { message } = await mention(QUESTION);
  await reply(message.ts);
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

describe('what Slack tells by itself', () => {
  const base = { type: 'message', channel: STAFF_DM, channel_type: 'im', event_ts: '1754008300.000000' };
  /** Young, so that an edit of it would be answered. */
  const ts = `${Math.floor(Date.now() / 1_000)}.000000`;
  const said = { type: 'message', user: STAFF, ts, text: '東京のGEは？' };
  test.each([
    [
      'a link preview',
      {
        ...base,
        subtype: 'message_changed',
        hidden: true,
        message: { ...said, attachments: [{}] },
        previous_message: said,
      },
    ],
    [
      'a first reply under a message',
      {
        ...base,
        subtype: 'message_changed',
        hidden: true,
        message: { ...said, thread_ts: said.ts, reply_count: 1 },
        previous_message: said,
      },
    ],
    [
      'a reply',
      { ...base, subtype: 'message_replied', hidden: true, message: { ...said, thread_ts: said.ts } },
    ],
    [
      'a huddle',
      {
        ...base,
        subtype: 'huddle_thread',
        user: 'USLACKBOT',
        ts: '1754008200.000000',
        text: '',
        room: { id: 'R1' },
      },
    ],
    [
      'a topic',
      { ...base, subtype: 'channel_topic', user: STAFF, ts: '1754008200.000000', text: '東京のGEは？' },
    ],
    ['a message of a person nobody knows', { ...base, ts: '1754008200.000000', text: '東京のGEは？' }],
  ])('is no question: %s', async (_, event) => {
    const asked: string[] = [];
    const { slack, app } = await runApp({
      ask: (input) => {
        asked.push(input.text);
        return fixedAsk(input);
      },
    });
    await app.start();
    expect((await slack.sendEvent(event)).deliveries).toEqual(['acknowledged']);
    await app.stop();
    expect(asked).toEqual([]);
  });

  test('a reply that is sent to the channel too is answered once', async () => {
    const { slack, app, mention, reply, settled } = await runApp();
    await app.start();
    const { message } = await mention(QUESTION);
    await reply(message.ts);
    const text = 'じゃあ前の年は？';
    await slack.postMessage({ channel: TOKYO, user: STAFF, text, threadTs: message.ts, broadcast: true });
    await reply(message.ts, 1);
    expect(await settled(TOKYO)).toHaveLength(2);
  });

  test('the opening of the Home tab without a tab shows it', async () => {
    const { slack, app } = await runApp();
    await app.start();
    await slack.sendEvent({ type: 'app_home_opened', user: STAFF, channel: STAFF_DM, event_ts: '1.1' });
    await slack.waitUntil(() => slack.home(STAFF) !== null);
  });
});

describe('a button of an earlier version', () => {
  const click = {
    type: 'block_actions',
    trigger_id: '1.2.t',
    actions: [{ type: 'button', action_id: 'gone', block_id: 'b', value: 'x', action_ts: '1.1' }],
  };

  test('under a message is acknowledged, and told to be old', async () => {
    const { slack, app, mention, reply } = await runApp();
    await app.start();
    const { message } = await mention(QUESTION);
    const { ts } = await reply(message.ts);
    const place = {
      channel: { id: TOKYO, name: 'tokyo' },
      container: { type: 'message', message_ts: ts, channel_id: TOKYO, is_ephemeral: false },
      message: { ts, thread_ts: message.ts },
    };
    expect(await slack.sendInteraction(STAFF, { ...click, ...place })).toMatchObject({ acknowledged: true });
    const told = await slack.waitForEphemeral((one) => one.ephemeralTo === STAFF);
    expect(told.text).toContain('古いボタンです');
  });

  test('in a form is acknowledged too, and the form says that it is old', async () => {
    const { slack, app } = await runApp();
    await app.start();
    const view = {
      id: 'V1',
      type: 'modal',
      callback_id: 'gone',
      private_metadata: '',
      state: { values: {} },
    };
    const sent = await slack.sendInteraction(STAFF, { type: 'view_submission', trigger_id: '1.2.t', view });
    expect(sent).toMatchObject({ acknowledged: true, payload: { response_action: 'update' } });
    expect(JSON.stringify(sent.payload)).toContain('古い画面です');
  });
});

describe('what Slack does not say clearly', () => {
  test.each(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'])(
    '%s on an answer is looked up and tried again',
    async (code) => {
      const { slack, app, mention, settled } = await runApp();
      await app.start();
      slack.injectFault({ method: 'chat.postMessage', kind: 'error', code, times: 1 });
      await mention(QUESTION);
      const answers = await settled(TOKYO);
      expect(answers.map(shown)).toEqual([expect.stringContaining('80.0％以上')]);
      expect(slack.calls().some(({ method }) => method === 'conversations.replies')).toBe(true);
    },
  );

  test.each(['msg_too_long', 'invalid_attachments', 'invalid_arguments', 'msg_blocks_too_long'])(
    '%s brings the classic card',
    async (code) => {
      const { slack, app, mention, reply } = await runApp();
      await app.start();
      slack.injectFault({ method: 'chat.postMessage', kind: 'error', code, times: 1 });
      const { message } = await mention('ジェネリックの目標が高い順に');
      const types = new Set((await reply(message.ts)).blocks.map(({ type }) => type));
      expect(types).toEqual(new Set(['section', 'context', 'actions']));
    },
  );

  test.each(['cant_update_message', 'edit_window_closed', 'is_inactive'])(
    '%s on an edit leaves the answer that stands, and the new one comes beside it',
    async (code) => {
      const { slack, app, mention, reply, settled } = await runApp();
      await app.start();
      const { message } = await mention(QUESTION);
      const first = await reply(message.ts);
      const before = shown(first);
      slack.injectFault({ method: 'chat.update', kind: 'error', code, times: 5 });
      await slack.editMessage({ message, text: '<@U0PLANBOT> ジェネリックの目標が高い順に' });
      const answers = await settled(TOKYO);
      expect(answers).toHaveLength(2);
      expect(answers.map(shown)[0]).toBe(before);
      expect(answers.map(shown)[1]).toContain('88.9％以上');
    },
  );

  test('a fault at an edit leaves the answer that stands', async () => {
    let isBroken = false;
    const { slack, app, mention, reply, settled } = await runApp({
      ask: (input) => (isBroken ? Promise.reject(new Error('locked')) : fixedAsk(input)),
    });
    await app.start();
    const { message } = await mention(QUESTION);
    const first = await reply(message.ts);
    isBroken = true;
    await slack.editMessage({ message, text: '<@U0PLANBOT> ジェネリックの目標が高い順に' });
    const answers = await settled(TOKYO);
    expect(answers).toHaveLength(2);
    expect(shown(first)).toContain('80.0％以上');
    expect(answers[1]?.text).toContain('うまく調べられませんでした');
  });
});

describe('a place that is closed', () => {
  test.each(['is_archived', 'restricted_action_thread_locked', 'restricted_action'])(
    '%s: whoever asked is answered in private',
    async (code) => {
      const { slack, app, mention } = await runApp();
      await app.start();
      slack.injectFault({ method: 'chat.postMessage', kind: 'error', code, times: 1 });
      await mention(QUESTION);
      const answer = await slack.waitForMessage((one) => one.channel === STAFF_DM && one.user !== STAFF);
      expect(shown(answer)).toContain('書き込めないため');
      expect(shown(answer)).toContain('80.0％以上');
    },
  );

  test('whoever did not call on the bot is not written to', async () => {
    const { slack, app, mention, reply } = await runApp();
    await app.start();
    const { message } = await mention(QUESTION);
    await reply(message.ts);
    slack.injectFault({ method: 'chat.postMessage', kind: 'error', code: 'is_archived', times: 1 });
    await slack.postMessage({ channel: TOKYO, user: STAFF, text: 'じゃあ前の年は？', threadTs: message.ts });
    await app.stop();
    expect(slack.messages(STAFF_DM)).toEqual([]);
    expect(slack.ephemerals({ user: STAFF })).toEqual([]);
  });
});
