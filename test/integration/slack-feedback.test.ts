import { describe, expect, test } from 'vitest';
import { decodeQuery, EMPTY_QUERY } from '../../src/model/query.ts';
import type { Message } from '../../src/playground/emulator/state.ts';
import { eventually } from '../helpers/eventually.ts';
import { kpiQuery } from '../slack/answers.ts';
import { fixedAsk } from '../slack/fixed-ask.ts';
import { type Running, runApp, STAFF, STAFF_DM, shown, TOKYO } from '../slack/running-app.ts';

const COLLEAGUE = 'U0REPORT1';
const QUESTION = '東京支部のジェネリックKPIは？';

/** A question in #東京支部, its answer, and the answer recorded. */
async function answered(running: Running): Promise<Message> {
  await running.app.start();
  const { message } = await running.mention(QUESTION);
  const answer = await running.reply(message.ts);
  await recorded(running, answer);
  return answer;
}

async function recorded({ store }: Running, answer: Message): Promise<void> {
  await eventually(async () => expect(await store.answers.find(answer.channel, answer.ts)).not.toBeNull());
}

describe('thumbs under an answer', () => {
  test('up is kept and thanked for, seen by that person alone', async () => {
    const running = await runApp();
    const { slack, store } = running;
    const message = await answered(running);
    await slack.clickButton({ message, actionId: 'feedback', value: 'good', user: COLLEAGUE });
    const thanks = await slack.waitForEphemeral((one) => one.ephemeralTo === COLLEAGUE);
    expect(thanks.text).toContain('ありがとうございます');
    expect(thanks.threadTs).toBe(message.threadTs);
    const [kept, ...more] = await store.feedback.list();
    expect(kept).toMatchObject({
      user: COLLEAGUE,
      channel: TOKYO,
      ts: message.ts,
      verdict: 'good',
      comment: null,
    });
    expect(decodeQuery(kept?.asked ?? '')).toEqual(kpiQuery);
    expect(more).toEqual([]);
  });

  test('down is kept at once, and a short form asks what was wrong', async () => {
    const running = await runApp();
    const { slack, store } = running;
    const message = await answered(running);
    await slack.clickButton({ message, actionId: 'feedback', value: 'bad', user: COLLEAGUE });
    const view = await slack.waitForView((one) => one.payload.callback_id === 'feedback_form');
    await eventually(async () => expect(await store.feedback.list()).toMatchObject([{ verdict: 'bad' }]));
    const values = { wrong: ['数値が違う', '出典が違う'], words: '目標は89.0％のはずです' };
    expect(await slack.submitView({ view, user: COLLEAGUE, values })).toMatchObject({ acknowledged: true });
    await slack.waitForEphemeral((one) => one.ephemeralTo === COLLEAGUE && one.text.includes('ありがとう'));
    expect(await store.feedback.list()).toMatchObject([
      { verdict: 'bad', comment: '数値が違う、出典が違う、目標は89.0％のはずです' },
    ]);
    expect(slack.modals(COLLEAGUE)).toEqual([]);
  });

  test('down again keeps what was written; where the form cannot open, thanks are said at once', async () => {
    const running = await runApp();
    const { slack, store } = running;
    const message = await answered(running);
    const target = { channel: TOKYO, ts: message.ts, user: COLLEAGUE };
    await store.feedback.save({ ...target, verdict: 'bad', comment: '数値が違う' }, new Date(0));
    slack.injectFault({ method: 'views.open', kind: 'error', code: 'expired_trigger_id', times: 1 });
    await slack.clickButton({ message, actionId: 'feedback', value: 'bad', user: COLLEAGUE });
    await slack.waitForEphemeral((one) => one.ephemeralTo === COLLEAGUE && one.text.includes('ありがとう'));
    expect(await store.feedback.list()).toMatchObject([{ verdict: 'bad', comment: '数値が違う' }]);
    await slack.clickButton({ message, actionId: 'feedback', value: 'good', user: COLLEAGUE });
    await eventually(async () =>
      expect(await store.feedback.list()).toMatchObject([{ verdict: 'good', comment: null }]),
    );
  });

  test('of one person count once: the last word', async () => {
    const running = await runApp();
    const { slack, store } = running;
    const message = await answered(running);
    for (const value of ['bad', 'good']) {
      await slack.clickButton({ message, actionId: 'feedback', value, user: COLLEAGUE });
    }
    await slack.clickButton({ message, actionId: 'feedback', value: 'bad', user: STAFF });
    await eventually(async () => expect(await store.feedback.list()).toHaveLength(2));
    await running.app.stop();
    const said = (await store.feedback.list()).map(({ user, verdict }) => [user, verdict]);
    expect(Object.fromEntries(said)).toEqual({ [COLLEAGUE]: 'good', [STAFF]: 'bad' });
  });

  test('are plain buttons where the workspace refuses the newer blocks', async () => {
    const running = await runApp();
    const { slack, store } = running;
    slack.injectFault({ method: 'chat.postMessage', kind: 'error', code: 'invalid_blocks', times: 1 });
    const message = await answered(running);
    expect(shown(message)).not.toContain('context_actions');
    await slack.clickButton({ message, actionId: 'feedback:good', user: STAFF });
    await eventually(async () => expect(await store.feedback.list()).toMatchObject([{ verdict: 'good' }]));
  });

  test('that cannot be kept are answered with regret', async () => {
    const running = await runApp({
      memory: (store) => ({
        ...store,
        feedback: { ...store.feedback, save: () => Promise.reject(new Error('disk full')) },
      }),
    });
    const message = await answered(running);
    await running.slack.clickButton({ message, actionId: 'feedback', value: 'good', user: STAFF });
    const told = await running.slack.waitForEphemeral((one) => one.ephemeralTo === STAFF);
    expect(told.text).toContain('記録できませんでした');
  });

  test.each([
    ['a question back', '東京の健診率は？'],
    ['help', ''],
  ])('are not under %s', async (_, text) => {
    const { app, mention, reply } = await runApp({
      ask: async (input) => {
        const asked = await fixedAsk(input);
        return text === '' ? { ...asked, query: { ...EMPTY_QUERY, facts: 'talk', talk: 'help' } } : asked;
      },
    });
    await app.start();
    const { message } = await mention(text);
    expect(shown(await reply(message.ts))).not.toContain('feedback');
  });
});

describe('❌ takes an answer away', () => {
  const gone = (running: Running, answer: Message) =>
    running.slack.waitUntil(() => running.slack.messages(answer.channel).every(({ ts }) => ts !== answer.ts));

  test('by the bin that only the asker sees', async () => {
    const running = await runApp();
    const message = await answered(running);
    expect(shown(message)).toContain(`"visible_to_user_ids":["${STAFF}"]`);
    await running.slack.clickButton({ message, actionId: 'delete_answer', user: STAFF });
    await gone(running, message);
    await running.app.stop();
    expect(await running.store.audit.entries()).toMatchObject([{ action: 'answer_deleted', actor: STAFF }]);
    expect(await running.store.answers.find(TOKYO, message.ts)).toBeNull();
  });

  test('by the emoji', async () => {
    const running = await runApp();
    const message = await answered(running);
    await running.slack.react({ message, user: STAFF, name: 'x' });
    await gone(running, message);
  });

  test('in a direct message too', async () => {
    const running = await runApp();
    await running.app.start();
    await running.slack.postMessage({ channel: STAFF_DM, user: STAFF, text: QUESTION });
    const answer = await running.slack.waitForMessage(
      (one) => one.channel === STAFF_DM && one.user !== STAFF,
    );
    await recorded(running, answer);
    await running.slack.react({ message: answer, user: STAFF, name: 'x' });
    await gone(running, answer);
  });

  test('of nobody else, who is told so politely', async () => {
    const running = await runApp();
    const message = await answered(running);
    await running.slack.react({ message, user: COLLEAGUE, name: 'x' });
    const told = await running.slack.waitForEphemeral((one) => one.ephemeralTo === COLLEAGUE);
    expect(told.text).toContain('質問した方だけ');
    expect((await running.settled(TOKYO)).map(({ ts }) => ts)).toContain(message.ts);
    expect(await running.store.audit.entries()).toMatchObject([
      {
        action: 'refused',
        actor: COLLEAGUE,
        subject: TOKYO,
        detail: `回答 ${message.ts} の削除：質問者ではないため`,
      },
    ]);
  });

  test('not where the store is locked, which the asker is told', async () => {
    let isLocked = false;
    const running = await runApp({
      memory: (store) => ({
        ...store,
        answers: {
          ...store.answers,
          async find(channel, ts) {
            if (isLocked) throw new Error('database is locked');
            return store.answers.find(channel, ts);
          },
        },
      }),
    });
    const message = await answered(running);
    isLocked = true;
    await running.slack.clickButton({ message, actionId: 'delete_answer', user: STAFF });
    const told = await running.slack.waitForEphemeral((one) => one.ephemeralTo === STAFF);
    expect(told.text).toContain('削除できませんでした');
  });

  test('of nobody else by the plain button, which all see', async () => {
    const running = await runApp();
    running.slack.injectFault({
      method: 'chat.postMessage',
      kind: 'error',
      code: 'invalid_blocks',
      times: 1,
    });
    const message = await answered(running);
    await running.slack.clickButton({ message, actionId: 'delete_answer', user: COLLEAGUE });
    const told = await running.slack.waitForEphemeral((one) => one.ephemeralTo === COLLEAGUE);
    expect([told.text, told.threadTs]).toEqual([expect.stringContaining('質問した方だけ'), message.threadTs]);
    expect((await running.settled(TOKYO)).map(({ ts }) => ts)).toContain(message.ts);
  });

  test('means nothing as another emoji, or on another message', async () => {
    const running = await runApp();
    const message = await answered(running);
    await running.slack.react({ message, user: STAFF, name: 'eyes' });
    const talk = await running.slack.postMessage({
      channel: TOKYO,
      user: COLLEAGUE,
      text: 'おつかれさまです',
    });
    await running.slack.react({ message: talk.message, user: STAFF, name: 'x' });
    expect(await running.settled(TOKYO)).toHaveLength(1);
    expect(running.slack.ephemerals({})).toEqual([]);
  });
});
