import { describe, expect, test } from 'vitest';
import { EMPTY_QUERY } from '../../src/model/query.ts';
import { fixedAsk, UNDERSTOOD } from '../slack/fixed-ask.ts';
import { fiveMarks, standingsFrom } from '../slack/made-up-standings.ts';
import { type RunOptions, runApp, STAFF, STAFF_DM, shown, TOKYO } from '../slack/running-app.ts';

async function pane(options: RunOptions = {}) {
  const running = await runApp(options);
  await running.app.start();
  const { slack } = running;
  const ask = (text: string, threadTs?: string) =>
    slack.postMessage({ channel: STAFF_DM, user: STAFF, text, ...(threadTs ? { threadTs } : {}) });
  return { ...running, ask };
}

/** An `ask` that answers when it is told to. */
function held() {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const ask: RunOptions['ask'] = async (input) => {
    await gate;
    return fixedAsk(input);
  };
  return { ask, release: () => release() };
}

describe('opening the pane', () => {
  test("offers questions for the person's branch and the time of year", async () => {
    const { slack, store } = await pane({
      now: () => new Date('2025-07-25T03:00:00Z'),
      standings: standingsFrom(fiveMarks('青森')),
    });
    await store.settings.savePerson(STAFF, { branch: '青森', notices: false }, new Date());
    await slack.openHome({ user: STAFF, tab: 'messages' });
    await slack.waitForCall(({ method }) => method === 'assistant.threads.setSuggestedPrompts');
    const offered = JSON.stringify(slack.agentPane(STAFF));
    expect(offered).toContain('青森支部の実績が未報告のKPIは？');
    expect(offered).toContain('たとえば、こんな質問ができます');
  });

  test("offers questions for the channel's branch where it is opened beside one", async () => {
    const { slack, store } = await pane({ standings: standingsFrom(fiveMarks('青森')) });
    const ofChannel = {
      branch: '青森',
      fy: null,
      answerIn: 'thread',
      reminders: true,
      speaks: 'in_threads',
    } as const;
    await store.settings.saveChannel(TOKYO, ofChannel, STAFF, new Date());
    await store.settings.savePerson(STAFF, { branch: '群馬', notices: false }, new Date());
    await slack.openHome({ user: STAFF, tab: 'messages', viewing: TOKYO });
    await slack.waitForCall(({ method }) => method === 'assistant.threads.setSuggestedPrompts');
    expect(JSON.stringify(slack.agentPane(STAFF))).toContain('青森支部のKPIの一覧は？');
  });

  test('offers examples also where the settings cannot be read', async () => {
    const { slack } = await pane({
      memory: (store) => ({
        ...store,
        settings: {
          ...store.settings,
          ofPerson: async () => {
            throw new Error('disk');
          },
        },
      }),
    });
    await slack.openHome({ user: STAFF, tab: 'messages' });
    await slack.waitForCall(({ method }) => method === 'assistant.threads.setSuggestedPrompts');
    expect(JSON.stringify(slack.agentPane(STAFF))).toContain('東京支部のジェネリックKPIは？');
  });
});

describe('a greeting', () => {
  const greet: RunOptions['ask'] = async (input) => ({
    ...(await fixedAsk(input)),
    query: { ...EMPTY_QUERY, facts: 'talk', talk: 'greeting' },
  });

  test('offers a branch to whoever has none; the choice is kept, and said', async () => {
    const { slack, store, ask } = await pane({ ask: greet });
    await ask('こんにちは');
    const message = await slack.waitForMessage((one) => one.channel === STAFF_DM && one.user !== STAFF);
    expect(shown(message)).toContain('担当の支部を選ぶ');
    await slack.selectOption({ message, actionId: 'branch:choose', user: STAFF, value: '群馬' });
    const said = await slack.waitForEphemeral((one) => one.ephemeralTo === STAFF);
    expect(shown(said)).toContain('担当の支部を群馬支部にしました');
    expect((await store.settings.ofPerson(STAFF)).branch).toBe('群馬');
    // What the pane offers is about that branch from now on.
    const offered = await slack.waitForCall(
      ({ method }) => method === 'assistant.threads.setSuggestedPrompts',
    );
    expect(JSON.stringify(offered)).toContain('群馬支部');
  });

  test('offers none in a branch’s own channel, whose branch is the default there', async () => {
    const { mention, reply } = await pane({ ask: greet });
    const { message } = await mention('こんにちは');
    expect(shown(await reply(message.ts))).not.toContain('担当の支部を選ぶ');
  });
});

describe('a question in the pane', () => {
  test('stands with a status until it is answered, then with the title of what was understood', async () => {
    const { ask: slowly, release } = held();
    const { slack, ask } = await pane({ ask: slowly });
    const posting = ask('東京のGEは？');
    await slack.waitForCall(({ method }) => method === 'assistant.threads.setStatus');
    const [question] = slack.messages(STAFF_DM);
    const place = { channel: STAFF_DM, threadTs: question?.ts ?? '' };
    expect(slack.status(place)).toBe('資料を調べています…');
    release();
    await posting;
    await slack.waitForMessage((message) => shown(message).includes('80.0％以上'));
    await slack.waitUntil(() => slack.status(place) === null);
    await slack.waitUntil(() => slack.title(place) === UNDERSTOOD);
  });

  test('in a thread keeps the title that the thread has', async () => {
    const { slack, ask, settled } = await pane();
    const { message } = await ask('東京のGEは？');
    await slack.waitForCall(({ method }) => method === 'assistant.threads.setTitle');
    await ask('じゃあ前の年は？', message.ts);
    await settled(STAFF_DM);
    const titles = slack.calls().filter(({ method }) => method === 'assistant.threads.setTitle');
    expect(titles).toHaveLength(1);
  });

  test('is answered also where Slack takes neither status nor title', async () => {
    const { slack, ask, settled } = await pane();
    for (const method of ['assistant.threads.setStatus', 'assistant.threads.setTitle']) {
      slack.injectFault({ method, times: 5, kind: 'error', code: 'missing_scope' });
    }
    await ask('東京のGEは？');
    const [answer, ...more] = await settled(STAFF_DM);
    expect(answer && shown(answer)).toContain('80.0％以上');
    expect(more).toEqual([]);
  });
});
