import { describe, expect, test } from 'vitest';
import { fixedAsk } from '../slack/fixed-ask.ts';
import { runApp, STAFF, STAFF_DM, shown, TOKYO } from '../slack/running-app.ts';

const QUESTION = '東京支部のジェネリックKPIは？';
/** When a process that died now is known to be gone. */
const later = () => new Date(Date.now() + 60_000);

describe('an acknowledged question is stored', () => {
  test('while Slack is still asked who the person is', async () => {
    const { slack, app, store } = await runApp();
    await app.start();
    slack.injectFault({ method: 'users.info', kind: 'slow', delayMs: 400, times: 1 });
    const { message, events } = await slack.postMessage({ channel: STAFF_DM, user: STAFF, text: QUESTION });
    expect(events[0]?.deliveries).toEqual(['acknowledged']);
    const owed = await store.requests.abandoned(later());
    expect(owed.map(({ key }) => key)).toEqual([`message:${STAFF_DM}:${message.ts}`]);
  });

  test('while an earlier one of its thread is still answered', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { app, store, mention } = await runApp({
      ask: async (input) => {
        await gate;
        return fixedAsk(input);
      },
    });
    await app.start();
    const first = await mention(QUESTION);
    const second = await mention('じゃあ前の年は？', first.message.ts);
    const owed = await store.requests.abandoned(later());
    expect(owed.map(({ key }) => key)).toEqual(
      [first, second].map(({ message }) => `message:${TOKYO}:${message.ts}`),
    );
    release();
  });

  test('and is owed no more when it is answered', async () => {
    const { app, store, mention } = await runApp();
    await app.start();
    await mention(QUESTION);
    await app.stop();
    expect(await store.requests.abandoned(later())).toEqual([]);
  });

  test('also where somebody waits who may not be served', async () => {
    const { slack, app, store } = await runApp();
    await app.start();
    const guest = slack.workspace.users.find(({ id }) => id === STAFF);
    if (guest) guest.role = 'guest';
    await slack.postMessage({ channel: STAFF_DM, user: STAFF, text: QUESTION });
    await app.stop();
    expect(await store.requests.abandoned(later())).toEqual([]);
  });
});

test('a command is acknowledged at once where it cannot be stored: Slack waits three seconds and sends it no more', async () => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { slack, app } = await runApp({
    memory: (store) => ({
      ...store,
      requests: { ...store.requests, claim: () => Promise.reject(new Error('locked')) },
    }),
    ask: async (input) => {
      await gate;
      return fixedAsk(input);
    },
  });
  await app.start();
  const command = { command: '/kpi', text: QUESTION, channel: TOKYO, user: STAFF };
  expect((await slack.runCommand(command)).reason).toBe('acknowledged');
  release();
  await app.stop();
  expect(slack.ephemerals({ channel: TOKYO }).map(shown)).toEqual([expect.stringContaining('80.0％以上')]);
});

test('an event is acknowledged once, though the acknowledgement is lost and it comes again', async () => {
  const { slack, app, mention, settled } = await runApp();
  await app.start();
  const { events } = await mention(QUESTION);
  slack.disconnectSockets({ abrupt: true });
  await slack.waitForConnection();
  for (const event of events) await slack.redeliver(event);
  expect(await settled(TOKYO)).toHaveLength(1);
});

test('an answer is looked up among more than the newest message of its thread', async () => {
  const { slack, app, mention, settled } = await runApp();
  await app.start();
  const { message } = await mention(QUESTION);
  await slack.waitForMessage((one) => one.threadTs === message.ts && one.user !== STAFF);
  slack.injectFault({ method: 'chat.postMessage', kind: 'drop_response', times: 1 });
  await mention('じゃあ前の年は？', message.ts);
  // A colleague writes before it is looked up.
  await slack.waitForCall(({ status, method }) => method === 'chat.postMessage' && status === 0);
  await slack.postMessage({ channel: TOKYO, user: 'U0REPORT1', text: '了解です', threadTs: message.ts });
  expect((await settled(TOKYO)).map(shown)).toEqual([
    expect.stringContaining('80.0％以上'),
    expect.stringContaining('79.0％以上'),
  ]);
});

test('where nobody called on the bot, a fault is not apologised for', async () => {
  let isBroken = false;
  const { slack, app, mention, reply, settled } = await runApp({
    ask: (input) => (isBroken ? Promise.reject(new Error('locked')) : fixedAsk(input)),
  });
  await app.start();
  const { message } = await mention(QUESTION);
  await reply(message.ts);
  isBroken = true;
  await slack.postMessage({ channel: TOKYO, user: STAFF, text: 'じゃあ前の年は？', threadTs: message.ts });
  expect(await settled(TOKYO)).toHaveLength(1);
  expect(slack.ephemerals({ channel: TOKYO })).toEqual([]);
});
