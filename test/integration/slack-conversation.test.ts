import { describe, expect, test } from 'vitest';
import { EMPTY_QUERY, type ThreadContext } from '../../src/model/query.ts';
import { DEFAULT_CHANNEL } from '../../src/model/settings.ts';
import { kpiQuery } from '../slack/answers.ts';
import { fixedAsk } from '../slack/fixed-ask.ts';
import { runApp, STAFF, STAFF_DM, shown, TOKYO } from '../slack/running-app.ts';

describe('a mention', () => {
  test('travels over the socket and is answered in its thread, with figure and source', async () => {
    const { slack, app, mention, reply } = await runApp();
    await app.start();
    const { message } = await mention('東京支部のジェネリックKPIは？');
    const answer = await reply(message.ts);
    expect(answer.text).toContain('80.0％以上');
    expect(shown(answer)).toContain('80.0％以上');
    expect(shown(answer)).toContain('令和3年度 事業計画（東京支部） 6406行目');
    expect(slack.messages(TOKYO).at(-1)?.threadTs).toBe(message.ts);
  });

  test('continues its thread, with a mention and without', async () => {
    const { slack, app, mention, reply } = await runApp();
    await app.start();
    const { message } = await mention('東京支部のジェネリックKPIは？');
    await reply(message.ts);
    await mention('じゃあ前の年は？', message.ts);
    expect(shown(await reply(message.ts, 1))).toContain('79.0％以上');
    await slack.postMessage({ channel: TOKYO, user: STAFF, text: 'じゃあその前の年', threadTs: message.ts });
    expect(shown(await reply(message.ts, 2))).toContain('79.0％以上');
  });

  test('continues its thread after a restart', async () => {
    const { app, mention, reply, restart } = await runApp();
    await app.start();
    const { message } = await mention('東京支部のジェネリックKPIは？');
    await reply(message.ts);
    await restart();
    await mention('じゃあ前の年は？', message.ts);
    expect(shown(await reply(message.ts, 1))).toContain('79.0％以上');
  });

  test('continues a thread that began with a call for help, without a mention', async () => {
    const { slack, app, mention, reply, store } = await runApp({
      ask: async (input) => {
        const asked = await fixedAsk(input);
        const query = { ...EMPTY_QUERY, facts: 'talk', talk: 'empty' } as const;
        return input.text === '' ? { ...asked, query, context: null } : asked;
      },
    });
    await app.start();
    const { message } = await mention('');
    await reply(message.ts);
    expect(await store.threads.load(`${TOKYO}:${message.ts}`)).toBeNull();
    await slack.postMessage({
      channel: TOKYO,
      user: STAFF,
      text: '東京のジェネリックは？',
      threadTs: message.ts,
    });
    expect(shown(await reply(message.ts, 1))).toContain('80.0％以上');
  });

  test('gives a button of its thread what the thread was about, to go on with', async () => {
    const contexts: (ThreadContext | null)[] = [];
    const { slack, app, mention, reply } = await runApp({
      ask: (input) => {
        contexts.push(input.context);
        return fixedAsk(input);
      },
    });
    await app.start();
    const { message } = await mention('東京の健診率は？');
    const question = await reply(message.ts);
    await slack.clickButton({ message: question, actionId: 'choice:0', user: STAFF });
    await reply(message.ts, 1);
    expect(contexts).toEqual([null, { query: kpiQuery, recent: [kpiQuery] }]);
  });

  test('without a question is answered with help', async () => {
    const { app, mention, reply } = await runApp();
    await app.start();
    const { message } = await mention('  ');
    expect(shown(await reply(message.ts))).toContain('支部名と指標名を入れて質問してください。');
  });
});

describe('what is not for the bot', () => {
  test.each([
    ['a message in the channel', 'おつかれさまです。東京のジェネリックは？'],
    ['a message of the thread that is for a colleague', '<@U0ADMIN01> じゃあ前の年は？', true],
    ['talk in the thread that is no question', '了解しました', true],
    ['a figure in a sentence that asks nothing', '東京のジェネリックが話題でした', true],
    [
      'a question of the thread that names a colleague at its end',
      '東京のジェネリックは？ <@U0ADMIN01>',
      true,
    ],
    ['a question of the thread that calls a group', '<!subteam^S1|@企画> 東京のジェネリックは？', true],
    ['small talk of the thread that ends like a question', 'ありがとう、助かったかな？', true],
    ['a question of the thread to which only text is near', '相談会はいつですか？', true],
    ['a question of the thread that has no answer', '明日の会議は何時から？', true],
  ])('stays without a reply: %s', async (_, text, inThread = false) => {
    const { slack, app, mention, reply, settled } = await runApp();
    await app.start();
    const { message } = await mention('東京支部のジェネリックKPIは？');
    await reply(message.ts);
    await slack.postMessage({
      channel: TOKYO,
      user: STAFF,
      text,
      ...(inThread ? { threadTs: message.ts } : {}),
    });
    expect(await settled(TOKYO)).toHaveLength(1);
  });
});

test('where a channel set it, a thread is answered only where the bot is called', async () => {
  const { slack, app, store, mention, reply, settled } = await runApp();
  await app.start();
  await store.settings.saveChannel(TOKYO, { ...DEFAULT_CHANNEL, speaks: 'when_called' }, STAFF, new Date());
  const { message } = await mention('東京支部のジェネリックKPIは？');
  await reply(message.ts);
  await slack.postMessage({ channel: TOKYO, user: STAFF, text: 'じゃあ前の年は？', threadTs: message.ts });
  await mention('じゃあ前の年は？', message.ts);
  await reply(message.ts, 1);
  expect(await settled(TOKYO)).toHaveLength(2);
});

describe('a direct message', () => {
  test('is answered in its thread, as the timeline of the pane has them', async () => {
    const { slack, app } = await runApp();
    await app.start();
    const { message } = await slack.postMessage({ channel: STAFF_DM, user: STAFF, text: '東京のGEは？' });
    const first = await slack.waitForMessage((one) => one.channel === STAFF_DM && one.user !== STAFF);
    expect(first.threadTs).toBe(message.ts);
    expect(shown(first)).toContain('6406行目');
  });

  test('in the thread of another continues what that was about; a new one begins anew', async () => {
    const contexts: (string | null)[] = [];
    const { slack, app, settled } = await runApp({
      ask: (input) => {
        contexts.push(input.context?.query.facts ?? null);
        return fixedAsk(input);
      },
    });
    await app.start();
    const say = (text: string, threadTs?: string) =>
      slack.postMessage({ channel: STAFF_DM, user: STAFF, text, ...(threadTs ? { threadTs } : {}) });
    const { message } = await say('東京のGEは？');
    await slack.waitForMessage((one) => one.threadTs === message.ts && one.user !== STAFF);
    await say('じゃあ前の年は？', message.ts);
    await slack.waitForMessage((one) => one.threadTs === message.ts && shown(one).includes('79.0％以上'));
    await say('じゃあ前の年は？');
    await settled(STAFF_DM);
    expect(contexts).toEqual([null, 'kpi', null]);
  });

  test.each(['ok', ':+1:', '👍', 'ありがとう'])(
    '%s changes neither the topic nor the title',
    async (text) => {
      const { slack, app, store, settled } = await runApp({
        ask: async (input) => {
          const asked = await fixedAsk(input);
          // What such words are read as is no topic to go on with.
          return input.text === text ? { ...asked, context: { query: EMPTY_QUERY, recent: [] } } : asked;
        },
      });
      await app.start();
      const { message } = await slack.postMessage({ channel: STAFF_DM, user: STAFF, text: '東京のGEは？' });
      await slack.waitForCall(({ method }) => method === 'assistant.threads.setTitle');
      const key = `${STAFF_DM}:${message.ts}`;
      const before = await store.threads.load(key);
      await slack.postMessage({ channel: STAFF_DM, user: STAFF, text, threadTs: message.ts });
      await slack.postMessage({ channel: STAFF_DM, user: STAFF, text });
      await settled(STAFF_DM);
      expect(await store.threads.load(key)).toEqual(before);
      const titles = slack.calls().filter(({ method }) => method === 'assistant.threads.setTitle');
      expect(titles).toHaveLength(1);
    },
  );
});

describe('an unclear question', () => {
  test('gets buttons, and a click is answered in the same thread', async () => {
    const { slack, app, mention, reply, store } = await runApp();
    await app.start();
    const { message } = await mention('東京の健診率は？');
    const clarify = await reply(message.ts);
    await slack.clickButton({ message: clarify, actionId: 'choice:0', user: STAFF });
    expect(shown(await reply(message.ts, 1))).toContain('80.0％以上');
    expect(await store.unanswered.list()).toMatchObject([
      { question: '東京の健診率は？', outcome: 'clarify' },
    ]);
  });

  test('is kept for the people who improve the catalogue, like one without an answer', async () => {
    const { app, mention, settled, store } = await runApp();
    await app.start();
    await mention('火星支部のジェネリクスは？');
    await settled(TOKYO);
    expect(await store.unanswered.list()).toMatchObject([
      { question: '火星支部のジェネリクスは？', outcome: 'not_found' },
    ]);
  });
});

test('opening the agent pane offers questions to start with', async () => {
  const { slack, app } = await runApp();
  await app.start();
  await slack.openHome({ user: STAFF, tab: 'messages' });
  await slack.waitForCall((call) => call.method === 'assistant.threads.setSuggestedPrompts');
  expect(JSON.stringify(slack.agentPane(STAFF))).toContain('東京支部のジェネリックKPIは？');
});
