import { describe, expect, test } from 'vitest';
import { fixedAsk } from '../slack/fixed-ask.ts';
import { runApp, STAFF, shown, TOKYO } from '../slack/running-app.ts';

const COLLEAGUE = 'U0ADMIN01';

async function search(text: string) {
  const asked: string[] = [];
  const running = await runApp({
    ask: (input) => {
      asked.push(input.text);
      return fixedAsk(input);
    },
  });
  await running.app.start();
  const { slack } = running;
  const { message } = await slack.postMessage({ channel: TOKYO, user: COLLEAGUE, text });
  const take = async (of = message) => {
    const seen = slack.ephemerals({ user: STAFF }).length;
    const taken = await slack.runShortcut({ callbackId: 'search_message', user: STAFF, message: of });
    expect(taken.acknowledged).toBe(true);
    await slack.waitUntil(() => slack.ephemerals({ user: STAFF }).length > seen);
    return slack.ephemerals({ user: STAFF }).at(-1) ?? message;
  };
  return { ...running, message, asked, take, panel: await take() };
}

describe('「この内容を計画で調べる」', () => {
  test('answers the person alone, says what was looked up, and can be shared', async () => {
    const { slack, panel, message } = await search('東京のジェネリックはどうなっていますか');
    expect(shown(panel)).toContain('「東京のジェネリックはどうなっていますか」を計画で調べました');
    expect(shown(panel)).toContain('80.0％以上');
    expect(shown(panel)).toContain('6406行目');
    expect(slack.messages(TOKYO)).toEqual([message]);
    await slack.clickButton({ message: panel, actionId: 'share', user: STAFF });
    await slack.waitForMessage((one) => one.channel === TOKYO && shown(one).includes('さんが共有しました'));
  });

  test('asks what the message is about, without greeting, mention and quotation', async () => {
    const { asked } = await search(
      `<@${STAFF}> お疲れ様です。\n> 前回の議事録\n東京のジェネリックの取組を確認したいです。\nよろしくお願いします。`,
    );
    expect(asked).toEqual(['東京のジェネリックの取組を確認したいです。']);
  });

  test('of a very long message takes the first sentences, and says so', async () => {
    const { asked, panel } = await search(
      `東京のジェネリックの件です。${'詳細は次のとおりです。'.repeat(300)}`,
    );
    expect(asked[0]?.length).toBeLessThanOrEqual(200);
    expect(asked[0]).toMatch(/^東京のジェネリックの件です。/);
    expect(shown(panel)).toContain('の部分を計画で調べました');
  });

  test.each([['お疲れ様です。'], [':thumbsup: :tada:'.replace(/\w/g, '')], ['　']])(
    'of 「%s」 says that there is nothing to look up',
    async (text) => {
      const { panel, asked } = await search(text);
      expect(shown(panel)).toContain('調べられる文章がありません');
      expect(asked).toEqual([]);
    },
  );

  test("on the bot's own answer points to the thread", async () => {
    const { slack, mention, reply, take } = await search('東京のジェネリックは？');
    const { message } = await mention('東京のジェネリックは？');
    const answer = await reply(message.ts);
    expect(shown(await take(answer))).toContain('これはplanbotの回答です');
    expect(slack.messages(TOKYO).filter(({ threadTs }) => threadTs === message.ts)).toHaveLength(2);
  });
});
