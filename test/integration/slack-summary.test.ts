import { describe, expect, test } from 'vitest';
import type { Message } from '../../src/playground/emulator/state.ts';
import { CHANNELS } from '../../src/playground/emulator/workspace.ts';
import { fiveMarks, manyKpis, standingsFrom } from '../slack/made-up-standings.ts';
import { type RunOptions, runApp, STAFF, shown, TOKYO } from '../slack/running-app.ts';

const JULY = () => new Date('2025-07-01T03:00:00Z');

async function ask(text: string, options: RunOptions = {}, channel: string = TOKYO) {
  const running = await runApp({ standings: standingsFrom(fiveMarks()), now: JULY, ...options });
  await running.app.start();
  const { slack } = running;
  const command = async (words: string) => {
    const seen = slack.ephemerals({ user: STAFF }).length;
    await slack.runCommand({ command: '/kpi', text: words, channel, user: STAFF });
    await slack.waitUntil(() => slack.ephemerals({ user: STAFF }).length > seen);
    return slack.ephemerals({ user: STAFF }).at(-1) as Message;
  };
  return { ...running, command, panel: await command(text) };
}

function tableOf(message: Message): { text: string }[][] {
  const table = message.blocks.find(({ type }) => type === 'data_table');
  return (table?.rows ?? []) as { text: string }[][];
}

describe('/kpi まとめ', () => {
  test("shows a branch's KPIs with target, actual, mark and source, what is behind first", async () => {
    const { panel } = await ask('まとめ 東京 令和7');
    const rows = tableOf(panel).map((row) => row.map(({ text }) => text));
    expect(rows[0]).toEqual(['指標', '状況', '目標', '実績（時点）', '出典']);
    expect(rows.slice(1).map(([, mark]) => mark)).toEqual([
      '遅れ ▲',
      '判定できず',
      '未報告 ―',
      '順調',
      '達成 ✓',
    ]);
    expect(rows[1]).toEqual([
      'ジェネリック医薬品使用割合',
      '遅れ ▲',
      '88.3％以上',
      '80％（6月末時点）',
      '30行目',
    ]);
    expect(shown(panel)).toContain('令和7年度 実施状況（東京支部）');
    expect(panel.text).toContain('遅れ ▲ 1件、判定できず 1件、未報告 ― 1件、順調 1件、達成 ✓ 1件');
  });

  test.each([
    ['まとめ とうきょう R7'],
    ['まとめ東京'],
    ['東京のまとめ'],
    ['まとめ　東京支部の令和７年度'],
    ['まとめ 東京 今年度'],
  ])('understands 「%s」', async (text) => {
    const { panel } = await ask(text);
    expect(shown(panel)).toContain('東京支部 令和7年度 KPIのまとめ（5件）');
  });

  test('takes the branch of the channel, else the person, and says which year it took', async () => {
    const { store, command, panel } = await ask('まとめ', {}, CHANNELS.headOffice);
    expect(shown(panel)).toContain('支部名を入れてください');
    await store.settings.savePerson(STAFF, { branch: '東京', notices: false }, JULY());
    const ofPerson = await command('まとめ');
    expect(shown(ofPerson)).toContain('東京支部 令和7年度');
    expect(shown(ofPerson)).toContain('年度の指定がないため、令和7年度でお答えしました');
    const ofChannel = {
      branch: '青森',
      fy: null,
      answerIn: 'thread',
      reminders: true,
      speaks: 'in_threads',
    } as const;
    await store.settings.saveChannel(CHANNELS.headOffice, ofChannel, STAFF, JULY());
    expect(shown(await command('まとめ'))).toContain('青森支部のKPIは、資料にありません');
  });

  test.each([
    ['まとめ 火星', '「火星」は支部名・年度として読み取れませんでした'],
    ['まとめ 東京 青森', '読み取れませんでした'],
    ['まとめ 東京 令和3', '東京支部の令和3年度のKPIは、資料にありません'],
  ])('answers 「%s」 with a word of help', async (text, words) => {
    expect(shown((await ask(text)).panel)).toContain(words);
  });

  test('of what is a question stays a question', async () => {
    const { panel } = await ask('まとめて東京のジェネリックは？');
    expect(shown(panel)).toContain('80.0％以上');
  });

  test('is shared with the channel at a click, the private one goes, and the sharer can delete it', async () => {
    const { slack, store, panel } = await ask('まとめ 東京');
    await slack.clickButton({ message: panel, actionId: 'summary:share', user: STAFF });
    const posted = await slack.waitForMessage((message) => message.channel === TOKYO);
    expect(tableOf(posted)).toHaveLength(6);
    expect(shown(posted)).toContain(`<@${STAFF}> さんが共有しました`);
    await slack.waitUntil(() => slack.ephemerals({ user: STAFF }).length === 0);
    expect(await store.answers.find(TOKYO, posted.ts)).toMatchObject({ asker: STAFF });
    await slack.clickButton({ message: posted, actionId: 'delete_answer', user: STAFF });
    await slack.waitUntil(() => slack.messages(TOKYO).length === 0);
  });

  test('is shared also where planbot is no member', async () => {
    const { slack, panel } = await ask('まとめ 東京', {}, CHANNELS.chat);
    await slack.clickButton({ message: panel, actionId: 'summary:share', user: STAFF });
    const posted = await slack.waitForMessage((message) => message.channel === CHANNELS.chat);
    expect(tableOf(posted)).toHaveLength(6);
  });

  test('stands as lines where the workspace refuses tables', async () => {
    const { slack, panel } = await ask('まとめ 東京');
    slack.injectFault({ method: 'chat.postMessage', times: 1, kind: 'error', code: 'invalid_blocks' });
    await slack.clickButton({ message: panel, actionId: 'summary:share', user: STAFF });
    const posted = await slack.waitForMessage((message) => message.channel === TOKYO);
    expect(tableOf(posted)).toEqual([]);
    expect(shown(posted)).toContain(
      'ジェネリック医薬品使用割合｜遅れ ▲｜88.3％以上｜80％（6月末時点）｜30行目',
    );
  });

  test('of 48 branches with 20 KPIs each is accepted by Slack, in both forms', async () => {
    const { slack, panel } = await ask('まとめ 東京', { standings: standingsFrom(manyKpis(20)) });
    expect(tableOf(panel)).toHaveLength(21);
    slack.injectFault({ method: 'chat.postMessage', times: 1, kind: 'error', code: 'invalid_blocks' });
    await slack.clickButton({ message: panel, actionId: 'summary:share', user: STAFF });
    const posted = await slack.waitForMessage((message) => message.channel === TOKYO);
    expect(shown(posted)).toContain('出典：');
  });

  test('that cannot be made is an apology', async () => {
    const { panel } = await ask('まとめ 東京', {
      standings: async () => {
        throw new Error('disk');
      },
    });
    expect(shown(panel)).toContain('まとめを作れませんでした');
  });
});

describe('/kpi ヘルプ', () => {
  test.each([['ヘルプ'], ['help'], ['？'], ['使い方']])(
    '「%s」 says what can be asked, and how',
    async (word) => {
      const { panel } = await ask(word);
      for (const words of [
        '/kpi まとめ 東京 令和7',
        '/kpi 設定',
        '質問できること',
        'この内容を計画で調べる',
      ]) {
        expect(shown(panel)).toContain(words);
      }
    },
  );

  test('its examples are answered at a click', async () => {
    const { slack, panel } = await ask('ヘルプ');
    await slack.clickButton({ message: panel, actionId: 'choice:0', user: STAFF });
    await slack.waitForEphemeral((message) => shown(message).includes('80.0％以上'));
  });
});
