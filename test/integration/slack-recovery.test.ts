import { describe, expect, test } from 'vitest';
import type { LocalSlack } from '../../src/playground/emulator/local-slack.ts';
import type { After } from '../../src/slack/drain.ts';
import type { Store } from '../../src/store/store.ts';
import { eventually } from '../helpers/eventually.ts';
import { fixedAsk } from '../slack/fixed-ask.ts';
import { createManualTime } from '../slack/manual-time.ts';
import { runApp, STAFF, STAFF_DM, shown, TOKYO } from '../slack/running-app.ts';

const LOOK_MS = 15_000;
const QUESTION = '東京支部のジェネリックKPIは？';

/**
 * A clock that a test moves, and two apps over one store: the first never ends a question, its first unless said
 * otherwise, as if it had been killed while it asked; events go to the second.
 */
async function killedWhileAsking({ isDead = true, hangsAt = 1 } = {}) {
  let at = Date.now();
  const time = createManualTime();
  /** Of the apps, those that wait for their next look. */
  const looks = new Set<object>();
  const after: After = (ms, run) => {
    if (ms !== LOOK_MS) return time.after(ms, run);
    const look = {};
    looks.add(look);
    const callOff = time.after(ms, () => {
      looks.delete(look);
      run();
    });
    return () => {
      looks.delete(look);
      callOff();
    };
  };
  let asked = 0;
  let bury = () => {};
  let wake = () => {};
  const running = await runApp({
    now: () => new Date(at),
    ask: (input) => {
      asked += 1;
      if (asked !== hangsAt) return fixedAsk(input);
      return new Promise((resolve, reject) => {
        wake = () => resolve(fixedAsk(input));
        bury = () => reject(new Error('killed'));
      });
    },
    deps: { after },
    // Who is dead renews nothing; who lives here needs no renewal.
    ...(isDead
      ? { memory: (store: Store) => ({ ...store, requests: { ...store.requests, renew: async () => [] } }) }
      : {}),
  });
  await running.app.start();
  /** The process is gone while it asks. */
  async function kill() {
    await eventually(() => expect(asked).toBe(hangsAt));
    await running.another();
  }
  return {
    ...running,
    asked: () => asked,
    /** Somebody asks, and the process is gone in the middle. */
    async askAndKill(message: { channel: string; text: string }) {
      const posted = await running.slack.postMessage({ ...message, user: STAFF });
      await kill();
      return posted;
    },
    kill,
    /** Seconds go by, for the clock and for what waits. */
    async pass(seconds: number) {
      at += seconds * 1_000;
      time.pass(seconds * 1_000);
      // Both apps look for what was left, and then wait for the next look.
      await eventually(() => expect(looks.size).toBe(2));
    },
    /** The clock alone goes on, as while a machine sleeps: nobody has looked for what was left yet. */
    sleep(seconds: number) {
      at += seconds * 1_000;
    },
    /** It had only stood still, and goes on. */
    wake: () => wake(),
    /** So that the end need not wait for what never ends. */
    bury: () => bury(),
  };
}

const answersIn = (slack: LocalSlack, channel: string) =>
  slack.messages(channel).filter((one) => shown(one).includes('80.0％以上'));

const postAsBot = (slack: LocalSlack, message: object) =>
  fetch(`${slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(message),
  });

describe('a question whose process died', () => {
  test.each([
    ['in a channel', TOKYO, `<@U0PLANBOT> ${QUESTION}`],
    ['in a direct message', STAFF_DM, QUESTION],
  ])('is answered once by the next one, with regret: %s', async (_, channel, text) => {
    const { slack, askAndKill, asked, pass, bury } = await killedWhileAsking();
    await askAndKill({ channel, text });
    await pass(40);
    expect(asked()).toBe(1);
    await pass(16);
    const answer = await slack.waitForMessage((one) => shown(one).includes('80.0％以上'));
    expect(shown(answer)).toContain('お返事が遅くなり、申し訳ありません');
    expect(slack.messages(channel).some((one) => one.text.includes('確認しています'))).toBe(false);
    await pass(200);
    await eventually(() => expect(answersIn(slack, channel)).toHaveLength(1));
    expect(asked()).toBe(2);
    bury();
  });

  test('is left to a process that is only slow', async () => {
    const { askAndKill, asked, pass, bury } = await killedWhileAsking({ isDead: false });
    const { events } = await askAndKill({ channel: STAFF_DM, text: QUESTION });
    for (let seconds = 0; seconds < 120; seconds += 15) await pass(15);
    expect(asked()).toBe(1);
    expect(events[0]?.deliveries).toEqual(['acknowledged']);
    bury();
  });

  test('is answered when Slack delivers it again after the crash', async () => {
    const { slack, askAndKill, asked, pass, bury } = await killedWhileAsking();
    const { events } = await askAndKill({ channel: STAFF_DM, text: QUESTION });
    for (const event of events) await slack.redeliver(event);
    expect(asked()).toBe(1);
    await pass(91);
    for (const event of events) await slack.redeliver(event);
    await slack.waitForMessage((one) => shown(one).includes('80.0％以上'));
    for (const event of events) await slack.redeliver(event);
    expect(answersIn(slack, STAFF_DM)).toHaveLength(1);
    bury();
  });

  test('is not answered again by the process that had only stood still', async () => {
    const { app, slack, askAndKill, asked, sleep, wake } = await killedWhileAsking({ isDead: false });
    const { events } = await askAndKill({ channel: STAFF_DM, text: QUESTION });
    sleep(91);
    for (const event of events) await slack.redeliver(event);
    await slack.waitForMessage((one) => shown(one).includes('80.0％以上'));
    wake();
    await app.stop();
    expect(asked()).toBe(2);
    expect(answersIn(slack, STAFF_DM)).toHaveLength(1);
  });

  test('keeps its answer where the notice stood that the process had posted before it stood still', async () => {
    const { app, slack, askAndKill, pass, sleep, wake } = await killedWhileAsking({ isDead: false });
    const { events } = await askAndKill({ channel: STAFF_DM, text: QUESTION });
    await pass(3);
    const notice = await slack.waitForMessage(({ text }) => text.includes('確認しています'));
    sleep(91);
    for (const event of events) await slack.redeliver(event);
    const answer = await slack.waitForMessage((one) => shown(one).includes('80.0％以上'));
    expect(answer.ts).toBe(notice.ts);
    wake();
    await app.stop();
    expect(answersIn(slack, STAFF_DM)).toHaveLength(1);
  });

  test('is not begun again by the process that is still at it, though its time has run out', async () => {
    const { app, slack, sleep, asked, bury } = await killedWhileAsking();
    const { events } = await slack.postMessage({ channel: STAFF_DM, user: STAFF, text: QUESTION });
    await eventually(() => expect(asked()).toBe(1));
    sleep(91);
    for (const event of events) await slack.redeliver(event);
    bury();
    await app.stop();
    expect(asked()).toBe(1);
  });

  test.each(['is taken up', 'comes again from Slack'])(
    'is left where its answer had still been posted: it %s',
    async (how) => {
      const { slack, store, askAndKill, asked, pass, sleep, bury } = await killedWhileAsking();
      const { message, events } = await askAndKill({ channel: TOKYO, text: `<@U0PLANBOT> ${QUESTION}` });
      // What the dying process had managed to say.
      const metadata = { event_type: 'planbot_answer', event_payload: { key: `${TOKYO}:${message.ts}` } };
      await postAsBot(slack, { channel: TOKYO, thread_ts: message.ts, text: '80.0％以上', metadata });
      if (how === 'is taken up') await pass(91);
      else sleep(91);
      for (const event of events) await slack.redeliver(event);
      const later = new Date(Date.now() + 600_000);
      await eventually(async () => expect(await store.requests.abandoned(later)).toEqual([]));
      expect(asked()).toBe(1);
      bury();
    },
  );
});

describe('a command or a click whose process died after its acknowledgement', () => {
  const late = 'お返事が遅くなり、申し訳ありません';

  test('a command is answered in private by the next one', async () => {
    const { slack, kill, asked, pass, store, bury } = await killedWhileAsking();
    const command = { command: '/kpi', text: QUESTION, channel: TOKYO, user: STAFF };
    await slack.runCommand(command);
    await kill();
    await pass(40);
    const answers = () =>
      slack
        .ephemerals({ channel: TOKYO, user: STAFF })
        .map(shown)
        .filter((text) => text.includes('80.0％以上'));
    expect(answers()).toEqual([]);
    await pass(16);
    await eventually(() => expect(answers()).toEqual([expect.stringContaining('80.0％以上')]));
    expect(answers()[0]).toContain(late);
    expect(asked()).toBe(2);
    await eventually(async () =>
      expect(await store.requests.abandoned(new Date(Date.now() + 6e5))).toEqual([]),
    );
    bury();
  });

  test.each([
    ['is answered in its thread', false, [expect.stringContaining(late)]],
    // That one has no blocks.
    ['is left where its answer had still been posted', true, []],
  ])('a click %s', async (_, isPosted, expected) => {
    const { slack, kill, asked, pass, store, bury } = await killedWhileAsking({ hangsAt: 2 });
    const { message } = await slack.postMessage({
      channel: TOKYO,
      user: STAFF,
      text: '<@U0PLANBOT> 東京の健診率は？',
    });
    const question = await slack.waitForMessage((one) => one.threadTs === message.ts && one.user !== STAFF);
    await slack.clickButton({ message: question, actionId: 'choice:0', user: STAFF });
    await kill();
    const [owed] = await store.requests.abandoned(new Date(Date.now() + 6e5));
    const key = owed?.key.replace(/^click:/, '') ?? '';
    if (isPosted) {
      const metadata = { event_type: 'planbot_answer', event_payload: { key } };
      await postAsBot(slack, { channel: TOKYO, thread_ts: message.ts, text: '80.0％以上', metadata });
    }
    await pass(56);
    await eventually(async () =>
      expect(await store.requests.abandoned(new Date(Date.now() + 6e5))).toEqual([]),
    );
    expect(answersIn(slack, TOKYO).map(shown)).toEqual(expected);
    expect(asked()).toBe(isPosted ? 2 : 3);
    bury();
  });

  test('whoever wanted a form that opens no more is told to try again', async () => {
    let at = Date.now();
    const { slack, app, store, restart } = await runApp({
      now: () => new Date(at),
      memory: (own) => ({
        ...own,
        requests: { ...own.requests, finish: () => Promise.reject(new Error('killed')) },
      }),
    });
    await app.start();
    await slack.runCommand({ command: '/kpi', text: '', channel: TOKYO, user: STAFF });
    await eventually(() => expect(slack.modals(STAFF)).toHaveLength(1));
    expect(await store.requests.abandoned(new Date(at + 60_000))).toHaveLength(1);
    at += 60_000;
    await restart();
    const told = () => slack.ephemerals({ channel: TOKYO, user: STAFF }).map(shown);
    await eventually(() => expect(told()).toEqual([expect.stringContaining('入力画面を開けませんでした')]));
    expect(slack.modals(STAFF)).toHaveLength(1);
  });
});

test('a question that cannot be read does not keep the others from their answers', async () => {
  const time = createManualTime();
  let at = Date.now();
  const { slack, app, store } = await runApp({ now: () => new Date(at), deps: { after: time.after } });
  const { message } = await slack.postMessage({ channel: STAFF_DM, user: STAFF, text: QUESTION });
  const { channel, ts, user, text } = message;
  await store.requests.claim({ key: 'broken', body: '{"question":' }, new Date(at));
  const body = JSON.stringify({
    type: 'event_callback',
    event: { type: 'message', channel_type: 'im', channel, ts, user, text },
  });
  await store.requests.claim({ key: `message:${channel}:${ts}`, body }, new Date(at));
  at += 91_000;
  await app.start();
  await slack.waitForMessage((one) => one.channel === STAFF_DM && shown(one).includes('80.0％以上'));
  await eventually(async () => expect(await store.requests.abandoned(new Date(at + 600_000))).toEqual([]));
});

test('a question that was answered is not answered again, however often Slack delivers it', async () => {
  const { slack, app, mention, reply, settled } = await runApp();
  await app.start();
  const { message, events } = await mention(QUESTION);
  await reply(message.ts);
  for (const event of [...events, ...events]) await slack.redeliver(event);
  expect(await settled(TOKYO)).toHaveLength(1);
});

test('two processes over one store answer once', async () => {
  const { slack, app, store, mention, restart } = await runApp({
    memory: (own) => ({
      ...own,
      requests: { ...own.requests, finish: () => Promise.reject(new Error('killed')) },
    }),
  });
  await app.start();
  const { message, events } = await mention(QUESTION);
  await slack.waitForMessage((one) => one.threadTs === message.ts && one.user !== STAFF);
  await restart();
  for (const event of events) await slack.redeliver(event);
  expect(await store.requests.abandoned(new Date(Date.now() + 600_000))).toHaveLength(1);
  expect(slack.messages(TOKYO)).toHaveLength(2);
});
