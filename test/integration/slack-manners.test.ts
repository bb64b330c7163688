import { describe, expect, test } from 'vitest';
import { eventually } from '../helpers/eventually.ts';
import { fixedAsk } from '../slack/fixed-ask.ts';
import { createManualTime } from '../slack/manual-time.ts';
import { runApp, STAFF, STAFF_DM, shown, TOKYO } from '../slack/running-app.ts';

const COLLEAGUE = 'U0REPORT1';
const FIRST = '東京支部のジェネリックKPIは？';

/** An `ask` that answers when it is let go. */
function heldAsk() {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const asked: string[] = [];
  return {
    release: () => release(),
    asked,
    ask: async (input: Parameters<typeof fixedAsk>[0]) => {
      asked.push(input.text);
      await gate;
      return fixedAsk(input);
    },
  };
}

describe('an edited question', () => {
  test('is answered again in the place of its answer', async () => {
    const { slack, app, mention, reply, settled } = await runApp();
    await app.start();
    const { message } = await mention('火星のKPIは？');
    const first = await reply(message.ts);
    expect(first.text).toContain('資料にありません');
    await slack.editMessage({ message, text: `<@U0PLANBOT> ${FIRST}` });
    const amended = await slack.waitForMessage(
      (one) => one.ts === first.ts && shown(one).includes('80.0％以上'),
    );
    expect(amended.threadTs).toBe(message.ts);
    expect(await settled(TOKYO)).toHaveLength(1);
  });

  test.each([
    ['in a direct message', STAFF_DM, ''],
    ['in a thread', TOKYO, '<@U0PLANBOT> '],
  ])('keeps its answer where the words are the same: %s', async (_, channel, call) => {
    const { slack, app, settled } = await runApp();
    await app.start();
    const { message } = await slack.postMessage({ channel, user: STAFF, text: `${call}${FIRST}` });
    await slack.waitForMessage((one) => one.channel === channel && one.user !== STAFF);
    await slack.editMessage({ message, text: `${call}${FIRST}` });
    const answers = await settled(channel);
    expect(answers).toHaveLength(1);
    expect(answers[0]?.editedTs).toBeNull();
  });

  test('gets one answer where the first was still on its way', async () => {
    const { ask, release, asked } = heldAsk();
    const { slack, app, mention, settled } = await runApp({ ask });
    await app.start();
    const { message } = await mention('火星のKPIは？');
    await eventually(() => expect(asked).toHaveLength(1));
    await slack.editMessage({ message, text: `<@U0PLANBOT> ${FIRST}` });
    release();
    const answers = await settled(TOKYO);
    expect(answers).toHaveLength(1);
    expect(answers.map(shown)).toEqual([expect.stringContaining('80.0％以上')]);
  });

  test('within a thread is answered in its new words where the first answer was on its way', async () => {
    let hold: Promise<void> = Promise.resolve();
    let release = () => {};
    const asked: string[] = [];
    const { slack, app, mention, reply, settled } = await runApp({
      ask: async (input) => {
        asked.push(input.text);
        await hold;
        return fixedAsk(input);
      },
    });
    await app.start();
    const { message: root } = await mention(FIRST);
    await reply(root.ts);
    hold = new Promise((resolve) => {
      release = resolve;
    });
    const { message } = await mention('火星のKPIは？', root.ts);
    await eventually(() => expect(asked).toHaveLength(2));
    await slack.editMessage({ message, text: `<@U0PLANBOT> ${FIRST}` });
    release();
    const answers = (await settled(TOKYO)).filter(({ threadTs }) => threadTs === root.ts);
    expect(answers.map(shown)).toEqual([
      expect.stringContaining('80.0％以上'),
      expect.stringContaining('80.0％以上'),
    ]);
    expect(asked.at(-1)).toBe(FIRST);
  });

  test('keeps its answer where the mention is taken back', async () => {
    const { slack, app, mention, reply, settled, store } = await runApp();
    await app.start();
    const { message } = await mention(FIRST);
    const answer = await reply(message.ts);
    await eventually(async () => expect(await store.answers.find(TOKYO, answer.ts)).not.toBeNull());
    await slack.editMessage({ message, text: 'やっぱり自分で調べます' });
    const answers = await settled(TOKYO);
    expect(answers.map(shown)).toEqual([expect.stringContaining('80.0％以上')]);
  });

  test('that now calls on the bot is answered anew', async () => {
    const { slack, app, reply } = await runApp();
    await app.start();
    const { message } = await slack.postMessage({ channel: TOKYO, user: STAFF, text: FIRST });
    await slack.editMessage({ message, text: `<@U0PLANBOT> ${FIRST}` });
    expect(shown(await reply(message.ts))).toContain('80.0％以上');
  });

  test('is not answered where it was never a question to the bot', async () => {
    const { slack, app, mention, reply, settled } = await runApp();
    await app.start();
    const { message } = await mention(FIRST);
    await reply(message.ts);
    const talk = await slack.postMessage({
      channel: TOKYO,
      user: COLLEAGUE,
      text: '了解しました',
      threadTs: message.ts,
    });
    await slack.editMessage({ message: talk.message, text: '東京のジェネリック、了解しました' });
    expect(await settled(TOKYO)).toHaveLength(1);
  });

  test('is answered once, however often the edit is told', async () => {
    const { slack, app, mention, reply, settled } = await runApp();
    await app.start();
    const { message } = await mention('火星のKPIは？');
    const first = await reply(message.ts);
    const events = await slack.editMessage({ message, text: `<@U0PLANBOT> ${FIRST}` });
    await slack.waitForMessage((one) => one.ts === first.ts && shown(one).includes('80.0％以上'));
    for (const event of events) await slack.redeliver(event);
    expect(await settled(TOKYO)).toHaveLength(1);
    expect(slack.calls().filter(({ method }) => method === 'chat.update')).toHaveLength(1);
  });

  test('is answered anew where its answer was taken away', async () => {
    const { slack, app, mention, reply, store } = await runApp();
    await app.start();
    const { message } = await mention('火星のKPIは？');
    const first = await reply(message.ts);
    await eventually(async () => expect(await store.answers.find(TOKYO, first.ts)).not.toBeNull());
    await slack.react({ message: first, user: STAFF, name: 'x' });
    await slack.waitUntil(() => slack.messages(TOKYO).every(({ ts }) => ts !== first.ts));
    await slack.editMessage({ message, text: `<@U0PLANBOT> ${FIRST}` });
    expect(shown(await reply(message.ts))).toContain('80.0％以上');
  });
});

describe('a deleted question', () => {
  test('takes its answer along', async () => {
    const { slack, app, mention, reply, store } = await runApp();
    await app.start();
    const { message } = await mention(FIRST);
    const answer = await reply(message.ts);
    await slack.deleteMessage({ message });
    await slack.waitUntil(() => slack.messages(TOKYO).every(({ ts }) => ts !== answer.ts));
    await app.stop();
    expect(await store.audit.entries()).toMatchObject([
      { action: 'answer_deleted', actor: STAFF, subject: TOKYO },
    ]);
  });

  test('takes it along in a direct message too', async () => {
    const { slack, app } = await runApp();
    const bot = slack.workspace.bot.userId;
    await app.start();
    const { message } = await slack.postMessage({ channel: STAFF_DM, user: STAFF, text: FIRST });
    await slack.waitForMessage((one) => one.channel === STAFF_DM && one.user !== STAFF);
    await slack.deleteMessage({ message });
    await slack.waitUntil(() => slack.messages(STAFF_DM).every(({ user }) => user !== bot));
  });

  test('takes it along where only planbot wrote after it', async () => {
    const { slack, app, mention, reply } = await runApp();
    await app.start();
    const { message } = await mention('東京の健診率は？');
    const back = await reply(message.ts);
    await slack.clickButton({ message: back, actionId: 'choice:0', user: STAFF });
    await reply(message.ts, 1);
    await slack.deleteMessage({ message });
    await slack.waitUntil(() => slack.messages(TOKYO).every(({ ts }) => ts !== back.ts));
  });

  test('leaves an answer that somebody replied to', async () => {
    const { slack, app, mention, reply, settled } = await runApp();
    await app.start();
    const { message } = await mention(FIRST);
    const answer = await reply(message.ts);
    await slack.postMessage({
      channel: TOKYO,
      user: COLLEAGUE,
      text: 'ありがとう、助かりました',
      threadTs: message.ts,
    });
    await slack.deleteMessage({ message });
    expect((await settled(TOKYO)).map(({ ts }) => ts)).toContain(answer.ts);
  });
});

describe('an answer that takes long', () => {
  const NOTICE = '確認しています';

  test('is announced after two seconds, and takes the place of the word', async () => {
    const time = createManualTime();
    const { ask, release, asked } = heldAsk();
    const { slack, app, mention, reply, settled } = await runApp({ ask, deps: { after: time.after } });
    await app.start();
    const { message } = await mention(FIRST);
    await eventually(() => expect(asked).toHaveLength(1));
    time.pass(1_999);
    time.pass(1);
    const notice = await reply(message.ts);
    expect(shown(notice)).toContain(NOTICE);
    release();
    await slack.waitForMessage((one) => one.ts === notice.ts && shown(one).includes('80.0％以上'));
    const answers = await settled(TOKYO);
    expect(answers).toHaveLength(1);
    expect(shown(notice)).not.toContain(NOTICE);
  });

  test('is not announced where it came in time', async () => {
    const time = createManualTime();
    const { app, mention, reply, settled } = await runApp({ deps: { after: time.after } });
    await app.start();
    const { message } = await mention(FIRST);
    await reply(message.ts);
    const answers = await settled(TOKYO);
    time.pass(10_000);
    expect(answers).toHaveLength(1);
    expect(time.waiting()).toBe(0);
  });

  test('is announced to the one who used the command', async () => {
    const time = createManualTime();
    const { ask, release, asked } = heldAsk();
    const { slack, app } = await runApp({ ask, deps: { after: time.after } });
    await app.start();
    await slack.runCommand({ command: '/kpi', text: '東京 ジェネリック', channel: TOKYO, user: STAFF });
    await eventually(() => expect(asked).toHaveLength(1));
    time.pass(2_000);
    await slack.waitForEphemeral((one) => one.ephemeralTo === STAFF && shown(one).includes(NOTICE));
    release();
    await slack.waitForEphemeral((one) => shown(one).includes('80.0％以上'));
  });

  test('that fails turns the word into an apology', async () => {
    const time = createManualTime();
    const faults: (() => void)[] = [];
    const { slack, app, mention, reply, settled } = await runApp({
      ask: () =>
        new Promise((_, reject) => {
          faults.push(() => reject(new Error('locked')));
        }),
      deps: { after: time.after },
    });
    await app.start();
    const { message } = await mention(FIRST);
    await eventually(() => expect(faults).toHaveLength(1));
    time.pass(2_000);
    const notice = await reply(message.ts);
    faults[0]?.();
    await slack.waitForMessage(
      (one) => one.ts === notice.ts && one.text.includes('うまく調べられませんでした'),
    );
    expect(await settled(TOKYO)).toHaveLength(1);
  });

  test('among colleagues is not announced', async () => {
    const time = createManualTime();
    const { ask, release, asked } = heldAsk();
    let isHeld = false;
    const { slack, app, mention, reply, settled } = await runApp({
      ask: (input) => (isHeld ? ask(input) : fixedAsk(input)),
      deps: { after: time.after },
    });
    await app.start();
    const { message } = await mention(FIRST);
    await reply(message.ts);
    isHeld = true;
    await slack.postMessage({ channel: TOKYO, user: COLLEAGUE, text: '了解しました', threadTs: message.ts });
    await eventually(() => expect(asked).toHaveLength(1));
    time.pass(10_000);
    release();
    expect(await settled(TOKYO)).toHaveLength(1);
    // Not even for a moment.
    expect(slack.calls().filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1);
  });
});
